import { GenericEndpoint } from '@cdktf/provider-vault/lib/generic-endpoint';
import type { Construct } from 'constructs';

import type { JwtMethod } from '../../model/cluster/auth-methods/jwt';
import { storedSettings } from '../stored-settings';
import { AuthMethodBase, imported, type AuthMethodProps } from './auth-method';
import { jwtConfiguration } from './configuration';

export interface JwtAuthProps
  extends AuthMethodProps, Pick<JwtMethod, 'keys' | 'boundIssuer' | 'supportedAlgorithms'> {}

/**
 * The auth method for programs with a signed token of another system, such as a CI system. With keys from `discovery` or `jwks`, the
 * server fetches the keys when the settings are written. If it cannot reach the URL, the apply fails and can be repeated.
 *
 * @see https://openbao.org/docs/auth/jwt/
 */
export class JwtAuth extends AuthMethodBase<'jwt'> {
  /** An auth method of another stack. */
  public static readonly fromJwtAuthAttributes = imported('jwt');

  constructor(scope: Construct, id: string, props: JwtAuthProps) {
    super(scope, id, 'jwt', props);
    new GenericEndpoint(this, 'config', storedSettings(`auth/${this.backend}/config`, jwtConfiguration(props)));
  }
}
