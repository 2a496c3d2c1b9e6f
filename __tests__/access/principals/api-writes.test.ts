import { modelOf, policiesById } from './stack';

const policy = 'path "a" {\n  capabilities = ["read"]\n}\n';

/** The model of a server with an auth method at `m/n` on which an object is written. */
const written = (path: string, data: unknown, type = 'userpass') =>
  modelOf({
    vault_auth_backend: { m: { type, path: 'm/n' } },
    vault_generic_endpoint: { w: { path, data_json: JSON.stringify(data) } },
    vault_ldap_auth_backend_group: type === 'ldap' ? { g: { backend: 'm/n', groupname: 'g' } } : {},
  });

describe('an object that is written by its path', () => {
  it.each([
    ['sys/policy/p', ['default', 'p']],
    ['sys/policies/acl/p', ['default', 'p']],
    ['sys/policies/acl/p/q', ['default', 'p/q']],
    ['x/sys/policy/p', ['default']],
    ['sys/policies/rgp/p', ['default']],
  ])('at %s makes the policies %j', (path, names) => {
    expect([...written(path, { policy }).policies.keys()].sort()).toEqual(names);
  });

  it.each([
    'x/auth/token/roles/t',
    'auth/token/roles',
    'x/identity/entity/name/e',
    'identity/entity/name/e/x',
    'identity/entity/name',
    'x/identity/group/name/g',
    'kv/data/auth/m/n/users/ann',
  ])('at %s is no principal, and is not reported', (path) => {
    const model = written(path, { policies: ['p'], allowed_policies: ['p'], token_policies: ['p'] });
    expect([model.principals, model.gaps]).toEqual([[], undefined]);
  });

  it('has a name of any length', () => {
    expect(policiesById(written('auth/token/roles/long', { allowed_policies: ['p'] }))).toHaveProperty([
      'token-role:token/roles/long',
    ]);
    expect(policiesById(written('identity/entity/name/long', { policies: ['p'] }))).toEqual({
      'entity:identity/entity/long': ['p'],
    });
  });

  it.each([
    ['auth/m/n/config', 'ldap', ['default', 'p']],
    ['auth/m/n/config/x', 'ldap', ['default']],
    ['x/auth/m/n/config', 'ldap', ['default']],
  ])('at %s can be the settings of LDAP', (path, type, policies) => {
    expect(policiesById(written(path, { token_policies: ['p'] }, type))).toEqual({
      'ldap-group:m/n/groups/g': policies,
    });
  });

  it('of a collection that the auth method does not have is reported', () => {
    const { gaps = [] } = written('auth/m/n/certs/c', { token_policies: ['p'] }, 'radius');
    expect(gaps.map(({ message }) => message)).toEqual([
      'the auth method at auth/m/n/ is not known, so the login by auth/m/n/certs/c is not either',
    ]);
  });
});

describe('an alias', () => {
  const gapsOf = (alias: Readonly<Record<string, unknown>>) =>
    modelOf({ vault_identity_entity_alias: { a: alias } }).gaps?.length ?? 0;

  it('is left out if its name, auth method or entity is missing', () => {
    const alias = { name: 'x', mount_accessor: 'auth_x_1', canonical_id: 'e' };
    expect(gapsOf(alias)).toBe(1);
    for (const key of Object.keys(alias)) expect([key, gapsOf({ ...alias, [key]: undefined })]).toEqual([key, 0]);
  });

  it('has its metadata, and the entity its groups with theirs', () => {
    const model = modelOf({
      vault_auth_backend: { a: { type: 'approle' } },
      vault_approle_auth_backend_role: { r: { role_name: 'r', role_id: 'x', token_policies: ['own'] } },
      vault_policy: { p: { name: 'own', policy: policy.replace('"a"', '"{{identity.entity.name}}"') } },
      vault_identity_entity: { e: { name: 'one' } },
      vault_identity_entity_alias: {
        a: {
          ...{ name: 'x', mount_accessor: '${vault_auth_backend.a.accessor}', custom_metadata: { k: 'v' } },
          canonical_id: '${vault_identity_entity.e.id}',
        },
      },
      vault_identity_group: {
        g: { name: 'g', metadata: { z: '3' }, member_entity_ids: ['${vault_identity_entity.e.id}'] },
      },
    });
    const { identity } = model.principals.find(({ kind }) => kind === 'approle') ?? {};
    expect(identity?.entity?.aliases).toEqual({
      auth_approle: {
        id: 'stack:vault_identity_entity_alias.a.id',
        name: 'x',
        metadata: {},
        customMetadata: { k: 'v' },
      },
    });
    expect(identity?.groups).toEqual([{ id: 'stack:vault_identity_group.g.id', name: 'g', metadata: { z: '3' } }]);
  });
});
