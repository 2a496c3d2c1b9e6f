import { count } from '../../../access/report/count';
import { csvCell, csvReport } from '../../../access/report/csv';
import { jsonReport } from '../../../access/report/json';
import { holderInWords, placeOf, stanzaPlace, thingOf } from '../../../access/report/say';
import { sortEntries } from '../../../access/report/sort-entries';
import { exampleEntry, exampleGrant, exampleHolder, exampleReport, owner, without } from './example-entry';

const header =
  'cluster,team,tenant,environment,method,mount,role,change,operation,pattern,except,conditions,example,danger,policy,line,declared in\r\n';

describe('a report in CSV', () => {
  it('is one row for each operation', () => {
    const unplaced = without(exampleGrant().stanza, 'source');
    const entry = exampleEntry(
      {
        holder: exampleHolder({ cluster: 'prod' }),
        grants: [
          exampleGrant(),
          exampleGrant({
            ...{ operation: 'list', include: 'kv/*', within: ['+/a', '+/+/b'], except: ['kv/a', 'kv/b'] },
            ...{ conditions: ['wrapped', 'requires "x"'], witness: 'kv/c', stanza: unplaced },
          }),
        ],
      },
      { level: 'high', text: 'x' },
    );
    expect(csvReport(exampleReport([entry]))).toBe(
      `${header}prod,payments,ledger,devel,approle,approle,ledger,gained,read,kv/data/ledger/a,,,kv/data/ledger/a,high,ledger-ro,3,ledger.yaml:7\r\n` +
        `prod,payments,ledger,devel,approle,approle,ledger,gained,list,kv/* and +/a and +/+/b,kv/a kv/b,"wrapped; requires ""x""",kv/c,high,ledger-ro,3,\r\n`,
    );
  });

  it('has empty cells for what is not known', () => {
    const holder = { id: 'cert:x', kind: 'cert', mount: 'cert', name: 'ops', presence: 'both' } as const;
    expect(csvReport(exampleReport([exampleEntry({ holder })]))).toContain('\r\n,,,,cert,cert,ops,gained,read,');
    expect(csvReport(exampleReport([]))).toBe(header);
  });

  it.each([
    ['a=b', 'a=b'],
    ['a\rb', '"a\rb"'],
    ['\rx', '"\'\rx"'],
    ['\nx', '"\'\nx"'],
    [undefined, ''],
  ])('%j is written as %j', (value, written) => {
    expect(csvCell(value)).toBe(written);
  });
});

describe('a report in JSON', () => {
  it('has everything', () => {
    const holder = exampleHolder({ cluster: 'prod', source: { file: 'ledger.yaml' } });
    const entry = exampleEntry({ holder, within: ['+/a'], except: ['b'] }, { level: 'high', text: 'x' });
    const platform = { id: 'cert:x', kind: 'cert', mount: 'cert', name: 'ops', presence: 'added' } as const;
    const whole = without(
      exampleEntry({
        holder: platform,
        direction: 'changed',
        isNarrower: true,
        grants: [],
      }),
      'where',
    );
    expect(jsonReport(exampleReport([entry, whole], { gaps: ['y is unknown'] }))).toEqual({
      format: 1,
      kind: 'diff',
      before: 'main',
      after: 'the inventory',
      widened: true,
      summary:
        '1 principal gains access. 1 high, 1 low. 3 principals compared on all paths and operations. 1 thing is not part of the comparison.',
      gaps: ['y is unknown'],
      principals: 3,
      counts: { gained: 1, changed: 1, lost: 0, held: 0, critical: 0, high: 1, medium: 0, low: 1 },
      entries: [
        {
          direction: 'gained',
          danger: 'high',
          reasons: ['x'],
          principal: {
            ...{ id: holder.id, kind: 'approle', mount: 'approle', role: 'ledger', cluster: 'prod', ...owner },
            ...{ presence: 'both', source: { file: 'ledger.yaml' } },
          },
          ...{ verbs: ['read'], what: 'ledger/a', where: 'kv', within: ['+/a'], except: ['b'], isNarrower: false },
          grants: [exampleGrant()],
        },
        {
          direction: 'changed',
          danger: 'low',
          reasons: [],
          principal: { id: 'cert:x', kind: 'cert', mount: 'cert', role: 'ops', presence: 'added' },
          ...{ verbs: ['read'], what: 'ledger/a', within: [], except: [], isNarrower: true, grants: [] },
        },
      ],
    });
  });

  it('has no keys for what is not known, and no space after a verdict alone', () => {
    const report = without(exampleReport([], { kind: 'access', principals: 0 }), 'before');
    const json = jsonReport(report);
    expect(json.summary).toBe('0 principals, 0 permissions.');
    expect(json).not.toHaveProperty('before');
    const [entry] = jsonReport(exampleReport([exampleEntry()])).entries;
    expect(entry?.principal).not.toHaveProperty('cluster');
    expect(entry?.principal).not.toHaveProperty('source');
    const whole = without(exampleEntry(), 'where');
    expect(jsonReport(exampleReport([whole])).entries[0]).not.toHaveProperty('where');
  });
});

describe('words', () => {
  it('for a principal are its tenant, or its cluster', () => {
    expect(holderInWords(exampleHolder())).toEqual({ owner: 'payments/ledger devel', role: 'approle ledger' });
    const platform = { id: 'x', kind: 'cert', mount: 'cert', name: 'ops', presence: 'both' } as const;
    expect(holderInWords({ ...platform, cluster: 'prod' })).toEqual({ owner: 'prod', role: 'cert ops' });
    expect(holderInWords(platform).owner).toBe('');
  });

  it('for things and places leave out what is not known', () => {
    const whole = without(exampleEntry(), 'where');
    expect([thingOf(exampleEntry()), thingOf(whole)]).toEqual(['ledger/a in kv', 'ledger/a']);
    expect(stanzaPlace(exampleGrant().stanza)).toBe('ledger-ro:3');
    expect(
      [{ file: 'a.yaml', line: 3, address: 'x' }, { file: 'a.yaml' }, { address: 'x.y' }, {}, undefined].map(placeOf),
    ).toEqual(['a.yaml:3', 'a.yaml', 'x.y', undefined, undefined]);
  });

  it('for numbers', () => {
    expect([count(0, 'path'), count(1, 'path'), count(1234, 'path'), count(2, 'access', 'accesses')]).toEqual([
      '0 paths',
      '1 path',
      '1,234 paths',
      '2 accesses',
    ]);
  });
});

it('entries are sorted by direction, then danger, then owner, cluster, principal and path', () => {
  const whole = without(exampleEntry({ what: 'a' }), 'where');
  const reason = (level: 'critical' | 'high' | 'medium') => ({ level, text: level });
  const sorted = [
    exampleEntry({}, reason('critical'), reason('high')),
    exampleEntry({}, reason('critical'), reason('medium'), reason('medium')),
    exampleEntry({}, reason('critical'), reason('medium')),
    exampleEntry({}, reason('high'), reason('high')),
    exampleEntry({}, reason('high')),
    exampleEntry({ holder: exampleHolder({ owner: { ...owner, team: 'a', tenant: 'z' } }) }),
    exampleEntry({ holder: exampleHolder({ owner: { ...owner, tenant: 'a', environment: 'z' } }) }),
    exampleEntry({ holder: exampleHolder({ owner: { ...owner, environment: 'a' }, cluster: 'z' }) }),
    whole,
    exampleEntry({ what: 'z', where: 'a' }),
    exampleEntry({ what: 'a' }),
    exampleEntry({ what: 'b' }),
    exampleEntry({ holder: exampleHolder({ id: 'b' }) }),
    exampleEntry({ holder: exampleHolder({ cluster: 'b', id: 'a' }) }),
    exampleEntry({ direction: 'held' }),
    exampleEntry({ direction: 'changed' }, reason('critical')),
    exampleEntry({ direction: 'lost' }),
  ];
  expect(sortEntries(sorted.toReversed())).toEqual(sorted);
  expect(sortEntries(sorted)).toEqual(sorted);
  const equal = ['x', 'y', 'z'].map((area) => exampleEntry({ area }));
  expect(sortEntries(equal)).toEqual(equal);
  expect(sortEntries(equal.toReversed())).toEqual(equal.toReversed());
});
