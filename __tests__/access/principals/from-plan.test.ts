import { planModels } from '../../../access/principals/from-plan';
import { messagesOf, origin, policiesById } from './stack';

const text = (path: string) => `path "${path}" {\n  capabilities = ["read"]\n}\n`;
const share = { environment: 'devel', team: 'data' };
const options = { originOf: () => ({ ...origin, share }) };

const resource = (type: string, name: string, values: object, more: object = {}) => ({
  ...{ address: `${type}.${name}`, mode: 'managed', type, name, values },
  ...more,
});
const configured = (type: string, name: string, references: Readonly<Record<string, readonly string[]>>) => ({
  address: `${type}.${name}`,
  expressions: Object.fromEntries(Object.entries(references).map(([key, list]) => [key, { references: list }])),
});

const role = { backend: 'approle', role_name: 'a', token_policies: ['p'] };

describe('a plan', () => {
  const plan = {
    prior_state: {
      values: {
        root_module: {
          resources: [
            resource('vault_policy', 'a_ro', { name: 'p', policy: text('kv/data/a') }),
            resource('vault_approle_auth_backend_role', 'a_ro_role', { ...role, role_id: 'known' }),
          ],
        },
      },
    },
    planned_values: {
      root_module: {
        resources: [
          resource('vault_policy', 'a_ro', { name: 'p', policy: text('kv/data/*') }),
          resource('vault_approle_auth_backend_role', 'a_ro_role', { ...role, role_id: 'known' }),
          resource('vault_auth_backend', 'approle', { type: 'approle', path: 'approle', accessor: 'auth_approle_1' }),
          resource('vault_identity_entity', 'e', { name: 'one', policies: ['e'] }),
          resource('vault_identity_entity_alias', 'e', { name: 'known', mount_accessor: 'auth_approle_1' }),
        ],
        child_modules: [
          {
            address: 'module.more["x"]',
            resources: [resource('vault_policy', 'b', { name: 'q', policy: text('b') }, { index: 0 })],
          },
        ],
      },
    },
    configuration: {
      provider_config: { vault: { expressions: { token_name: { constant_value: 'terraform-devel-data' } } } },
      root_module: {
        resources: [
          configured('vault_identity_entity_alias', 'e', {
            canonical_id: ['vault_identity_entity.e.id', 'vault_identity_entity.e'],
          }),
        ],
      },
    },
  };

  it('has a model before and a model after it is applied', () => {
    const { stack, before, after } = planModels(plan, options);
    expect(stack).toBe('devel-data');
    expect(before.policies.get('p')?.text).toBe(text('kv/data/a'));
    expect(after.policies.get('p')?.text).toBe(text('kv/data/*'));
    expect(policiesById(before)).toEqual({ 'approle:approle/role/a': ['default', 'p'] });
    expect(before.principals[0]).toMatchObject({ owner: { ...share, tenant: 'a' } });
  });

  it('has ids that are not known yet by the references of the configuration', () => {
    const { after } = planModels(plan, options);
    expect(policiesById(after)['approle:approle/role/a']).toEqual(['default', 'e', 'p']);
    expect(messagesOf(after)).toEqual([]);
  });

  it('has the resources of modules', () => {
    const { after } = planModels(plan, options);
    expect(after.policies.get('q')?.source).toEqual({ address: 'devel-data: module.more["x"]: vault_policy.b[0]' });
  });

  it('of a new stack has nothing before', () => {
    const { before } = planModels({ ...plan, prior_state: undefined }, options);
    expect(before.principals).toEqual([]);
    expect([...before.policies.keys()]).toEqual(['default']);
  });

  it('has no texts that it composes of several unknown values', () => {
    const { after } = planModels(
      {
        planned_values: { root_module: { resources: [resource('vault_policy', 'p', { policy: text('a') })] } },
        configuration: {
          root_module: {
            resources: [configured('vault_policy', 'p', { name: ['random_id.a.hex', 'random_id.b.hex'] })],
          },
        },
      },
      options,
    );
    expect(messagesOf(after)).toEqual(['the argument `name` has a reference `${unknown}` that cannot be resolved']);
  });

  it.each([
    ['terraform-devel-data', 'devel-data'],
    ['other', 'plan'],
    [7, 'plan'],
    [undefined, 'plan'],
  ])('with the token name %s is of the stack %s', (name, stack) => {
    const vault = { expressions: { token_name: { constant_value: name } } };
    expect(planModels({ configuration: { provider_config: { vault } } }, options).stack).toBe(stack);
  });

  it('that is none has models without principals', () => {
    for (const one of [undefined, [], { planned_values: { root_module: { resources: 'x', child_modules: [7] } } }]) {
      const { stack, before, after } = planModels(one, options);
      expect([stack, before.principals, after.principals, after.gaps]).toEqual(['plan', [], [], undefined]);
    }
  });

  const after = (resources: readonly object[], configuration: readonly object[] = [], more: object = {}) =>
    planModels(
      {
        planned_values: { root_module: { resources, ...more } },
        configuration: { root_module: { resources: configuration } },
      },
      { originOf: () => origin, tokens: [{ name: 'admin', policies: ['p'] }] },
    ).after;

  it('has tokens without a role, and no owners in the platform’s stack', () => {
    const { principals, policies } = after([resource('vault_policy', 'p', { name: 'p', policy: text('a') })]);
    expect(principals.map(({ id }) => id)).toEqual(['token:admin']);
    expect(policies.get('p')).not.toHaveProperty('owner');
  });

  it('has instances of a resource by their index', () => {
    const instance = (index: unknown, name: string) =>
      resource('vault_policy', 'x', { name, policy: text('a') }, { index });
    const { policies } = after([instance(0, 'a'), instance('k', 'b')]);
    expect(['a', 'b'].map((name) => policies.get(name)?.source?.address)).toEqual([
      'plan: vault_policy.x[0]',
      'plan: vault_policy.x["k"]',
    ]);
  });

  it('has lists of ids that are not known yet, and keeps what is known', () => {
    const { principals } = after(
      [
        resource('vault_identity_entity', 'a', { name: 'a' }),
        resource('vault_identity_entity', 'b', { name: 'b' }),
        resource('vault_identity_group', 'g', { name: 'g', policies: ['p'], member_entity_ids: null }),
        resource('vault_identity_group', 'h', { name: 'h', policies: ['q'], member_entity_ids: [] }),
      ],
      [
        configured('vault_identity_group', 'g', {
          ...{
            member_entity_ids: ['vault_identity_entity.a.id', 'vault_identity_entity.a', 'vault_identity_entity.b.id'],
          },
          ...{ name: ['vault_identity_entity.b.id'], metadata: [] },
        }),
        configured('vault_identity_group', 'h', { member_entity_ids: ['vault_identity_entity.a.id'] }),
      ],
    );
    expect(policiesById({ principals })).toEqual({
      'entity:identity/entity/a': ['p'],
      'entity:identity/entity/b': ['p'],
      'group:identity/group/g': ['p'],
      'group:identity/group/h': ['q'],
    });
  });

  it('resolves references to data sources, which are configured beside resources', () => {
    const data = (values: object) => ({ mode: 'data', type: 'vault_auth_backend', name: 'm', values });
    const entity = resource('vault_identity_entity', 'e', { name: 'one', policies: ['e'], id: 'e-1' });
    const login = resource('vault_approle_auth_backend_role', 'r', { ...role, role_id: 'known' });
    const alias = resource('vault_identity_entity_alias', 'a', { name: 'known', canonical_id: 'e-1' });
    const { principals } = after(
      [data({ path: 'approle' }), entity, login, alias],
      [
        configured('vault_identity_entity_alias', 'a', { mount_accessor: ['data.vault_auth_backend.m.accessor'] }),
        { ...configured('vault_auth_backend', 'm', {}), address: 'data.vault_auth_backend.m' },
      ],
    );
    expect(policiesById({ principals })['approle:approle/role/a']).toEqual(['default', 'e', 'p']);
  });

  it('resolves references in a module with the configuration of the module', () => {
    const module = {
      address: 'module.outer.module.inner["a b"]',
      resources: [
        resource('vault_identity_entity', 'e', { name: 'one' }),
        resource('vault_identity_entity_policies', 'p', { policies: ['e'] }),
      ],
    };
    const inner = {
      resources: [configured('vault_identity_entity_policies', 'p', { entity_id: ['vault_identity_entity.e.id'] })],
    };
    const { after: model } = planModels(
      {
        planned_values: { root_module: { child_modules: [{ address: 'module.outer', child_modules: [module] }] } },
        configuration: {
          root_module: { module_calls: { outer: { module: { module_calls: { inner: { module: inner } } } } } },
        },
      },
      options,
    );
    expect(policiesById(model)).toEqual({ 'entity:identity/entity/one': ['e'] });
    expect(model.principals[0]?.source).toEqual({
      address: 'plan: module.outer.module.inner["a b"]: vault_identity_entity.e',
    });
  });
});
