import { Construct } from 'constructs';

import type { AppRoleSettings } from '../../model/environment/app-role';
import type { Login } from '../../model/tenant/login';
import type { LdapLogin } from '../../model/tenant/logins/ldap';
import { constructId } from '../construct-id';
import { refuse } from '../validate-props';
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
  /** Auth method of the login; undefined for `token`, which every server has. */
  readonly auth: IAuthMethod | undefined;
  /** Settings of tokens, for every auth method; the settings of SecretIDs apply to AppRole only. */
  readonly appRole: AppRoleSettings;
}

/**
 * Adds a login with policies: a role of the same name on every auth method, for LDAP groups instead.
 *
 * @throws PlatformError `construct` if the auth method has another type, or if the role's construct refuses the props
 */
export function addLogin(scope: Construct, id: string, props: AddLoginProps): ILoginRole {
  const { login, auth, appRole, roleName, policies } = props;
  const role = { ...appRole, roleName, policies };
  const path = `${scope.node.path}/${id}`;
  switch (login.type) {
    case 'approle':
      return new AppRole(scope, id, { ...role, auth: methodOf(path, auth, login.type) });
    case 'kubernetes': {
      const { audience, aliasNameSource } = login.method;
      return new KubernetesRole(scope, id, {
        ...role,
        ...login,
        audience,
        aliasNameSource,
        auth: methodOf(path, auth, login.type),
      });
    }
    case 'jwt': {
      const { userClaim } = login.method;
      return new JwtRole(scope, id, { ...role, ...login, userClaim, auth: methodOf(path, auth, login.type) });
    }
    case 'oidc': {
      const { redirectUris, userClaim } = login.method;
      return new OidcRole(scope, id, {
        ...role,
        ...login,
        redirectUris,
        userClaim,
        auth: methodOf(path, auth, login.type),
      });
    }
    case 'aws': {
      const { resolveUniqueIds } = login.method;
      return new AwsAuthRole(scope, id, {
        ...role,
        ...login,
        resolveUniqueIds,
        auth: methodOf(path, auth, login.type),
      });
    }
    case 'ldap':
      return new Groups(scope, id, { ...props, login });
    case 'token':
      return new TokenRole(scope, id, { ...role, ...login });
  }
}

/** Id of a group in earlier versions, which several groups could have. */
const formerIdOf = (groupName: string): string => groupName.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

/** LDAP has groups with policies instead of roles. Members of a group are known only after they log in. */
class Groups extends Construct implements ILoginRole {
  public readonly roleName: string;
  public readonly aliasNames: readonly string[] = [];

  constructor(scope: Construct, id: string, { login, auth, roleName, policies }: AddLoginProps & { login: LdapLogin }) {
    super(scope, id);
    this.roleName = roleName;
    const formerIds = login.groups.map(formerIdOf);
    login.groups.forEach((groupName, index) => {
      const id = constructId(groupName.toLowerCase());
      const formerId = formerIds[index];
      const hasMoved = formerId !== id && formerIds.filter((other) => other === formerId).length === 1;
      new LdapGroup(this, id, {
        auth: methodOf(this.node.path, auth, 'ldap'),
        groupName,
        policies,
        ...(hasMoved && { formerId }),
      });
    });
  }
}

function methodOf<Type extends MountType>(path: string, auth: IAuthMethod | undefined, type: Type): IAuthMethod<Type> {
  if (auth?.type === type) return auth as IAuthMethod<Type>;
  return refuse(path, [
    {
      message: 'the auth method does not match the login',
      given: auth === undefined ? 'no auth method' : `${auth.mountPath}, of type ${auth.type}`,
      allowed: `an auth method of type ${type}`,
      fix: 'pass the auth method that the login names',
    },
  ]);
}
