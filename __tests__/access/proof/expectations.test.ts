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

  describe('of several', () => {
    const expectation = (more: Partial<Expectation> = {}): Expectation => ({
      owner: shop,
      policy: 'shop',
      effect: 'allow',
      requests: [{ path: 'kv/a', operations: ['read'] }],
      ...more,
    });
    const two = [
      { path: 'kv/a', operations: ['read'] },
      { path: 'kv/b', operations: ['read', 'update'] },
    ] as const;
    const failed = (model: ReturnType<typeof smallModel>, ...expectations: readonly Expectation[]) =>
      failedExpectations(model, expectations, now).map(
        ({ expectation: { owner: mine, effect }, principal, witness }) =>
          `${mine.tenant} ${effect} ${principal?.name}: ${witness.operation} ${witness.path}`,
      );

    it('fails each with the first request that shows it', () => {
      const model = smallModel({ shop: { owner: shop, rules: { 'kv/a': ['read'], 'kv/b': ['read'] } } });
      expect(failed(model)).toEqual([]);
      expect(failed(model, expectation())).toEqual([]);
      expect(failed(model, expectation({ requests: two }))).toEqual(['shop allow shop-role: update kv/b']);
      const deny = expectation({ effect: 'deny', requests: [...two].reverse() });
      expect(failed(model, expectation({ requests: two }), expectation(), deny)).toEqual([
        'shop allow shop-role: update kv/b',
        'shop deny shop-role: read kv/b',
      ]);
    });

    it('is decided for the principals of the tenant in the environment', () => {
      const other = owner('shop', 'prod');
      const model = smallModel({
        shop: { owner: shop, rules: {} },
        more: { owner: other, rules: { 'kv/a': ['read'] }, over: { policies: ['more', 'shop'] } },
        platform: { rules: { 'kv/a': ['read'] }, over: { policies: ['platform', 'shop'] } },
        twice: { owner: shop, rules: { 'kv/a': ['read'] }, over: { policies: ['shop', 'twice'] } },
      });
      expect(failed(model, expectation({ effect: 'deny' }))).toEqual(['shop deny twice-role: read kv/a']);
      expect(failed(model, expectation({ owner: other, effect: 'deny' }))).toEqual(['shop deny more-role: read kv/a']);
      expect(failed(model, expectation({ owner: owner('none') }))).toEqual(['none allow undefined: read kv/a']);
    });

    it('is decided with the policy default, if nobody logs in', () => {
      const model = smallModel({ default: { rules: { 'kv/a': ['read'] } }, shop: { rules: {} } });
      expect(failed(model, expectation({ owner: owner('none') }))).toEqual([]);
    });

    it('uses the identity of the principal and the time', () => {
      const entity = { id: '1', name: 'a', metadata: {}, aliases: {} };
      const rules: Rules = { 'kv/{{identity.entity.name}}': ['read'] };
      const model = smallModel({ shop: { owner: shop, rules, over: { identity: { entity } } } });
      expect(failed(model, expectation())).toEqual([]);
      expect(failed(smallModel({ shop: { owner: shop, rules } }), expectation())).toEqual([
        'shop allow shop-role: read kv/a',
      ]);
      const [stanza] = model.policies.get('shop')?.policy.stanzas ?? [];
      Object.assign(stanza ?? {}, { expiresAt: now - 1 });
      expect(failed(model, expectation())).toEqual(['shop allow shop-role: read kv/a']);
    });
  });
});
