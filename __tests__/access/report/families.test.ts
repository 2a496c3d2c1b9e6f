import type { Entry } from '../../../access/report/entry';
import { families, generalise } from '../../../access/report/families';
import { exampleEntry, exampleGrant, exampleHolder, owner } from './example-entry';

describe('names of an owner in a path', () => {
  it.each([
    ['v1/devel/kv/data/ledger/x', 'v1/<environment>/kv/data/<tenant>/x'],
    ['transit/encrypt/ledger-data', 'transit/encrypt/<tenant>-data'],
    ['ledgers/my-ledger/develop', 'ledgers/my-ledger/develop'],
    ['payments/devel-x', 'payments/devel-x'],
  ])('are replaced in %s: %s', (path, general) => {
    expect(generalise(path, owner)).toBe(general);
    expect(generalise(path, undefined)).toBe(path);
  });
});

describe('entries alike', () => {
  /** An entry of a tenant that reads its own document. */
  const of = (tenant: string, more: Partial<Entry> = {}): Entry =>
    exampleEntry(
      {
        holder: exampleHolder({ id: tenant, name: tenant, owner: { ...owner, tenant } }),
        what: `${tenant}/doc`,
        where: 'v1/devel/kv',
        within: [`${tenant}/+`],
        except: [`${tenant}/private`],
        ...more,
      },
      { level: 'medium', text: `data of x/${tenant}` },
    );

  it('are one family, in the order of the first of each', () => {
    const entries = [of('a', { what: 'other/doc' }), of('a'), of('b'), of('c')];
    expect(families(entries).map((family) => [family.example, family.entries])).toEqual([
      [entries[0], [entries[0]]],
      [entries[1], entries.slice(1)],
    ]);
    expect(families([])).toEqual([]);
  });

  const holder = exampleHolder({ owner: { ...owner, tenant: 'b' } });
  it.each([
    ['direction', { direction: 'lost' }],
    ['danger', { danger: { level: 'high', reasons: of('b').danger.reasons } }],
    ['reasons', { danger: { level: 'medium', reasons: [{ level: 'medium', text: 'writes' }] } }],
    ['kind of principal', { holder: { ...holder, kind: 'jwt' } }],
    ['presence', { holder: { ...holder, presence: 'added' } }],
    ['verbs', { verbs: ['list'] }],
    ['engine', { where: 'v1/devel/other' }],
    ['thing', { what: 'b/other' }],
    ['narrowness', { isNarrower: true }],
    ['further patterns', { within: [] }],
    ['exceptions', { except: [] }],
    ['conditions', { grants: [exampleGrant({ conditions: ['wrapped'] })] }],
    ['conditions before', { grants: [exampleGrant({ conditionsBefore: ['wrapped'] })] }],
  ] as const)('do not differ in their %s', (_, difference) => {
    expect(families([of('a'), of('b', difference)])).toHaveLength(2);
  });
});
