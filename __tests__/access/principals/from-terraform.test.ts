import { accessModels } from '../../../access/principals/from-terraform';
import { messagesOf, modelOf, origin, policiesById } from './stack';

const policy = (name: string) => ({ name, policy: 'path "kv/data/a" {\n  capabilities = ["read"]\n}\n' });

describe('principals of Terraform JSON', () => {
  it('are the logins of all auth methods, each with its policies and `default`', () => {
    const model = modelOf({
      vault_approle_auth_backend_role: { a: { role_name: 'a', token_policies: ['p'] } },
      vault_kubernetes_auth_backend_role: { k: { backend: 'blue', role_name: 'k', token_policies: ['p'] } },
      vault_jwt_auth_backend_role: {
        j: { backend: 'ci', role_name: 'j', role_type: 'jwt', token_policies: ['p'] },
        o: { backend: 'sso', role_name: 'o', token_policies: ['p'] },
      },
      vault_aws_auth_backend_role: { w: { role: 'w', token_policies: ['p'] } },
      vault_cert_auth_backend_role: { c: { name: 'c', token_policies: ['p'] } },
      vault_ldap_auth_backend_group: { g: { groupname: 'people', policies: ['p'] } },
      vault_ldap_auth_backend_user: { u: { username: 'ann', policies: ['p'] } },
      vault_token_auth_backend_role: { t: { role_name: 't', allowed_policies: ['p'] } },
    });
    const expected = ['default', 'p'];
    expect(policiesById(model)).toEqual({
      'approle:approle/role/a': expected,
      'aws:aws/role/w': expected,
      'cert:cert/certs/c': expected,
      'jwt:ci/role/j': expected,
      'kubernetes:blue/role/k': expected,
      'ldap-group:ldap/groups/people': expected,
      'ldap-user:ldap/users/ann': expected,
      'oidc:sso/role/o': expected,
      'token-role:token/roles/t': expected,
    });
    expect(model.gaps).toBeUndefined();
  });

  it('keep names of policies that do not exist, and lack `default` only if the role says so', () => {
    const model = modelOf({
      vault_approle_auth_backend_role: {
        a: { role_name: 'a', token_policies: ['missing'], token_no_default_policy: true },
      },
    });
    expect(policiesById(model)).toEqual({ 'approle:approle/role/a': ['missing'] });
  });

  it('of LDAP have the policies of the auth method as well', () => {
    const model = modelOf({
      vault_ldap_auth_backend: { l: { path: 'corp', token_policies: ['all'], token_no_default_policy: true } },
      vault_ldap_auth_backend_group: {
        g: { backend: '${vault_ldap_auth_backend.l.path}', groupname: 'x', policies: ['p'] },
      },
    });
    expect(policiesById(model)).toEqual({ 'ldap-group:corp/groups/x': ['all', 'p'] });
  });

  it('are none for a role that would issue root tokens, which the server refuses', () => {
    const model = modelOf({ vault_approle_auth_backend_role: { a: { role_name: 'a', token_policies: ['root'] } } });
    expect(model.principals).toEqual([]);
    expect(messagesOf(model)).toEqual([
      'the server refuses logins to approle:approle/role/a, because it issues no root tokens',
    ]);
  });

  it('include tokens without a role, for servers that have their policies', () => {
    const tokens = ['admin', 'provisioner'].map((name) => ({ name, policies: [name] }));
    const both = { name: 'both', policies: ['provisioner', 'admin'] };
    const model = modelOf({ vault_policy: { admin: policy('admin') } }, { tokens: [...tokens, both] });
    expect(policiesById(model)).toEqual({ 'token:admin': ['admin'], 'token:both': ['admin', 'provisioner'] });
  });
});

describe('references between resources', () => {
  it('are replaced by the values that they refer to', () => {
    const model = modelOf({
      vault_policy: { p: policy('reader') },
      vault_auth_backend: { m: { type: 'approle', path: 'own/' } },
      vault_mount: { kv: { path: 'v1/kv', type: 'kv', options: { version: '2' } } },
      vault_approle_auth_backend_role: {
        a: {
          backend: '${vault_auth_backend.m.path}',
          role_name: 'a-${vault_mount.kv.type}',
          token_policies: ['${vault_policy.p.name}', '${vault_policy.p.id}'],
        },
      },
    });
    expect(policiesById(model)).toEqual({ 'approle:own/role/a-kv': ['default', 'reader'] });
    expect(model.mounts).toEqual([{ path: 'v1/kv/', type: 'kv-v2' }]);
  });

  it('are reported with their place if they are unknown, and not guessed', () => {
    const model = modelOf({
      vault_policy: { p: { name: 'p', policy: '${data.vault_policy_document.d.hcl}' } },
      vault_approle_auth_backend_role: { a: { role_name: '${var.name}', token_policies: ['p'] } },
    });
    expect(model.principals).toEqual([]);
    expect([...model.policies.keys()]).toEqual(['default']);
    expect(model.gaps).toEqual([
      {
        message: 'the argument `policy` has a reference `${data.vault_policy_document.d.hcl}` that cannot be resolved',
        source: { address: 'stack: vault_policy.p' },
      },
      {
        message: 'the argument `role_name` has a reference `${var.name}` that cannot be resolved',
        source: { address: 'stack: vault_approle_auth_backend_role.a' },
      },
    ]);
  });

  it('do not include escaped ones', () => {
    const model = modelOf({ vault_approle_auth_backend_role: { a: { role_name: 'a-$${b}', token_policies: [] } } });
    expect(policiesById(model)).toEqual({ 'approle:approle/role/a-${b}': ['default'] });
  });
});

describe('objects that are written by their path in the API', () => {
  const write = (path: string, data: object) => ({ path, data_json: JSON.stringify(data) });

  it('count like those of resources', () => {
    const model = modelOf({
      vault_auth_backend: { u: { type: 'userpass' } },
      vault_generic_endpoint: {
        user: write('auth/${vault_auth_backend.u.path}/users/ann', { token_policies: 'p,q' }),
        role: write('auth/token/roles/t', { allowed_policies: ['p'] }),
        policy: write('sys/policies/acl/p', { policy: 'path "a" {\n  capabilities = ["read"]\n}\n' }),
        entity: write('identity/entity/name/ann', { policies: ['e'] }),
        group: write('identity/group/name/all', { policies: ['g'] }),
        document: write('v1/kv/data/x', { data: {} }),
      },
    });
    expect(policiesById(model)).toEqual({
      'userpass:userpass/users/ann': ['default', 'p', 'q'],
      'token-role:token/roles/t': ['default', 'p'],
      'entity:identity/entity/ann': ['e'],
      'group:identity/group/all': ['g'],
    });
    expect([...model.policies.keys()].sort()).toEqual(['default', 'p']);
    expect(model.gaps).toBeUndefined();
  });

  it('are reported if their auth method or path is not known, and ignored if they concern no access', () => {
    const model = modelOf({
      vault_generic_endpoint: {
        unknown: write('auth/other/role/r', { token_policies: ['p'] }),
        hidden: write('auth/${var.mount}/role/r', { token_policies: ['p'] }),
        setting: write('v1/${var.mount}/config', {}),
      },
    });
    expect(messagesOf(model)).toEqual([
      'the auth method at auth/other/ is not known, so the login by auth/other/role/r is not either',
      'the path that is written has a reference that cannot be resolved after `auth/`',
    ]);
  });
});

describe('the policy `default`', () => {
  it('is that of the server unless a stack defines it', () => {
    const builtIn = modelOf({})
      .policies.get('default')
      ?.policy.stanzas.map(({ path }) => path);
    expect(builtIn).toContain('auth/token/lookup-self');
    expect(builtIn).not.toContain('sys/renew');
    const own = modelOf({ vault_policy: { d: policy('default') } }).policies.get('default');
    expect(own?.policy.stanzas.map(({ path }) => path)).toEqual(['kv/data/a']);
  });
});

describe('a policy that the server refuses', () => {
  it('is left out and reported', () => {
    const model = modelOf({ vault_policy: { p: { name: 'p', policy: 'path "a" {\n  capabilities = ["reed"]\n}\n' } } });
    expect(model.policies.has('p')).toBe(false);
    expect(messagesOf(model)).toEqual([expect.stringMatching(/^the server refuses the policy p: .*line 2/)]);
  });
});

describe('stacks', () => {
  it('of one cluster are one model, with the owners of a team’s objects', () => {
    const role = (name: string) => ({
      resource: {
        vault_approle_auth_backend_role: {
          [`${name}_ro_role`]: {
            '//': { metadata: { path: `devel-data/${name}/ro/role/Resource` } },
            role_name: `${name}-devel-ro-role`,
            token_policies: [],
          },
        },
      },
    });
    const models = accessModels(
      [
        { name: 'prod-data', json: role('pipeline') },
        { name: 'nonprod-platform', json: { resource: { vault_policy: { admin: policy('admin') } } } },
        { name: 'devel-data', json: role('pipeline') },
        { name: 'elsewhere', json: role('unknown') },
      ],
      {
        originOf: (stack) => {
          const [environment = '', team = ''] = stack.split('-');
          if (stack === 'elsewhere') return undefined;
          const cluster = environment === 'prod' ? 'prod' : 'nonprod';
          return { ...origin, cluster, ...(team === 'data' && { share: { environment, team } }) };
        },
      },
    );
    expect(models.map(({ cluster }) => cluster)).toEqual(['nonprod', 'prod']);
    const [nonprod] = models;
    expect(nonprod?.policies.get('admin')).toMatchObject({
      source: { address: 'nonprod-platform: vault_policy.admin' },
    });
    expect(nonprod?.policies.get('admin')).not.toHaveProperty('owner');
    expect(nonprod?.principals).toMatchObject([
      {
        owner: { team: 'data', tenant: 'pipeline', environment: 'devel' },
        source: { address: 'devel-data: vault_approle_auth_backend_role.pipeline_ro_role' },
      },
    ]);
  });
});
