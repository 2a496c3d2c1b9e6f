import type { Construct } from 'constructs';

import {
  AuthMethodBase,
  ImportedAuthMethod,
  type AuthMethodAttributes,
  type AuthMethodProps,
  type IAuthMethod,
} from './auth-method';

/** An OIDC auth method, made here or elsewhere. */
export type IOidcAuth = IAuthMethod<'oidc'>;

export type OidcAuthProps = AuthMethodProps;

/**
 * The auth method for people with a browser. Only the mount is made here, and roles can be: the server refuses settings without
 * the client's secret, so an operator hands over all of them; see operations/credentials.ts.
 *
 * @see https://openbao.org/docs/auth/jwt/
 */
export class OidcAuth extends AuthMethodBase<'oidc'> {
  /** An auth method that another stack owns. */
  public static fromOidcAuthAttributes(scope: Construct, id: string, attributes: AuthMethodAttributes): IOidcAuth {
    return new ImportedAuthMethod(scope, id, 'oidc', attributes);
  }

  constructor(scope: Construct, id: string, props: OidcAuthProps) {
    super(scope, id, 'oidc', props);
    this.mount(props);
  }
}
