import { parsePolicy } from '../../../access/policy/parse-policy';
import type { AccessModel, Principal } from '../../../access/principals/access-model';
import { accessReport } from '../../../access/report/access-report';
import { diffReport } from '../../../access/report/diff-report';
import type { Comparison, Places } from '../../../access/report/entry';
import { pathClass, placedPolicy, principalChange } from '../../support/access/example-comparison';

const names = { before: 'main', after: 'the inventory' };
const policy = placedPolicy('p', { 'kv/data/a/*': ['read'], 'auth/x/devel/y': ['read'] });
const principal = (id: string, more: Partial<Principal> = {}): Principal => ({
  ...{ id, kind: 'approle', mount: 'x/devel', name: id, policies: ['p'] },
  ...more,
});
const modelOf = (principals: readonly Principal[], more: Partial<AccessModel> = {}): AccessModel => ({
  server: 'openbao-2.7',
  policies: new Map([['p', policy]]),
  principals,
  mounts: [{ path: 'kv/', type: 'kv-v2' }],
  ...more,
});
const set = pathClass('kv/data/a/*', policy);

describe('entries of a principal', () => {
  const entriesOf = (sets: Parameters<typeof principalChange>[1], more: Partial<Comparison> = {}) => {
    const model = modelOf([principal('a'), principal('e', { mount: 'identity' })]);
    return diffReport([{ before: { model }, after: { model }, changes: [principalChange('a', sets)], ...more }], names)
      .entries;
  };

  it('are one for the same things under the same conditions, with grants in the order of the operations', () => {
    const wrapped = { ...set, conditions: ['wrapped'] };
    const entries = entriesOf({
      delete: { gained: [set] },
      update: { gained: [wrapped, set] },
      read: { gained: [set], lost: [set] },
      list: { gained: [pathClass('kv/data/b', policy)] },
    });
    expect(
      entries.map(({ direction, what, grants }) => [direction, what, grants.map((each) => each.operation)]),
    ).toEqual([
      ['gained', 'a/*', ['read', 'update', 'delete']],
      ['gained', 'a/*', ['update']],
      ['gained', 'data/b', ['list']],
      ['lost', 'a/*', ['read']],
    ]);
  });

  it('have the conditions of before, and say whether they become narrower', () => {
    const narrower = { ...set, before: [], conditions: ['wrapped'], isNarrower: true };
    const wider = { ...set, before: ['wrapped'], isNarrower: false };
    const entries = entriesOf({ read: { conditionsChanged: [narrower] }, update: { conditionsChanged: [wider] } });
    expect(
      entries.map(({ direction, isNarrower, grants }) => [
        direction,
        isNarrower,
        grants.map(({ conditions, conditionsBefore }) => [conditions, conditionsBefore]),
      ]),
    ).toEqual([
      ['changed', false, [[[], ['wrapped']]]],
      ['changed', true, [[['wrapped'], []]]],
    ]);
    expect(entriesOf({ read: { gained: [set] } })[0]?.grants[0]).not.toHaveProperty('conditionsBefore');
  });

  it('shorten further patterns and exceptions', () => {
    const [entry] = entriesOf({ read: { gained: [{ ...set, within: ['kv/data/+/b'], except: ['kv/data/a/b'] }] } });
    expect(entry).toMatchObject({ what: 'a/*', within: ['+/b'], except: ['a/b'], where: 'kv', area: 'kv' });
    expect(entry?.grants[0]).toMatchObject({ within: ['kv/data/+/b'], except: ['kv/data/a/b'] });
  });

  it('belong to the auth method, where somebody logs in by it', () => {
    const [entry] = entriesOf({ read: { gained: [pathClass('auth/x/devel/y', policy)] } });
    expect(entry).toMatchObject({ what: 'y', where: 'auth/x/devel', area: 'auth/x/devel' });
    const [other] = entriesOf({ read: { gained: [pathClass('auth/identity/y', policy)] } });
    expect(other).toMatchObject({ what: 'auth/identity/y', area: 'auth/identity' });
    expect(other).not.toHaveProperty('where');
  });

  it('have the stanza that decides', () => {
    const [first, second] = entriesOf({ read: { gained: [set, pathClass('auth/x/devel/y', policy)] } });
    expect([first, second].map((entry) => entry?.grants[0]?.stanza.path).sort()).toEqual([
      'auth/x/devel/y',
      'kv/data/a/*',
    ]);
  });
});

describe('a report on a difference', () => {
  const change = (id: string, presence: 'both' | 'added' | 'removed') =>
    principalChange(
      id,
      { read: { gained: [set], lost: [set], conditionsChanged: [{ ...set, before: [], isNarrower: false }] } },
      presence,
    );

  it('has principals of both sides, each once', () => {
    const report = diffReport(
      [
        {
          before: { model: modelOf([principal('a'), principal('b')], { cluster: 'prod' }) },
          after: { model: modelOf([principal('b'), principal('c')], { cluster: 'prod' }) },
          changes: [change('a', 'removed'), change('b', 'both'), change('c', 'added')],
        },
        { after: { model: modelOf([principal('b')], { cluster: 'devel' }) }, changes: [change('b', 'added')] },
        { before: { model: modelOf([principal('b')], { cluster: 'old' }) }, changes: [change('b', 'removed')] },
      ],
      names,
    );
    expect(report).toMatchObject({ kind: 'diff', ...names, principals: 5, gaps: [] });
    expect(
      report.entries.map(({ direction, holder }) => `${direction} ${holder.cluster} ${holder.id} ${holder.presence}`),
    ).toEqual([
      ...['devel b added', 'prod a removed', 'prod b both', 'prod c added'].map((each) => `gained ${each}`),
      ...['devel b added', 'prod a removed', 'prod b both', 'prod c added'].map((each) => `changed ${each}`),
      ...['old b removed', 'prod a removed', 'prod b both', 'prod c added'].map((each) => `lost ${each}`),
    ]);
  });

  it('has who gains what as it is after, and the places of both', () => {
    const places = (file: string): Places => ({
      ofStanza: () => undefined,
      ofPrincipal: ({ id }) => ({ file: `${file}-${id}` }),
    });
    const owner = (team: string) => ({ owner: { team, tenant: 't', environment: 'devel' } });
    const { entries } = diffReport(
      [
        {
          before: { model: modelOf([principal('a', owner('old')), principal('b')]), places: places('old') },
          after: { model: modelOf([principal('a', owner('new'))]), places: places('new') },
          changes: [change('a', 'both'), change('b', 'removed')],
        },
      ],
      names,
    );
    const holders = new Map(entries.map(({ holder }) => [holder.id, holder]));
    expect(holders.get('a')).toEqual({
      ...{ id: 'a', kind: 'approle', mount: 'x/devel', name: 'a', presence: 'both' },
      ...{ ...owner('new'), source: { file: 'new-a' } },
    });
    expect(holders.get('b')).toEqual({
      ...{ id: 'b', kind: 'approle', mount: 'x/devel', name: 'b', presence: 'removed', source: { file: 'old-b' } },
    });
  });

  it('has the place in the model, if the inventory has none', () => {
    const model = modelOf([principal('a', { source: { address: 'x.y' } })]);
    const [entry] = diffReport([{ after: { model }, changes: [change('a', 'both')] }], names).entries;
    expect(entry?.holder.source).toEqual({ address: 'x.y' });
    expect(entry?.holder).not.toHaveProperty('cluster');
    expect(entry?.holder).not.toHaveProperty('owner');
  });

  it('has each gap once', () => {
    const model = modelOf([], { gaps: [{ message: 'x is unknown' }] });
    const templates = placedPolicy('t', { 'kv/{{identity.entity.name}}': ['read'] });
    const after = { ...model, policies: new Map([['t', templates]]) };
    expect(diffReport([{ before: { model }, after: { model: after }, changes: [] }], names).gaps).toEqual([
      'x is unknown',
      'policy t has the template "kv/{{identity.entity.name}}" (read), which each token fills with its own values',
    ]);
  });
});

describe('a report on everything', () => {
  const shared = placedPolicy('default', { 'x/*': ['read', 'create', 'update', 'delete', 'list', 'patch'] });
  const own = placedPolicy('p', { 'kv/data/a/*': ['read'], 'sys/leases/revoke': ['update'] });

  it('has no operations that only the server itself uses, and what default grants once for each server', () => {
    const policies = new Map([
      ['p', own],
      ['default', shared],
    ]);
    const both = ['default', 'p'];
    const model = modelOf([principal('a', { policies: both }), principal('b', { policies: both })], { policies });
    const report = accessReport([{ model }, { model: { ...model, cluster: 'x', principals: [] } }], 'files', 0);
    expect(report).toMatchObject({ kind: 'access', after: 'files', principals: 2, gaps: [] });
    expect(report).not.toHaveProperty('before');
    expect(
      report.entries
        .map(({ holder, direction, grants }) =>
          [holder.id, holder.presence, direction, grants[0]?.include, ...grants.map((each) => each.operation)].join(
            ' ',
          ),
        )
        .sort(),
    ).toEqual([
      'a both held kv/data/a/* read',
      'a both held sys/leases/revoke update',
      'b both held kv/data/a/* read',
      'b both held sys/leases/revoke update',
      'token:default both held x/* read list create update delete patch',
      'token:default both held x/* read list create update delete patch',
    ]);
    expect(report.entries.find(({ holder }) => holder.kind === 'token')?.holder).toEqual({
      ...{ id: 'token:default', kind: 'token', mount: 'token', presence: 'both' },
      name: 'every token with the policy default',
    });
  });

  it('has gaps and all templates, each once', () => {
    const templates = placedPolicy('t', { 'kv/{{identity.entity.name}}': ['read'] });
    const model = modelOf([], { policies: new Map([['t', templates]]), gaps: [{ message: 'x is unknown' }] });
    expect(accessReport([{ model }, { model }], 'files', 0).gaps).toEqual([
      'x is unknown',
      'policy t has the template "kv/{{identity.entity.name}}" (read), which each token fills with its own values',
    ]);
  });

  it('rates data of another tenant', () => {
    const of = (tenant: string) => ({ owner: { team: 't', tenant, environment: 'devel' } });
    const policies = new Map([
      ['p', placedPolicy('p', { 'kv/data/other/x': ['read'] }, of('own'))],
      ['q', placedPolicy('q', { 'kv/data/other/*': ['read'] }, of('other'))],
    ]);
    const { entries } = accessReport([{ model: modelOf([principal('a', of('own'))], { policies }) }], 'files', 0);
    expect(entries.map(({ danger }) => danger.reasons)).toEqual([
      [{ level: 'critical', text: 'data of another tenant: t/other' }],
    ]);
  });

  it('leaves out stanzas that have expired', () => {
    const text = 'path "kv/data/a" {\n  capabilities = ["read"]\n  expiration = "2020-01-01T00:00:00Z"\n}';
    const expiring = (name: string) => ({ policy: parsePolicy(name, text, 'openbao-2.7'), text });
    const policies = new Map(['p', 'default'].map((name) => [name, expiring(name)]));
    const model = modelOf([principal('a')], { policies });
    expect(accessReport([{ model }], 'files', 0).entries).toHaveLength(2);
    expect(accessReport([{ model }], 'files', Date.parse('2021-01-01')).entries).toEqual([]);
  });
});
