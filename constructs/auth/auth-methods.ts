import type { Construct } from 'constructs';

import type { AuthMethod } from '../../model/cluster/auth-method';
import { imported, type IAuthMethod } from './auth-method';
import { AwsAuth } from './aws-auth';
import { JwtAuth } from './jwt-auth';
import { KubernetesAuth } from './kubernetes-auth';
import { LdapAuth } from './ldap-auth';
import { OidcAuth } from './oidc-auth';

/**
 * Creates an auth method of the inventory.
 *
 * @throws PlatformError `construct` if its construct refuses the props
 */
export function createAuthMethod(scope: Construct, id: string, method: AuthMethod): IAuthMethod {
  switch (method.type) {
    case 'kubernetes':
      return new KubernetesAuth(scope, id, method);
    case 'jwt':
      return new JwtAuth(scope, id, method);
    case 'oidc':
      return new OidcAuth(scope, id, method);
    case 'ldap':
      return new LdapAuth(scope, id, method);
    case 'aws':
      return new AwsAuth(scope, id, method);
  }
}

/** An auth method of the inventory that another stack creates. */
export function importAuthMethod(scope: Construct, id: string, method: AuthMethod): IAuthMethod {
  return imported(method.type)(scope, id, method);
}
