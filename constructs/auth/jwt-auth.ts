import { GenericEndpoint } from '@cdktf/provider-vault/lib/generic-endpoint';
import type { Construct } from 'constructs';

import type { JwtMethod } from '../../model/cluster/auth-methods/jwt';
import {
  AuthMethodBase,
  ImportedAuthMethod,
  type AuthMethodAttributes,
  type AuthMethodProps,
  type IAuthMethod,
} from './auth-method';
import { jwtConfiguration } from './configuration';

/** A JWT auth method, made here or elsewhere. */
export type IJwtAuth = IAuthMethod<'jwt'>;

export interface JwtAuthProps
  extends AuthMethodProps, Pick<JwtMethod, 'keys' | 'boundIssuer' | 'supportedAlgorithms'> {}

/**
 * The auth method for programs with a signed token of somebody else, such as a CI system. With keys by `discovery` or `jwks`
 * the server fetches them when the settings are written: it must reach their URL, else the apply fails, and can be repeated.
 *
 * @see https://openbao.org/docs/auth/jwt/
 */
export class JwtAuth extends AuthMethodBase<'jwt'> {
  /** An auth method that another stack owns. */
  public static fromJwtAuthAttributes(scope: Construct, id: string, attributes: AuthMethodAttributes): IJwtAuth {
    return new ImportedAuthMethod(scope, id, 'jwt', attributes);
  }

  constructor(scope: Construct, id: string, props: JwtAuthProps) {
    super(scope, id, 'jwt', props);
    this.mount(props);
    new GenericEndpoint(this, 'config', {
      path: `auth/${this.backend}/config`,
      dataJson: JSON.stringify(jwtConfiguration(props)),
      ignoreAbsentFields: true,
      disableDelete: true,
    });
  }
}
