import { modelOf, policiesById } from './stack';

const approle = { m: { type: 'approle' } };
const accessor = '${vault_auth_backend.m.accessor}';
const role = { role_name: 'r', token_policies: ['p'] };
const alias = { name: '${vault_approle_auth_backend_role.r.role_id}', mount_accessor: accessor };

describe('a login whose client has an entity', () => {
  const stack = {
    vault_auth_backend: approle,
    vault_approle_auth_backend_role: { r: role, other: { role_name: 'other', token_policies: ['p'] } },
    vault_identity_entity: { e: { name: 'one', metadata: { tenant: 'shop' }, policies: ['e'] } },
    vault_identity_entity_policies: { p: { entity_id: '${vault_identity_entity.e.id}', policies: ['more'] } },
    vault_identity_entity_alias: { a: { ...alias, canonical_id: '${vault_identity_entity.e.id}' } },
    vault_identity_group: {
      inner: { name: 'inner', member_entity_ids: ['${vault_identity_entity.e.id}'], policies: ['g'] },
      outer: { name: 'outer', member_group_ids: ['${vault_identity_group.inner.id}'] },
      unrelated: { name: 'unrelated', policies: ['u'] },
    },
    vault_identity_group_policies: { o: { group_id: '${vault_identity_group.outer.id}', policies: ['o'] } },
  };

  it('has the policies of the entity and of all its groups', () => {
    expect(policiesById(modelOf(stack))).toEqual({
      'approle:approle/role/r': ['default', 'e', 'g', 'more', 'o', 'p'],
      'approle:approle/role/other': ['default', 'p'],
      'entity:identity/entity/one': ['e', 'g', 'more', 'o'],
      'group:identity/group/inner': ['g'],
      'group:identity/group/outer': ['o'],
      'group:identity/group/unrelated': ['u'],
    });
  });

  it('has its name and metadata for templates', () => {
    const [principal] = modelOf(stack).principals.filter(({ name }) => name === 'r');
    expect(principal?.identity).toMatchObject({
      entity: { name: 'one', metadata: { tenant: 'shop' } },
      groups: [{ name: 'inner' }, { name: 'outer' }],
    });
  });

  it('does not exist if the entity is disabled', () => {
    const entity = { vault_identity_entity: { e: { name: 'one', policies: ['e'], disabled: true } } };
    expect(policiesById(modelOf({ ...stack, ...entity }))).not.toHaveProperty(['approle:approle/role/r']);
  });

  it('is found in a stack that only reads the auth method', () => {
    const data = { vault_auth_backend: { m: { path: 'approle' } } };
    const read = { ...alias, mount_accessor: '${data.vault_auth_backend.m.accessor}' };
    const model = modelOf(
      {
        vault_approle_auth_backend_role: { r: role },
        vault_identity_entity: { e: { name: 'one', policies: ['e'] } },
        vault_identity_entity_alias: { a: { ...read, canonical_id: '${vault_identity_entity.e.id}' } },
      },
      { data },
    );
    expect(policiesById(model)['approle:approle/role/r']).toEqual(['default', 'e', 'p']);
  });
});

describe('a login with several clients', () => {
  const stack = (accounts: readonly string[], entities: Readonly<Record<string, object>>) => ({
    vault_auth_backend: { m: { type: 'kubernetes', path: 'blue' } },
    vault_kubernetes_auth_backend_role: {
      r: {
        ...role,
        backend: 'blue',
        alias_name_source: 'serviceaccount_name',
        bound_service_account_names: accounts,
        bound_service_account_namespaces: ['shop'],
      },
    },
    vault_identity_entity: entities as Record<string, Record<string, unknown>>,
    vault_identity_entity_alias: Object.fromEntries(
      Object.keys(entities).map((name) => [
        name,
        { name: `shop/${name}`, mount_accessor: accessor, canonical_id: `\${vault_identity_entity.${name}.id}` },
      ]),
    ),
  });

  it('is one principal if all have the same policies', () => {
    const model = modelOf(stack(['a', 'b'], { a: { name: 'a' }, b: { name: 'b' } }));
    expect(policiesById(model)).toEqual({ 'kubernetes:blue/role/r': ['default', 'p'] });
    expect(model.principals[0]).not.toHaveProperty('identity');
  });

  it('is one principal for each set of policies, and for the clients that are not known', () => {
    const entities = { a: { name: 'a', policies: ['e'] }, b: { name: 'b' } };
    expect(policiesById(modelOf(stack(['a', 'b'], entities)))).toMatchObject({
      'kubernetes:blue/role/r': ['default', 'e', 'p'],
      'kubernetes:blue/role/r as b': ['default', 'p'],
    });
    expect(policiesById(modelOf(stack(['*'], { a: { name: 'a', policies: ['e'] } })))).toMatchObject({
      'kubernetes:blue/role/r': ['default', 'p'],
      'kubernetes:blue/role/r as a': ['default', 'e', 'p'],
    });
  });

  it('is one principal for each entity if a policy has a template', () => {
    const entities = { a: { name: 'a' }, b: { name: 'b' } };
    const text = 'path "kv/{{identity.entity.name}}" {\n  capabilities = ["read"]\n}\n';
    const model = modelOf({ ...stack(['a', 'b'], entities), vault_policy: { p: { name: 'p', policy: text } } });
    expect(model.principals.map(({ id, identity }) => [id, identity?.entity?.name])).toEqual([
      ['kubernetes:blue/role/r', 'a'],
      ['kubernetes:blue/role/r as b', 'b'],
    ]);
  });
});
