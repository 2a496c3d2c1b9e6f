import { Construct } from 'constructs';

import type { AppRoleSettings } from '../../model/environment/app-role';
import type { Login } from '../../model/tenant/login';
import type { LdapLogin } from '../../model/tenant/logins/ldap';
import { refuse } from '../refuse';
import { AppRole } from './app-role';
import type { IAuthMethod, MountType } from './auth-method';
import { AwsAuthRole } from './aws-auth-role';
import { JwtRole } from './jwt-role';
import { KubernetesRole } from './kubernetes-role';
import { LdapGroup } from './ldap-group';
import type { ILoginRole, LoginRoleProps } from './login-role';
import { OidcRole } from './oidc-role';
import { TokenRole } from './token-role';

export interface AddLoginProps extends Pick<LoginRoleProps, 'roleName' | 'policies'> {
  readonly login: Login;
  /** The method that the login is for; undefined for `token`, which every server has. */
  readonly auth: IAuthMethod | undefined;
  /** What tokens are like, by whatever method; the rest is for AppRole alone. */
  readonly appRole: AppRoleSettings;
}

/**
 * One way to log in with policies: a role of the same name on every method, for LDAP its groups.
 *
 * @throws PlatformError `construct` if the method is of another type, or as the role's construct does
 */
export function addLogin(scope: Construct, id: string, props: AddLoginProps): ILoginRole {
  const { login, auth, appRole, roleName, policies } = props;
  const role = { ...appRole, roleName, policies };
  switch (login.type) {
    case 'approle':
      return new AppRole(scope, id, { ...role, auth: methodOf(auth, login.type) });
    case 'kubernetes': {
      const { audience } = login.method;
      return new KubernetesRole(scope, id, { ...role, ...login, audience, auth: methodOf(auth, login.type) });
    }
    case 'jwt':
      return new JwtRole(scope, id, { ...role, ...login, auth: methodOf(auth, login.type) });
    case 'oidc': {
      const { redirectUris } = login.method;
      return new OidcRole(scope, id, { ...role, ...login, redirectUris, auth: methodOf(auth, login.type) });
    }
    case 'aws': {
      const { resolveUniqueIds } = login.method;
      return new AwsAuthRole(scope, id, { ...role, ...login, resolveUniqueIds, auth: methodOf(auth, login.type) });
    }
    case 'ldap':
      return new Groups(scope, id, { ...props, login });
    case 'token':
      return new TokenRole(scope, id, { ...role, ...login });
  }
}

/** LDAP has no roles: its groups lead to policies, and only a login shows who is in one. */
class Groups extends Construct implements ILoginRole {
  public readonly roleName: string;
  public readonly aliasNames: readonly string[] = [];

  constructor(scope: Construct, id: string, { login, auth, roleName, policies }: AddLoginProps & { login: LdapLogin }) {
    super(scope, id);
    this.roleName = roleName;
    for (const groupName of login.groups) {
      const groupId = groupName.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
      new LdapGroup(this, groupId, { auth: methodOf(auth, 'ldap'), groupName, policies });
    }
  }
}

function methodOf<Type extends MountType>(auth: IAuthMethod | undefined, type: Type): IAuthMethod<Type> {
  if (auth?.type === type) return auth as IAuthMethod<Type>;
  return refuse({
    message: 'a login at an auth method of another type',
    given: auth === undefined ? '(nothing)' : `${auth.mountPath}, which is ${auth.type}`,
    allowed: `an auth method of type ${type}`,
    fix: 'give the method that the login names',
  });
}
