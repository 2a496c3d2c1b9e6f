import { AppRoleAuth } from '../../../constructs/auth/app-role-auth';
import type { IAuthMethod } from '../../../constructs/auth/auth-method';
import { createAuthMethod, importAuthMethod } from '../../../constructs/auth/auth-methods';
import { addLogin } from '../../../constructs/auth/logins';
import type { AuthMethod } from '../../../model/cluster/auth-method';
import type { Login } from '../../../model/tenant/login';
import { appRole, awsMethod, jwtMethod, kubernetesMethod, ldapMethod, oidcMethod } from '../../support/inventory/model';
import { Template } from '../../support/template/template';

const claims = { boundClaims: { sub: ['a'] }, boundClaimsType: 'string' } as const;
const methods: readonly AuthMethod[] = [kubernetesMethod(), jwtMethod(), oidcMethod(), ldapMethod(), awsMethod()];
const logins: readonly Login[] = [
  { type: 'approle' },
  {
    type: 'kubernetes',
    method: kubernetesMethod({ audience: 'ours', aliasNameSource: 'serviceaccount_name' }),
    serviceAccounts: ['a'],
    namespaces: ['b'],
  },
  { type: 'jwt', method: jwtMethod(), audiences: ['vault'], ...claims },
  { type: 'oidc', method: oidcMethod(), scopes: [], ...claims },
  { type: 'ldap', method: ldapMethod(), groups: ['ops', 'dev team'] },
  {
    type: 'aws',
    method: awsMethod({ resolveUniqueIds: false }),
    authType: 'iam',
    iamPrincipalArns: ['arn:aws:iam::1:x'],
  },
  { type: 'token', orphan: false, renewable: true },
];

function withLogins(given: readonly Login[], authOf?: (login: Login) => IAuthMethod | undefined): Template {
  return Template.of((scope) => {
    const found = (login: Login): IAuthMethod | undefined => {
      if (login.type === 'approle')
        return AppRoleAuth.fromAppRoleAuthAttributes(scope, 'Auth', { mountPath: 'approle' });
      return login.type === 'token' ? undefined : importAuthMethod(scope, `auth-${login.method.name}`, login.method);
    };
    for (const login of given) {
      const auth = (authOf ?? found)(login);
      const policies = [{ policyName: 'app' }];
      addLogin(scope, login.type, { login, auth, roleName: 'app-role', policies, appRole: appRole() });
    }
  });
}

describe('the logins of a policy', () => {
  const template = withLogins(logins);

  it('have one role name on every method, and groups for LDAP', () => {
    expect(template.addresses).toEqual([
      'vault_approle_auth_backend_role.approle',
      'vault_aws_auth_backend_role.aws',
      'vault_jwt_auth_backend_role.jwt',
      'vault_jwt_auth_backend_role.oidc',
      'vault_kubernetes_auth_backend_role.kubernetes',
      'vault_ldap_auth_backend_group.ldap_devX20Xteam',
      'vault_ldap_auth_backend_group.ldap_ops',
      'vault_token_auth_backend_role.token',
    ]);
    for (const type of ['approle', 'kubernetes'].map((name) => `vault_${name}_auth_backend_role`)) {
      expect(template.resource(type)).toMatchObject({ role_name: 'app-role', token_policies: ['app'] });
    }
  });

  it.each([
    [['vault-devs', 'vault_devs'], []],
    [['app vault devs', 'app-vault-devs'], []],
    [['dl_a', 'dl a', 'dl-a'], []],
    [['DL_Vault'], [{ to: 'ldap_dlX5fXvault', from: 'ldap_dl-vault' }]],
    [['dev team', 'ops'], [{ to: 'ldap_devX20Xteam', from: 'ldap_dev-team' }]],
    [['ops', 'dev-team'], []],
  ])('of the groups %j are one resource each, which keeps what earlier versions made', (groups, moved) => {
    const made = withLogins([{ type: 'ldap', method: ldapMethod(), groups }]);
    const type = 'vault_ldap_auth_backend_group';
    const names = Object.values(made.resources(type)).map(({ groupname }) => groupname);
    expect(names.sort()).toEqual(groups.map((name) => name.toLowerCase()).sort());
    expect(made.json.moved ?? []).toEqual(
      moved.map(({ to, from }) => ({ to: `${type}.${to}`, from: `${type}.${from}` })),
    );
  });

  it('use the settings of the method', () => {
    expect(template.resource('vault_kubernetes_auth_backend_role')).toMatchObject({ audience: 'ours' });
    expect(template.resource('vault_aws_auth_backend_role')).toMatchObject({ resolve_aws_unique_ids: false });
    expect(template.resources('vault_jwt_auth_backend_role').oidc).toMatchObject({
      allowed_redirect_uris: oidcMethod().redirectUris,
    });
  });

  it('refer to methods of other stacks by name', () => {
    expect(template.json.data).toBeUndefined();
    expect(template.resource('vault_kubernetes_auth_backend_role').backend).toBe('apps-devel');
  });

  it('fail if the method is of another type', () => {
    expect(() => withLogins(logins.slice(1, 2), () => undefined)).toThrow(
      /given: +no auth method\n +allowed: an auth method of type kubernetes/,
    );
    const wrong = () =>
      Template.of((scope) => {
        const auth = importAuthMethod(scope, 'Auth', jwtMethod());
        addLogin(scope, 'x', { login: logins[0]!, auth, roleName: 'r', policies: [], appRole: appRole() });
      });
    expect(wrong).toThrow(/github, of type jwt/);
  });
});

describe('every auth method of the inventory', () => {
  it.each(methods.map((method) => [method.type, method] as const))(
    '%s is mounted as that, and protected',
    (type, method) => {
      const template = Template.of((scope) => createAuthMethod(scope, 'auth', method));
      expect(template.resource('vault_auth_backend')).toMatchObject({
        type,
        path: method.mountPath,
        description: method.description,
        lifecycle: { prevent_destroy: true },
      });
    },
  );
});
