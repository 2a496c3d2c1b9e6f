import fc from 'fast-check';

import { Acl } from '../../../access/decide/acl';
import type { AccessModel } from '../../../access/principals/access-model';
import { findCrossings, type Sharing } from '../../../access/proof/isolation';
import { documentFolders, type OwnThing } from '../../../access/proof/own-data';
import { isSameOwner, ownerName } from '../../../access/proof/owner';
import type { Server } from '../../../access/servers';
import { caseCount, seed } from '../../support/soak';
import { everyOperation, now, owner, smallModel, type Rules, type SmallPrincipal } from './small-model';

const [ledger, app, shop] = [owner('ledger'), owner('ledger-app'), owner('shop')];
const key = (mine = ledger): OwnThing => ({
  owner: mine,
  kind: 'transit-key',
  mount: 'v1/devel/transit',
  name: `${mine.tenant}-card`,
});

interface Options {
  readonly sharing?: readonly Sharing[];
  readonly things?: readonly OwnThing[];
  readonly others?: Readonly<Record<string, SmallPrincipal>>;
}

/** What `shop` reaches of others with these rules. */
function reached(rules: Rules, { sharing = [], things = [], others = {} }: Options = {}) {
  const model = smallModel({ shop: { owner: shop, rules }, ...others });
  const folders = documentFolders([ledger, app, shop], model.mounts);
  return findCrossings(model, { things: [...folders, ...things], sharing, now });
}

const texts = (...parameters: Parameters<typeof reached>): string[] =>
  reached(...parameters).map(({ witness, data }) => `${witness.operation} ${witness.path}: ${ownerName(data.owner)}`);

describe('isolation', () => {
  it('holds for a tenant that reaches its own data only', () => {
    expect(
      texts({
        'v1/devel/kv/data/shop/*': ['read', 'create', 'update'],
        'v1/devel/kv/metadata/shop/*': ['list', 'delete'],
        'sys/health': ['read'],
      }),
    ).toEqual([]);
  });

  it.each<[string, Rules, string]>([
    [
      'a document of another one',
      { 'v1/devel/kv/data/ledger/configs': ['read'] },
      'read v1/devel/kv/data/ledger/configs: team-ledger/ledger in devel',
    ],
    [
      'all documents',
      { 'v1/devel/kv/data/*': ['update'] },
      'update v1/devel/kv/data/ledger: team-ledger/ledger in devel',
    ],
    [
      'a `+` for the tenant',
      { 'v1/devel/kv/data/+/configs': ['read'] },
      'read v1/devel/kv/data/ledger/configs: team-ledger/ledger in devel',
    ],
    [
      'a `+` for the engine',
      { 'v1/devel/+/data/ledger/configs': ['read'] },
      'read v1/devel/kv/data/ledger/configs: team-ledger/ledger in devel',
    ],
    [
      'a `+` at the beginning',
      { '+/+/+/destroy/ledger/x': ['update'] },
      'update v1/devel/kv/destroy/ledger/x: team-ledger/ledger in devel',
    ],
    ['everything', { '*': ['delete'] }, 'delete v1/devel/kv/data/ledger: team-ledger/ledger in devel'],
    [
      'metadata without its slash',
      { 'v1/devel/kv/metadata/ledger': ['list'] },
      'list v1/devel/kv/metadata/ledger/: team-ledger/ledger in devel',
    ],
    [
      'a template',
      { 'v1/devel/kv/data/{{identity.entity.metadata.name}}/x': ['read'] },
      'read v1/devel/kv/data/ledger/x: team-ledger/ledger in devel',
    ],
  ])('fails for %s, with a path that shows it', (_, rules, expected) => {
    expect(texts(rules)).toEqual([expected]);
  });

  it('fails for a prefix that is meant for one tenant and begins the name of another', () => {
    const others = { ledger: { owner: ledger, rules: { 'v1/devel/kv/data/ledger*': ['read'] } } } as const;
    const [crossing, ...more] = reached({}, { others });
    expect(more).toEqual([]);
    expect(crossing?.owner).toEqual(ledger);
    expect(crossing?.data.owner).toEqual(app);
    expect(crossing?.principals.map(({ id }) => id)).toEqual(['approle:approle/role/ledger-role']);
  });

  it('counts the tenants that one stanza reaches, and reports it once', () => {
    const [crossing, ...more] = reached({ 'v1/devel/kv/data/*': ['read'] });
    expect(more).toEqual([]);
    expect(crossing?.others).toBe(2);
    expect(crossing?.witness.decision.by).toMatchObject({ policy: 'shop', path: 'v1/devel/kv/data/*' });
  });

  it('decides as the server does: a stanza that loses everywhere reaches nothing', () => {
    expect(texts({ 'v1/devel/kv/data/*': ['read'], 'v1/devel/kv/data/ledger*': ['deny'] })).toEqual([]);
    expect(
      texts({
        'v1/devel/kv/data/*': ['read'],
        'v1/devel/kv/+/ledger/*': ['deny'],
        'v1/devel/kv/data/ledger-app*': ['deny'],
      }),
    ).toEqual(['read v1/devel/kv/data/ledger: team-ledger/ledger in devel']);
  });

  it('does not count conditions on parameters as a boundary', () => {
    const model = smallModel({ shop: { owner: shop, rules: { 'v1/devel/kv/data/ledger/x': ['update'] } } });
    const [rule] = model.policies.get('shop')?.policy.stanzas ?? [];
    Object.assign(rule ?? {}, { requiredParameters: ['options'], minWrappingTtlSeconds: 60 });
    const things = documentFolders([ledger, shop], model.mounts);
    expect(findCrossings(model, { things, sharing: [], now })).toHaveLength(1);
  });

  it('knows nothing of a path after a template whose values can have slashes', () => {
    const model = smallModel({ shop: { owner: shop, rules: { 'v1/devel/{{identity.entity.name}}/x': ['read'] } } });
    const things = documentFolders([ledger, shop], model.mounts);
    expect(findCrossings(model, { things, sharing: [], now })).toEqual([]);
    Object.assign(model.policies.get('shop')?.policy ?? {}, { templateValues: { slashes: true, wildcards: false } });
    expect(findCrossings(model, { things, sharing: [], now })).toHaveLength(1);
  });

  it('uses what is known of an identity in templates', () => {
    const entity = { id: '1', name: 'shop', metadata: { name: 'shop' }, aliases: {} };
    const rules: Rules = { 'v1/devel/kv/data/{{identity.entity.metadata.name}}/x': ['read'] };
    const model = smallModel({ shop: { owner: shop, rules, over: { identity: { entity } } } });
    expect(findCrossings(model, { things: documentFolders([ledger, shop], model.mounts), sharing: [], now })).toEqual(
      [],
    );
  });

  it.each([
    'encrypt/ledger-card',
    'keys/ledger-card/rotate',
    'export/+/ledger-card/1',
    'datakey/plaintext/ledger-card',
    '+/ledger-card',
  ])('fails for %s of the key of another tenant', (path) => {
    const rules: Rules = { [`v1/devel/transit/${path}`]: ['update'] };
    expect(reached(rules, { things: [key()] }).map(({ data }) => data.kind)).toEqual(['transit-key']);
    expect(reached(rules, { things: [key(shop)] })).toEqual([]);
  });

  it('fails for the same tenant in another environment, also where the tenant is not', () => {
    const mounts = [
      { path: 'v1/ci/kv/', type: 'kv-v2' },
      { path: 'v1/devel/kv/', type: 'kv-v2' },
    ];
    const model = smallModel({ shop: { owner: shop, rules: { 'v1/ci/kv/data/shop/tests/*': ['read'] } } }, { mounts });
    const things = documentFolders([shop], mounts);
    const [crossing] = findCrossings(model, { things, sharing: [], now });
    expect(crossing?.data.owner).toEqual(owner('shop', 'ci'));
    const declared = {
      owner: owner('shop', 'ci'),
      with: shop,
      allowed: [{ path: 'v1/ci/kv/data/shop/tests/*', operations: ['read'] }],
      reason: 'Tests',
    } as const;
    expect(findCrossings(model, { things, sharing: [declared], now })).toEqual([]);
  });

  it('fails for the policy root', () => {
    const model = smallModel({
      root: { rules: {} },
      ledger: { owner: ledger, rules: {}, over: { policies: ['root'] } },
    });
    expect(
      findCrossings(model, { things: documentFolders([ledger, shop], model.mounts), sharing: [], now }),
    ).toHaveLength(1);
  });
});

describe('sharing', () => {
  const rules: Rules = { 'v1/devel/kv/data/ledger/prices/*': ['read'] };
  const declared = (over: Partial<Sharing> = {}): Sharing => ({
    owner: ledger,
    with: shop,
    allowed: [{ path: 'v1/devel/kv/data/ledger/prices/*', operations: ['read'] }],
    reason: 'Prices are shown',
    until: '2027-03-01',
    ...over,
  });

  it('allows what is declared', () => {
    expect(texts(rules, { sharing: [declared()] })).toEqual([]);
  });

  it.each<[string, Partial<Sharing>]>([
    ['another tenant', { with: app }],
    ['data of another tenant', { owner: app }],
    ['a narrower path', { allowed: [{ path: 'v1/devel/kv/data/ledger/prices/de', operations: ['read'] }] }],
    ['another operation', { allowed: [{ path: 'v1/devel/kv/data/ledger/prices/*', operations: ['list'] }] }],
  ])('does not count for %s', (_, over) => {
    const [crossing, ...more] = reached(rules, { sharing: [declared(over)] });
    expect(more).toEqual([]);
    expect(crossing?.witness.path).toMatch(/^v1\/devel\/kv\/data\/ledger\/prices\//);
    expect(crossing?.expired).toBeUndefined();
  });

  it('does not count from its last day on, and is named', () => {
    const [crossing] = reached(rules, { sharing: [declared({ until: '2026-12-01' })] });
    expect(crossing?.expired?.until).toBe('2026-12-01');
    expect(reached(rules, { sharing: [declared({ until: '2026-12-02' })] })).toEqual([]);
  });
});

describe('by brute force', () => {
  const tenants = ['a', 'ab', 'b'].map((name) => owner(name));
  const names = ['a', 'ab', 'b', 'c'];
  /** Every path of up to three segments of a small alphabet below each folder, with and without a final slash. */
  const below = (base: string, depth: number): string[] => [
    base,
    `${base}/`,
    ...(depth === 0 ? [] : ['a', 'b', 'ab', 'c'].flatMap((next) => below(`${base}/${next}`, depth - 1))),
  ];
  // The patterns below name no other endpoint, so one more stands for all others.
  const paths = ['data', 'metadata', 'subkeys'].flatMap((endpoint) =>
    names.flatMap((name) => below(`v1/devel/kv/${endpoint}/${name}`, 3)),
  );
  const segment = fc.constantFrom('a', 'b', 'ab', '+');
  const path = fc
    .tuple(
      fc.constantFrom('data', 'metadata', '+'),
      fc.array(segment, { maxLength: 3 }),
      fc.constantFrom('', '*', '/*', '/'),
    )
    .map(([endpoint, rest, end]) => `v1/devel/kv/${[endpoint, ...rest].join('/')}${end}`)
    .filter((text) => !text.endsWith('+*'));
  const capability = fc.constantFrom('read', 'list', 'update', 'deny', 'read' as const);
  const rules = fc.dictionary(
    path,
    capability.map((each) => [each]),
    { minKeys: 1, maxKeys: 5 },
  );
  const servers = fc.constantFrom<Server>('vault-1.21', 'vault-2', 'openbao-2.7');

  const nameIn = (asked: string): string => asked.split('/')[4] ?? '';

  /** Tenants that reach another one, by asking about every path. */
  function bruteForce(model: AccessModel, allowed: readonly string[]): string[] {
    return model.principals.flatMap((principal) => {
      const policies = principal.policies.flatMap((name) => model.policies.get(name)?.policy ?? []);
      const acl = Acl.compile(policies, { server: model.server, now });
      const crosses = paths.some((asked) => {
        const data = tenants.find(({ tenant }) => tenant === nameIn(asked));
        if (data === undefined || principal.owner === undefined || isSameOwner(data, principal.owner)) return false;
        return everyOperation.some((operation) => {
          const full = operation === 'list' || operation === 'scan' ? `${asked.replace(/\/$/, '')}/` : asked;
          return acl.allows({ operation, path: full }) && !allowed.includes(`${operation} ${full}`);
        });
      });
      return crosses ? [principal.id] : [];
    });
  }

  it('reports exactly the principals that reach another tenant', () => {
    fc.assert(
      fc.property(
        fc.array(rules, { minLength: 3, maxLength: 3 }),
        servers,
        ([first = {}, second = {}, third = {}], server) => {
          const model = smallModel(
            Object.fromEntries(
              [first, second, third].map((each, index) => [`p${index}`, { owner: tenants[index]!, rules: each }]),
            ),
            { server },
          );
          const things = documentFolders(tenants, model.mounts).filter(({ kind }) => kind === 'documents');
          const found = findCrossings(model, { things, sharing: [], now }).flatMap(({ principals }) =>
            principals.map(({ id }) => id),
          );
          expect([...new Set(found)].sort()).toEqual(bruteForce(model, []).sort());
        },
      ),
      { numRuns: caseCount({ usual: 150, inSoak: 10_000 }), seed },
    );
  });
});
