import { isProduction, rateDanger } from '../../../access/report/danger';
import { compareDanger, dangerOf, type DangerLevel } from '../../../access/report/danger-level';
import type { Direction, Grant, Holder } from '../../../access/report/entry';
import { OwnData } from '../../../access/report/own-data';
import { placedPolicy } from '../../support/access/example-comparison';
import { exampleGrant, exampleHolder, owner, without } from './example-entry';

const owners = [
  ...['a', 'b', 'c', 'd'].map((tenant) => ({ ...owner, tenant })),
  ...['int', 'prod'].map((environment) => ({ ...owner, environment })),
];
const ownData = new OwnData([
  {
    server: 'vault-2',
    policies: new Map(
      owners.map((each) => {
        const name = `${each.tenant}-${each.environment}`;
        return [name, placedPolicy(name, { [`kv/${each.tenant}/${each.environment}`]: ['read'] }, { owner: each })];
      }),
    ),
    principals: [],
    mounts: [],
  },
]);

function rated(
  grants: readonly Partial<Grant>[],
  holder: Holder = exampleHolder(),
  direction: Direction = 'gained',
): readonly string[] {
  const all = grants.map(exampleGrant);
  const { reasons } = rateDanger({ holder, direction, grants: all, mount: undefined, ownData });
  return reasons.map(({ level, text }) => `${level}: ${text}`);
}

describe('the danger of an access', () => {
  const wildcard = 'medium: a wildcard: also what is created later';

  it.each([
    ['read', 'x/y', []],
    ['list', 'x/y/', []],
    ['create', 'x/y', ['medium: writes']],
    ['update', 'x/y', ['medium: writes']],
    ['patch', 'x/y', ['medium: writes']],
    ['delete', 'x/y', ['medium: deletes']],
    ['read', 'x/*', [wildcard]],
    ['read', 'x/+', [wildcard]],
    ['read', 'x/+/y', [wildcard]],
    ['read', '+/y', [wildcard]],
    ['read', 'x/+y', []],
    ['read', 'x/y+/z', []],
    ['read', 'x*/y', []],
    ['read', '+/y/z', [wildcard]],
  ] as const)('of %s %s is %j', (operation, include, reasons) => {
    expect(rated([{ operation, include }])).toEqual(reasons);
  });

  it('is critical for every path of the server', () => {
    for (const include of ['*', '+/*']) {
      const reasons = rated([{ include }], { ...exampleHolder(), owner: { ...owner, team: 'x' } });
      expect(reasons.filter((reason) => reason.includes('every path'))).toEqual(['critical: every path of the server']);
    }
    expect(rated([{ include: 'x/*' }])).toEqual([wildcard]);
  });

  it('is said once for several grants, the worst first', () => {
    const grants = [{ operation: 'update' }, { operation: 'create' }, { include: 'sys/raw/x' }] as const;
    expect(rated(grants)).toEqual(['critical: operates the server itself', 'medium: writes']);
  });

  it('counts exceptions', () => {
    expect(rated([{ include: 'sys/raw*', except: ['sys/raw*'] }])).toEqual([wildcard]);
  });

  it('is none if the access is lost', () => {
    expect(rated([{ include: '*' }], exampleHolder(), 'lost')).toEqual([]);
  });

  it.each([
    ['kv/a/devel', ['critical: data of another tenant: payments/a']],
    ['kv/ledger/int', ['high: data of another environment: int']],
    ['kv/ledger/devel', []],
    ['kv/ledger/+', ['high: data of another environment: int, prod', wildcard]],
    ['kv/+/devel', ['critical: data of another tenant: payments/a, payments/b, payments/c, …', wildcard]],
  ])('of data in %s is %j', (include, reasons) => {
    expect(rated([{ include }])).toEqual(reasons);
  });

  it('has up to three names, and each once', () => {
    const three = [{ include: 'kv/a/devel' }, { include: 'kv/b/devel' }, { include: 'kv/c/devel' }];
    const names = 'payments/a, payments/b, payments/c';
    expect(rated([...three, ...three])).toEqual([`critical: data of another tenant: ${names}`]);
  });

  it('is higher in production', () => {
    const prod = { ...owner, environment: 'prod' };
    expect(rated([{}], exampleHolder({ owner: prod }))).toEqual(['medium: production (prod)']);
    const platform = without(exampleHolder(), 'owner');
    expect(rated([{ include: 'kv/a/devel' }], platform)).toEqual([]);
  });

  it.each([
    ...['prod', 'production', 'live', 'eu-prod', 'prod_2', 'eu_live-1'].map((name) => [name, true] as const),
    ...['devel', 'product', 'nonprod', 'alive', 'lively', 'prod2'].map((name) => [name, false] as const),
  ])('is that of production in %s: %j', (environment, is) => {
    expect(isProduction(environment)).toBe(is);
  });
});

describe('dangers', () => {
  const of = (...levels: readonly DangerLevel[]) => dangerOf(levels.map((level) => ({ level, text: level })));

  it('have the worst level, and the worst reason first', () => {
    expect(of()).toEqual({ level: 'low', reasons: [] });
    expect(of('low', 'medium', 'critical', 'high').reasons.map(({ level }) => level)).toEqual([
      'critical',
      'high',
      'medium',
      'low',
    ]);
    expect([of('medium', 'high').level, of('low').level, of('critical').level]).toEqual(['high', 'low', 'critical']);
  });

  it('are compared by the number of their worst reasons, then of the others', () => {
    const sorted = [
      of('critical', 'critical'),
      of('critical', 'high'),
      of('critical', 'medium', 'medium', 'medium'),
      of('critical'),
      of('high', 'high'),
      of('medium'),
      of('low'),
      of(),
    ];
    expect(sorted.toReversed().sort(compareDanger)).toEqual(sorted);
    expect(compareDanger(of('high'), of('high'))).toBe(0);
  });
});
