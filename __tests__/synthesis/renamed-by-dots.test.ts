import { renamedByDots } from '../../synthesis/renamed-by-dots';

const stack = (resources: Readonly<Record<string, Readonly<Record<string, unknown>>>>) =>
  new Map([['devel-shop', new Map(Object.entries(resources))]]);

describe('objects that would be replaced because dots join names', () => {
  it.each([
    [
      'a key, in place',
      { 'vault_transit_secret_backend_key.basket_key-data': { name: 'basket-data' } },
      { 'vault_transit_secret_backend_key.basket_key-data': { name: 'basket.data' } },
      ['basket-data', 'basket.data'],
    ],
    [
      'a role of a policy',
      { 'vault_approle_auth_backend_role.basket_policy-basket-devel-app_role': { role_name: 'basket-devel-app-role' } },
      {
        'vault_approle_auth_backend_role.basket_policy-basket--app--devel_role': { role_name: 'basket.app.devel-role' },
      },
      ['basket-devel-app-role', 'basket.app.devel-role'],
    ],
  ])('are found: %s', (_, before, after, [from, to]) => {
    expect(renamedByDots(stack(before), stack(after))).toEqual([{ stack: 'devel-shop', from, to }]);
  });

  it.each([
    [
      'what stays',
      { 'vault_policy.basket_policy-tests': { name: 'tests' } },
      {
        'vault_policy.basket_policy-tests': { name: 'tests' },
        'vault_policy.basket_policy-basket--tests--devel': { name: 'basket.tests.devel' },
      },
    ],
    [
      'what leaves, with something else added',
      { 'vault_policy.basket_policy-basket-devel-app': { name: 'basket-devel-app' } },
      { 'vault_policy.basket_policy-basket--deploy--devel': { name: 'basket.deploy.devel' } },
    ],
    [
      'what belongs to another tenant',
      { 'vault_policy.basket_policy-tests': { name: 'tests' } },
      { 'vault_policy.cart_policy-cart--tests--devel': { name: 'cart.tests.devel' } },
    ],
    [
      'quotas, which contain nothing',
      { 'vault_quota_rate_limit.basket_requests': { name: 'basket-devel' } },
      { 'vault_quota_rate_limit.basket_requests': { name: 'tenant.basket.devel' } },
    ],
  ])('are not %s', (_, before, after) => {
    expect(renamedByDots(stack(before), stack(after))).toEqual([]);
  });
});
