import { plannedObjects } from '../../../synthesis/objects/planned-objects';

type Change = Readonly<Record<string, unknown>>;

const plan = (...changes: readonly (readonly [address: string, change: Change])[]): unknown => ({
  format_version: '1.2',
  resource_changes: changes.map(([address, change]) => ({
    address,
    mode: 'managed',
    type: address.split('.')[0],
    change: { before: null, after: null, ...change },
  })),
});
const found = (json: unknown): string[] => plannedObjects(json)?.objects.map(({ path }) => path) ?? [];

it('are those that the plan creates or names anew, and neither those it keeps, deletes or imports', () => {
  expect(
    found(
      plan(
        ['vault_policy.new', { actions: ['create'], after: { name: 'new' } }],
        ['vault_policy.kept', { actions: ['no-op'], before: { name: 'kept' }, after: { name: 'kept' } }],
        ['vault_policy.text', { actions: ['update'], before: { name: 'text' }, after: { name: 'text' } }],
        ['vault_policy.name', { actions: ['delete', 'create'], before: { name: 'old' }, after: { name: 'other' } }],
        ['vault_policy.gone', { actions: ['delete'], before: { name: 'gone' } }],
        ['vault_policy.admin', { actions: ['create'], after: { name: 'admin' }, importing: { id: 'admin' } }],
        ['vault_kv_secret_backend_v2.kv', { actions: ['create'], after: { mount: 'v1/devel/kv' } }],
      ),
    ),
  ).toEqual(['sys/policies/acl/new', 'sys/policies/acl/other']);
});

it('do not include what is in the state under another address', () => {
  expect(
    found(
      plan(
        ['vault_policy.before', { actions: ['delete'], before: { name: 'same' } }],
        ['vault_policy.after', { actions: ['create'], after: { name: 'same' } }],
      ),
    ),
  ).toEqual([]);
});

it('include an alias whose name is known, by the lookup of its entity', () => {
  const alias = { name: 'payments/worker', mount_accessor: 'auth_kubernetes_1' };
  const objects = plannedObjects(
    plan(
      ['vault_identity_entity_alias.known', { actions: ['create'], after: alias }],
      // The RoleID of a role that the plan creates.
      ['vault_identity_entity_alias.later', { actions: ['create'], after: { mount_accessor: 'auth_approle_1' } }],
    ),
  );
  expect(objects?.unknown).toEqual([]);
  expect(objects?.objects.map(({ address, kind, attributes }) => [address, kind.lookup?.(attributes)])).toEqual([
    ['vault_identity_entity_alias.known', { alias_name: 'payments/worker', alias_mount_accessor: 'auth_kubernetes_1' }],
  ]);
});

it('report resources of which it is not known where they are', () => {
  const json = plan(
    ['vault_namespace.own', { actions: ['create'], after: { path: 'own' } }],
    ['vault_transit_secret_backend_key.later', { actions: ['create'], after: { name: 'card' } }],
  );
  expect(plannedObjects(json)).toEqual({
    objects: [],
    unknown: ['vault_namespace.own', 'vault_transit_secret_backend_key.later'],
  });
});

it('are undefined for what is no plan', () => {
  for (const json of [undefined, null, {}, { version: 4, resources: [] }]) expect(plannedObjects(json)).toBeUndefined();
  expect(plannedObjects({ format_version: '1.2' })).toEqual({ objects: [], unknown: [] });
});
