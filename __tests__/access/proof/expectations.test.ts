import { failedExpectations, type Expectation } from '../../../access/proof/expectations';
import { now, owner, smallModel, type Rules } from './small-model';

const shop = owner('shop');

const failures = (
  rules: Rules,
  effect: Expectation['effect'],
  path: string,
  operation: 'list' | 'read' | 'update',
): string[] => {
  const model = smallModel({ shop: { owner: shop, rules } });
  const expectation = { owner: shop, policy: 'shop', effect, requests: [{ path, operations: [operation] }] };
  return failedExpectations(model, [expectation], now).map(({ witness }) => witness.path);
};

describe('an expectation', () => {
  const rules: Rules = { 'kv/data/shop/*': ['read'], 'kv/data/shop/secret*': ['deny'], 'kv/metadata/shop/*': ['list'] };

  it.each([
    ['allow', 'kv/data/shop/configs', 'read'],
    ['allow', 'kv/data/shop/a/*', 'read'],
    ['allow', 'kv/metadata/shop/', 'list'],
    ['allow', 'kv/metadata/shop', 'list'],
    ['deny', 'kv/data/shop/configs', 'update'],
    ['deny', 'kv/data/shop/secret/x', 'read'],
    ['deny', 'kv/data/+/*', 'update'],
    ['deny', 'kv/data/other/*', 'read'],
  ] as const)('holds: %s %s, %s', (effect, path, operation) => {
    expect(failures(rules, effect, path, operation)).toEqual([]);
  });

  it.each([
    ['allow', 'kv/data/shop/configs', 'update', 'kv/data/shop/configs'],
    ['allow', 'kv/data/shop/*', 'read', 'kv/data/shop/secretx'],
    ['allow', 'kv/data/+/configs', 'read', 'kv/data/x/configs'],
    ['deny', 'kv/data/shop/configs', 'read', 'kv/data/shop/configs'],
    ['deny', 'kv/data/+/a', 'read', 'kv/data/shop/a'],
    ['deny', 'kv/*', 'list', 'kv/metadata/shop/'],
  ] as const)('fails: %s %s, %s, with a path that shows it', (effect, path, operation, witness) => {
    expect(failures(rules, effect, path, operation)).toEqual([witness]);
  });

  it('is decided with all policies of each principal that has the policy', () => {
    const model = smallModel({
      shop: { owner: shop, rules: {} },
      more: { owner: shop, rules: { 'kv/data/shop/x': ['read'] }, over: { policies: ['more', 'shop'] } },
    });
    const deny: Expectation = {
      owner: shop,
      policy: 'shop',
      effect: 'deny',
      requests: [{ path: 'kv/data/shop/x', operations: ['read'] }],
    };
    expect(failedExpectations(model, [deny], now).map(({ principal }) => principal?.name)).toEqual(['more-role']);
    expect(
      failedExpectations(model, [{ ...deny, effect: 'allow' }], now).map(({ principal }) => principal?.name),
    ).toEqual(['shop-role']);
  });

  it('is decided for a token with the policy if nobody logs in with it', () => {
    const model = smallModel({ shop: { owner: shop, rules: { 'kv/data/x': ['read'] }, over: { policies: [] } } });
    const deny: Expectation = {
      owner: shop,
      policy: 'shop',
      effect: 'deny',
      requests: [{ path: 'kv/data/x', operations: ['read'] }],
    };
    expect(failedExpectations(model, [deny], now)).toMatchObject([{ witness: { path: 'kv/data/x' } }]);
  });
});
