import { parsePolicy } from '../../../access/policy/parse-policy';
import type { AccessModel } from '../../../access/principals/access-model';
import { accessReport } from '../../../access/report/access-report';
import { csvCell, csvReport } from '../../../access/report/csv';
import { explainAccess } from '../../../access/report/explain';
import { jsonReport } from '../../../access/report/json';

const texts = {
  default: 'path "auth/token/lookup-self" {\n  capabilities = ["read"]\n}',
  ledger:
    'path "kv/data/ledger/*" {\n  capabilities = ["read"]\n}\npath "kv/data/+/secret" {\n  capabilities = ["deny"]\n}\npath "kv/metadata/ledger/*" {\n  capabilities = ["list"]\n}\npath "kv/data/ledger/locked" {\n  capabilities = ["deny"]\n}',
};
const owner = { team: 'payments', tenant: 'ledger', environment: 'devel' };
const model: AccessModel = {
  server: 'openbao-2.7',
  cluster: 'nonprod',
  policies: new Map(
    Object.entries(texts).map(([name, text]) => [name, { policy: parsePolicy(name, text, 'openbao-2.7'), text }]),
  ),
  principals: [
    {
      id: 'approle:approle/role/a',
      kind: 'approle',
      mount: 'approle',
      name: 'a',
      policies: ['default', 'gone', 'ledger'],
      owner,
    },
    {
      id: 'approle:approle/role/b',
      kind: 'approle',
      mount: 'approle',
      name: 'b',
      policies: ['default', 'ledger'],
      owner,
    },
  ],
  mounts: [{ path: 'kv/', type: 'kv-v2' }],
};
const [principal] = model.principals;

describe('a report on everything that principals can do', () => {
  const report = accessReport([{ model }], 'the inventory', 0);

  it('has what each principal reaches, and what the policy default grants once', () => {
    expect(
      report.entries.map(({ holder, verbs, what }) => `${holder.name}: ${verbs.join(', ')} ${what}`).sort(),
    ).toEqual([
      'a: list ledger/*',
      'a: read ledger/*',
      'b: list ledger/*',
      'b: read ledger/*',
      'every token with the policy default: read auth/token/lookup-self',
    ]);
  });

  it('is a documented shape in JSON', () => {
    expect(jsonReport(report)).toMatchObject({
      format: 1,
      kind: 'access',
      after: 'the inventory',
      widened: false,
      principals: 2,
    });
  });

  it('is one row for each operation in CSV', () => {
    const [header, ...rows] = csvReport(report).split('\r\n');
    expect(header).toContain(
      'cluster,team,tenant,environment,method,mount,role,change,operation,pattern,except,conditions',
    );
    expect(rows).toContain(
      'nonprod,payments,ledger,devel,approle,approle,a,held,read,kv/data/ledger/*,kv/data/ledger/locked,,kv/data/ledger/x,medium,ledger,1,',
    );
    expect(rows.at(-1)).toBe('');
  });
});

describe('a value in CSV', () => {
  it.each([
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['a"b', '"a""b"'],
    ['a\nb', '"a\nb"'],
    ['=HYPERLINK("x")', '"\'=HYPERLINK(""x"")"'],
    ['+/data/*', "'+/data/*"],
    ['-1', "'-1"],
    ['@SUM', "'@SUM"],
    ['\tx', "'\tx"],
  ])('%j is written as %j', (value, written) => {
    expect(csvCell(value)).toBe(written);
  });
});

describe('an explanation', () => {
  const explain = (operation: 'read' | 'update', path: string): ReturnType<typeof explainAccess> => {
    if (principal === undefined) throw new Error('no principal');
    return explainAccess({ model }, principal, operation, path, 0);
  };

  it('shows the stanza that decides, and why the others lose', () => {
    const { decision, deciding, losing, needed, missingPolicies } = explain('read', 'kv/data/ledger/secret');
    expect(decision.allowed).toBe(true);
    expect(deciding.map(({ path, text }) => [path, text.split('\n').length])).toEqual([['kv/data/ledger/*', 3]]);
    expect(losing.map(({ stanza, because }) => [stanza.path, because])).toEqual([
      ['kv/data/+/secret', 'its first wildcard comes earlier'],
    ]);
    expect(needed).toEqual([]);
    expect(missingPolicies).toEqual(['gone']);
  });

  it('shows a stanza that would allow it', () => {
    expect(explain('update', 'kv/data/ledger/x').needed).toEqual([
      'a stanza in one of its policies:\npath "kv/data/ledger/x" {\n  capabilities = ["update"]\n}',
    ]);
  });

  it('adds sudo where the path needs it', () => {
    expect(explain('read', 'sys/raw/x').needed.join()).toContain('capabilities = ["read", "sudo"]');
  });

  it('does not propose a stanza that cannot win over an exact deny', () => {
    expect(explain('read', 'kv/data/ledger/locked').needed.join()).toMatch(/^a change of the stanza that decides/);
  });
});
