import type { Construct } from 'constructs';

import type { AuthMethod } from '../../model/cluster/auth-method';
import { ImportedAuthMethod, type IAuthMethod } from './auth-method';
import { AwsAuth } from './aws-auth';
import { JwtAuth } from './jwt-auth';
import { KubernetesAuth } from './kubernetes-auth';
import { LdapAuth } from './ldap-auth';
import { OidcAuth } from './oidc-auth';

/**
 * Makes an auth method of the inventory.
 *
 * @throws PlatformError `construct` as its construct does
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

/** The same, made by another stack: its name is all that is known. */
export function importAuthMethod(scope: Construct, id: string, method: AuthMethod): IAuthMethod {
  return new ImportedAuthMethod(scope, id, method.type, method);
}
