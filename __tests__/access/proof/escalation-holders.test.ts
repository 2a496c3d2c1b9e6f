import { catalogue } from '../../../access/proof/catalogue';
import { findEscalations, platformAccess } from '../../../access/proof/escalation';
import { now, owner, smallModel, type Rules, type SmallPrincipal } from './small-model';

const shop = owner('shop');
const policies: Rules = { 'sys/policies/acl/x': ['update'] };
const found = (entries: Readonly<Record<string, SmallPrincipal>>): readonly string[] =>
  findEscalations(smallModel(entries), { exceptions: [], now }).map(
    ({ check, principal, witness }) => `${principal.name} ${check} ${witness.operation} ${witness.path}`,
  );

describe('a principal of a tenant', () => {
  it('reaches what one of its policies allows', () => {
    const over = { policies: ['plain', 'admin', 'missing'] };
    expect(found({ plain: { owner: shop, rules: { 'kv/x': ['read'] }, over }, admin: { rules: policies } })).toEqual([
      'plain-role policy update sys/policies/acl/x',
    ]);
  });

  it('reaches what its identity makes of templates', () => {
    const rules: Rules = { 'sys/{{identity.entity.name}}/acl/x': ['update'] };
    const named = (name: string) => ({
      ...{ policies: ['one'] },
      identity: { entity: { id: name, name, metadata: {}, aliases: {} } },
    });
    expect(
      found({
        one: { owner: shop, rules, over: named('health') },
        two: { owner: shop, rules: {}, over: named('policies') },
        three: { owner: shop, rules: {}, over: named('health') },
      }),
    ).toEqual(['two-role policy update sys/policies/acl/x']);
    const unknown = found({ one: { owner: shop, rules } });
    expect(unknown).toContain('one-role policy update sys/policies/acl/x');
  });

  it('reaches with the policy root everything that the server has', () => {
    const checks = findEscalations(
      smallModel({ root: { rules: {} }, shop: { owner: shop, rules: {}, over: { policies: ['root'] } } }),
      { exceptions: [], now },
    ).map(({ check }) => check);
    const everywhere = catalogue.filter(({ below }) => below === 'api' || below === 'auth').map(({ id }) => id);
    expect(checks).toEqual(expect.arrayContaining(everywhere));
  });

  it('reaches nothing after its stanza has ended', () => {
    const model = smallModel({ one: { owner: shop, rules: policies } });
    Object.assign(model.policies.get('one')?.policy.stanzas[0] ?? {}, { expiresAt: now });
    expect(findEscalations(model, { exceptions: [], now: now - 1 })).toHaveLength(1);
    expect(findEscalations(model, { exceptions: [], now: now + 1 })).toEqual([]);
  });

  it('has no exception unless one has expired', () => {
    const [finding] = findEscalations(smallModel({ one: { owner: shop, rules: policies } }), { exceptions: [], now });
    expect(finding).not.toHaveProperty('expired');
    expect(finding?.owner).toBe(shop);
    expect(finding?.reason).toMatch(/^who writes a policy can grant anything/);
  });
});

describe('a token role', () => {
  const role = (name: string, list: readonly string[]): SmallPrincipal => ({
    rules: {},
    over: { id: `token-role:${name}`, kind: 'token-role', name, policies: list },
  });
  const tokens = (rules: Rules, roles: Readonly<Record<string, SmallPrincipal>>) =>
    findEscalations(smallModel({ shop: { owner: shop, rules }, ...roles }), { exceptions: [], now });

  it('is reached if it allows one policy more than its creator has', () => {
    const roles = { a: role('a', ['shop']), b: role('b', ['ops']), c: role('c', ['shop', 'ops']) };
    const [finding, ...others] = tokens({ 'auth/token/create/c': ['update'] }, roles);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      check: 'token-create-role',
      reason: 'tokens of the role can have policies that their creator does not have',
      witness: { operation: 'update', path: 'auth/token/create/c' },
    });
    expect(tokens({ 'auth/token/create/c': ['create'] }, roles)).toHaveLength(1);
    expect(tokens({ 'auth/token/create/c': ['read', 'delete'] }, roles)).toEqual([]);
    expect(tokens({ 'auth/token/create/a': ['update'] }, roles)).toEqual([]);
  });

  it('that does not exist is not reached', () => {
    expect(tokens({ 'auth/token/create/c': ['update'] }, {})).toEqual([]);
  });
});

test('what holders of the platform reach is not that of default and root, and not that of tenants', () => {
  const model = smallModel({
    default: { rules: policies },
    root: { rules: {} },
    admin: { rules: policies },
    shop: { owner: shop, rules: policies },
  });
  expect(platformAccess({ ...model, principals: model.principals.slice(-1) }, now).map(({ holder }) => holder)).toEqual(
    ['admin'],
  );
});
