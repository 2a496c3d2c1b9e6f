import { findMoves, resourcesOfJson } from '../../synthesis/moves';
import type { StackResources } from '../../synthesis/moves';

const stacks = (given: Record<string, Record<string, Record<string, unknown>>>): Map<string, StackResources> =>
  new Map(Object.entries(given).map(([stack, resources]) => [stack, new Map(Object.entries(resources))]));

const policy = { 'vault_policy.basket_ro': { name: 'basket-devel-ro' } };

describe('moves between stacks', () => {
  it('are the resources that leave one stack and stand in another', () => {
    const before = stacks({ 'devel-shop': { ...policy, 'vault_policy.wishlist_ro': { name: 'wishlist-devel-ro' } } });
    const after = stacks({
      'devel-shop': { 'vault_policy.wishlist_ro': { name: 'wishlist-devel-ro' } },
      'devel-pay': policy,
    });
    expect(findMoves(before, after)).toEqual([
      { from: 'devel-shop', to: 'devel-pay', addresses: ['vault_policy.basket_ro'] },
    ]);
  });

  it('leave a stack that no longer exists', () => {
    expect(findMoves(stacks({ 'devel-shop': policy }), stacks({ 'devel-store': policy }))).toHaveLength(1);
  });

  it('are found again where an interrupted move left a resource in both states', () => {
    const before = stacks({ 'devel-shop': policy, 'devel-pay': policy });
    expect(findMoves(before, stacks({ 'devel-shop': {}, 'devel-pay': policy }))).toHaveLength(1);
  });

  it.each([
    ['a resource that stays', { 'devel-shop': policy }],
    ['a resource that both stacks have', { 'devel-shop': policy, 'devel-pay': policy }],
    ['a resource that no stack has', { 'devel-shop': {} }],
    ['another object at the same address', { 'devel-pay': { 'vault_policy.basket_ro': { name: 'basket-stag-ro' } } }],
  ])('are not %s', (_, after) => {
    expect(findMoves(stacks({ 'devel-shop': policy }), stacks(after))).toEqual([]);
  });

  it('take a reference in JSON for any value of a state', () => {
    const key = (backend: string): ReturnType<typeof stacks> =>
      stacks({ [`devel-${backend.length}`]: { 'vault_transit_secret_backend_key.data': { backend, name: 'data' } } });
    expect(findMoves(key('v1/devel/transit'), key('${vault_mount.transit.path}'))).toHaveLength(1);
  });

  it('are found in Terraform JSON', () => {
    const json = { resource: { vault_policy: { basket_ro: { name: 'basket-devel-ro' } } } };
    expect([...resourcesOfJson(json)]).toEqual([['vault_policy.basket_ro', { name: 'basket-devel-ro' }]]);
    expect([...resourcesOfJson({})]).toEqual([]);
  });
});
