import { diffReport } from '../../../access/report/diff-report';
import type { Entry } from '../../../access/report/entry';
import { exampleComparison, pathClass, placedPolicy, principalChange } from '../../support/access/example-comparison';

const names = { before: 'main', after: 'the inventory' };
const owner = { team: 'payments', tenant: 'ledger', environment: 'devel' };
const id = 'approle:approle/role/ledger';
const mounts = [
  { path: 'v1/devel/kv/', type: 'kv-v2' },
  { path: 'v1/devel/transit/', type: 'transit' },
];

/** Entries of one principal that gains and loses sets of a policy. */
function entriesOf(
  stanzas: Parameters<typeof placedPolicy>[1],
  sets: (policy: ReturnType<typeof placedPolicy>) => Parameters<typeof principalChange>[1],
  others: readonly ReturnType<typeof placedPolicy>[] = [],
): readonly Entry[] {
  const policy = placedPolicy('ledger-rw', stanzas, { owner, source: { file: 'ledger.yaml', line: 7 } });
  const model = {
    server: 'openbao-2.7' as const,
    policies: new Map([policy, ...others].map((each) => [each.policy.name, each])),
    principals: [{ id, kind: 'approle' as const, mount: 'approle', name: 'ledger', policies: ['ledger-rw'], owner }],
    mounts,
  };
  return diffReport([{ before: { model }, after: { model }, changes: [principalChange(id, sets(policy))] }], names)
    .entries;
}

describe('a report on a difference', () => {
  it('says the paths of a key-value engine as one document with verbs', () => {
    const [entry, ...others] = entriesOf(
      { 'v1/devel/kv/data/ledger/*': ['read'], 'v1/devel/kv/metadata/ledger/*': ['list', 'delete'] },
      (policy) => ({
        read: { gained: [pathClass('v1/devel/kv/data/ledger/*', policy)] },
        create: { gained: [pathClass('v1/devel/kv/data/ledger/*', policy)] },
        update: { gained: [pathClass('v1/devel/kv/data/ledger/*', policy)] },
        list: { gained: [pathClass('v1/devel/kv/metadata/ledger/*', policy)] },
        delete: { gained: [pathClass('v1/devel/kv/metadata/ledger/*', policy)] },
      }),
    );
    expect(others).toEqual([]);
    expect(entry).toMatchObject({
      verbs: ['read', 'list', 'write', 'delete all versions of'],
      what: 'ledger/*',
      where: 'v1/devel/kv',
      area: 'v1/devel/kv',
    });
    expect(entry?.grants.map(({ operation }) => operation)).toEqual(['read', 'list', 'create', 'update', 'delete']);
  });

  it('keeps sets with other exceptions apart, and shortens exceptions like the pattern', () => {
    const entries = entriesOf({ 'v1/devel/kv/data/ledger/*': ['read'] }, (policy) => ({
      read: {
        gained: [pathClass('v1/devel/kv/data/ledger/*', policy, { except: ['v1/devel/kv/data/ledger/private'] })],
      },
      update: { gained: [pathClass('v1/devel/kv/data/ledger/*', policy)] },
    }));
    expect(entries.map(({ verbs, except }) => [verbs, except])).toEqual([
      [['update'], []],
      [['read'], ['ledger/private']],
    ]);
  });

  it('does not translate a pattern that is about several kinds of paths', () => {
    const [entry] = entriesOf({ 'v1/devel/kv/*': ['read'] }, (policy) => ({
      read: { gained: [pathClass('v1/devel/kv/*', policy)] },
    }));
    expect(entry).toMatchObject({ verbs: ['read'], what: '*', where: 'v1/devel/kv' });
  });

  it('shows the stanza with its text, its line and the place in the inventory', () => {
    const [entry] = entriesOf({ 'sys/x': ['read'], 'v1/devel/kv/data/ledger/a': ['read'] }, (policy) => ({
      read: { gained: [pathClass('v1/devel/kv/data/ledger/a', policy)] },
    }));
    expect(entry?.grants[0]?.stanza).toEqual({
      policy: 'ledger-rw',
      path: 'v1/devel/kv/data/ledger/a',
      line: 5,
      text: 'path "v1/devel/kv/data/ledger/a" {\n  capabilities = ["read"]\n}',
      source: { file: 'ledger.yaml', line: 7 },
    });
  });

  it('reports the most dangerous first, and what is lost last', () => {
    const report = diffReport([exampleComparison(2, 2, ['devel', 'prod'])], names);
    const order = report.entries.map(({ direction, danger }) => `${direction} ${danger.level}`);
    expect(order.slice(0, 3)).toEqual(['gained critical', 'gained critical', 'gained high']);
    expect(order.at(-1)).toBe('lost low');
    expect(report.principals).toBe(8);
  });
});

describe('the danger of an access', () => {
  const rated = (
    path: string,
    operation: 'read' | 'update' | 'delete' | 'list',
    except: readonly string[] = [],
  ): readonly string[] =>
    (
      entriesOf(
        { [path]: ['read'] },
        (policy) => ({ [operation]: { gained: [pathClass(path, policy, { except })] } }),
        [
          placedPolicy(
            'search-ro',
            { 'v1/devel/kv/data/search/*': ['read'] },
            { owner: { team: 'storefront', tenant: 'search', environment: 'devel' } },
          ),
          placedPolicy(
            'ledger-prod',
            { 'v1/prod/kv/data/ledger/*': ['read'] },
            { owner: { ...owner, environment: 'prod' } },
          ),
        ],
      )[0]?.danger.reasons ?? []
    ).map(({ level, text }) => `${level}: ${text}`);

  it.each([
    ['update', 'sys/policies/acl/x', 'critical: changes policies, and so obtains any access'],
    ['update', 'sys/*', 'critical: changes policies, and so obtains any access'],
    ['delete', 'auth/approle/role/x', 'critical: changes logins, and so who gets which policies'],
    ['update', 'auth/devel/approle/role/x', 'critical: changes logins, and so who gets which policies'],
    ['update', 'identity/group/name/x', 'critical: changes entities or groups, and so who gets which policies'],
    ['update', 'auth/token/create/x', 'high: creates tokens, which outlive the login or have policies of a role'],
    ['read', '*', 'critical: every path of the server'],
    ['read', 'v1/devel/transit/export/signing-key/x', 'critical: takes keys out of the server'],
    ['read', 'v1/devel/kv/data/search/x', 'critical: data of another tenant: storefront/search'],
    ['read', 'v1/devel/kv/data/+/x', 'critical: data of another tenant: storefront/search'],
    ['read', 'v1/+/kv/data/ledger/x', 'high: data of another environment: prod'],
    ['delete', 'v1/devel/kv/metadata/ledger/x', 'high: deletes all versions, which cannot be restored'],
    ['update', 'v1/devel/kv/data/ledger/x', 'medium: writes'],
    ['read', 'v1/devel/kv/data/ledger/*', 'medium: a wildcard: also what is created later'],
  ] as const)('%s %s is %s', (operation, path, reason) => {
    expect(rated(path, operation)).toContain(reason);
  });

  it('has no reason for a document of the principal', () => {
    expect(rated('v1/devel/kv/data/ledger/x', 'read')).toEqual([]);
  });

  it('leaves out what an exception takes away', () => {
    expect(rated('sys/*', 'update', ['sys/policies/*', 'sys/policy/*']).join()).not.toContain('changes policies');
  });
});
