import type { Construct } from 'constructs';

import { AuthMethodBase, imported, type AuthMethodProps } from './auth-method';

/**
 * The auth method for users with a browser. Terraform creates the mount, and roles in it. The server refuses settings without the
 * client's secret, so an operator writes all settings; see operations/credentials.ts.
 *
 * @see https://openbao.org/docs/auth/jwt/
 */
export class OidcAuth extends AuthMethodBase<'oidc'> {
  /** An auth method of another stack. */
  public static readonly fromOidcAuthAttributes = imported('oidc');

  constructor(scope: Construct, id: string, props: AuthMethodProps) {
    super(scope, id, 'oidc', props);
  }
}
