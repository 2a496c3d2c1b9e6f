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
});
