import type { Identity } from '../../../access/decide/identity';
import type { AccessModel, PlacedPolicy, Principal } from '../../../access/principals/access-model';
import { explainAccess } from '../../../access/report/explain';
import { compileModel } from '../../../access/sets/compile-model';
import { diffModels } from '../../../access/sets/diff-models';
import { isOwnEntityPath, withOwnEntity } from '../../../access/sets/own-entity';
import { who } from '../../../access/sets/who';
import { why } from '../../../access/sets/why';
import { policy, policyOf, stanza } from '../hand-made';

type Paths = Readonly<Record<string, string>>;

const principal = (id: string, policies: readonly string[]): Principal => ({
  id,
  kind: 'approle',
  mount: 'approle',
  name: id,
  policies,
});

const placed = (name: string, paths: Paths): PlacedPolicy => ({
  policy: policyOf(name, paths),
  text: JSON.stringify(paths),
});

const model = (
  policies: Readonly<Record<string, Paths>>,
  principals: Readonly<Record<string, readonly string[]>>,
): AccessModel => ({
  server: 'openbao-2.7',
  policies: new Map(Object.entries(policies).map(([name, paths]) => [name, placed(name, paths)])),
  principals: Object.entries(principals).map(([id, names]) => principal(id, names)),
  mounts: [],
});

const now = Date.UTC(2026, 0, 1);

describe('two models', () => {
  const before = model(
    { default: { 'auth/token/lookup-self': 'read' }, ro: { 'kv/*': 'read' }, old: { 'old/*': 'read' } },
    { app: ['default', 'ro'], gone: ['old'], other: ['default'] },
  );

  it('differ in nothing if they are equal', () => {
    expect(diffModels(before, before, now)).toEqual([]);
  });

  it('differ in the principals whose policies decide differently', () => {
    const after = model(
      { default: { 'auth/token/lookup-self': 'read' }, ro: { 'kv/*': 'read', 'kv/a': 'deny' } },
      { app: ['default', 'ro'], fresh: ['ro'], other: ['default', 'missing'] },
    );
    expect(diffModels(before, after, now)).toMatchObject([
      { principal: 'app', presence: 'both', operations: [{ operation: 'read', lost: [{ include: 'kv/a' }] }] },
      {
        principal: 'fresh',
        presence: 'added',
        operations: [{ operation: 'read', gained: [{ include: 'kv/*', except: ['kv/a'] }] }],
      },
      { principal: 'gone', presence: 'removed', operations: [{ operation: 'read', lost: [{ include: 'old/*' }] }] },
    ]);
  });

  it('differ in principals that exist on one side only, also if they reach nothing', () => {
    const one = model(
      { ro: { 'kv/*': 'read' }, rw: { 'kv/*': 'read,update' } },
      { gone: ['ro'], idle: [], app: ['ro'] },
    );
    const other = model(
      { ro: { 'kv/*': 'read' }, rw: { 'kv/*': 'read,update' } },
      { fresh: ['ro'], app: ['rw'], new: ['rw'] },
    );
    expect(
      diffModels(one, other, now).map(({ principal: id, presence, operations }) => [
        ...[id, presence],
        ...operations.flatMap(({ operation, gained, lost }) => [operation, gained.length, lost.length]),
      ]),
    ).toEqual([
      ['app', 'both', 'update', 1, 0],
      ['fresh', 'added', 'read', 1, 0],
      ['gone', 'removed', 'read', 0, 1],
      ['idle', 'removed'],
      ['new', 'added', 'read', 1, 0, 'update', 1, 0],
    ]);
  });

  it('do not differ where policies are only written differently', () => {
    const after = model(
      {
        default: { 'auth/token/lookup-self': 'read' },
        ro: { 'kv/*': 'read', 'kv/a': 'read' },
        old: { 'old/*': 'read' },
      },
      { app: ['default', 'ro'], gone: ['old'], other: ['default'] },
    );
    expect(diffModels(before, after, now)).toEqual([]);
  });

  it('differ in all LISTs that another server decides differently', () => {
    const paths = { 'm/*': 'list', 'm/restricted/*': 'deny' };
    const older = { ...model({ ro: paths }, { app: ['ro'] }), server: 'vault-1.21' as const };
    const newer = { ...older, server: 'vault-2' as const };
    expect(diffModels(older, newer, now)).toMatchObject([
      { principal: 'app', operations: [{ operation: 'list', lost: [{ include: 'm/restricted/' }] }] },
    ]);
  });

  it('are compared at a time, after which stanzas have expired', () => {
    const expiring = { policy: policy('ro', [stanza('kv/*', ['read'], { expiresAt: now })]), text: 'expiring' };
    const after: AccessModel = { ...before, policies: new Map([...before.policies, ['ro', expiring]]) };
    expect(diffModels(before, after, now)).toEqual([]);
    expect(diffModels(before, after, now + 1)).toMatchObject([
      { principal: 'app', operations: [{ operation: 'read', lost: [{ include: 'kv/*' }] }] },
    ]);
  });
});

describe('templates', () => {
  const known = model({ own: { 'kv/{{identity.entity.metadata.team}}/*': 'read' } }, { none: ['own'] });
  const withTeams = (teams: Readonly<Record<string, string>>): AccessModel => ({
    ...known,
    principals: [
      ...known.principals,
      ...Object.entries(teams).map(([id, team]) => {
        const entity = { id, name: id, metadata: { team }, aliases: {} };
        return { ...principal(id, ['own']), identity: { entity } };
      }),
    ],
  });
  const teams = withTeams({ one: 'a', two: 'b', three: 'a' });

  it('are filled for each entity, and do not count where the entity is not known', () => {
    expect(who(teams, 'read', 'kv/a/x').map((one) => one.principal)).toEqual(['one', 'three']);
    expect(who(teams, 'read', 'kv/b/x').map((one) => one.principal)).toEqual(['two']);
    expect(why(teams, 'none', 'read', 'kv/a/x')?.decision.allowed).toBe(false);
    expect(why(teams, 'two', 'read', 'kv/b/x')).toMatchObject({
      decision: { allowed: true, by: { path: 'kv/{{identity.entity.metadata.team}}/*' } },
    });
  });

  it('are filled also beside policies without templates', () => {
    const both = {
      ...teams,
      policies: new Map([...teams.policies, ['plain', placed('plain', { 'x/*': 'read' })]]),
      principals: teams.principals.map((one) => ({ ...one, policies: ['own', 'plain'] })),
    };
    expect(who(both, 'read', 'kv/b/x').map((one) => one.principal)).toEqual(['two']);
  });

  it('make access change with the entity, when no policy changes', () => {
    const after = withTeams({ one: 'a', two: 'c', three: 'a' });
    expect(diffModels(teams, after, now)).toMatchObject([
      { principal: 'two', operations: [{ gained: [{ include: 'kv/c/*' }], lost: [{ include: 'kv/b/*' }] }] },
    ]);
  });

  it('of the own entity do not count as a change when the entity becomes known, and are readable otherwise', () => {
    const rules = {
      'identity/entity/id/{{identity.entity.id}}': 'read',
      'identity/entity/name/{{ identity.entity.name }}': 'read',
    };
    const entity = { id: 'vault_identity_entity.a.id', name: 'a', metadata: {}, aliases: {} };
    const logins = (policies: readonly string[], identity?: Identity): AccessModel => {
      const plain = model({ default: rules }, {});
      return { ...plain, principals: [{ ...principal('login', policies), ...(identity && { identity }) }] };
    };
    expect(diffModels(logins(['default']), logins(['default'], { entity }), now)).toEqual([]);
    expect(diffModels(logins([]), logins(['default'], { entity }), now)).toMatchObject([
      {
        operations: [
          {
            operation: 'read',
            gained: [
              { include: 'identity/entity/id/<its own entity>' },
              { include: 'identity/entity/name/<its own entity>' },
            ],
          },
        ],
      },
    ]);
    const named = { entity: { ...entity, metadata: { team: 'c' } } };
    const before = withTeams({ one: 'a' });
    const after = {
      ...before,
      principals: before.principals.map((one) => (one.id === 'none' ? { ...one, identity: named } : one)),
    };
    expect(diffModels(before, after, now)).toMatchObject([
      { principal: 'none', operations: [{ gained: [{ include: 'kv/c/*' }] }] },
    ]);
  });

  it('are of the own entity only as the server’s policy default has them', () => {
    const paths = [
      ...['identity/entity/id/{{identity.entity.id}}', 'identity/entity/name/{{ identity.entity.name }}'],
      ...['x/identity/entity/id/{{identity.entity.id}}', 'identity/entity/id/{{identity.entity.id}}/x'],
      ...['identity/entity/id/{{identity.entity.name}}', 'kv/x'],
    ];
    const rules = Object.fromEntries(paths.map((path) => [path, 'read']));
    const { policies } = withOwnEntity(model({ default: rules, plain: { 'kv/x': 'read' } }, {}));
    const after = policies.get('default')?.policy.stanzas.map(({ path }) => path) ?? [];
    expect(after).toEqual([
      ...['identity/entity/id/<its own entity>', 'identity/entity/name/<its own entity>'],
      ...paths.slice(2),
    ]);
    expect(after.filter(isOwnEntityPath)).toEqual(after.slice(0, 2));
  });

  it('share one compilation where the policies and the entity are the same, or no policy has templates', () => {
    const compile = compileModel({ ...teams, policies: new Map([...teams.policies, ['plain', placed('plain', {})]]) });
    const [, one, two] = teams.principals;
    if (one === undefined || two === undefined) throw new Error('principals are missing');
    expect(compile(one)).toBe(compile({ ...one, id: 'other' }));
    expect(compile(one)).not.toBe(compile(two));
    expect(compile({ ...one, policies: ['plain'] })).toBe(compile({ ...two, policies: ['plain'] }));
  });

  it('are explained with the stanza that was filled', () => {
    const two = teams.principals.find(({ id }) => id === 'two');
    if (two === undefined) throw new Error('the principal is missing');
    const { deciding, needed } = explainAccess({ model: teams }, two, 'update', 'kv/b/x', now);
    expect(deciding).toMatchObject([{ policy: 'own', path: 'kv/{{identity.entity.metadata.team}}/*' }]);
    expect(needed).toHaveLength(1);
  });
});

describe('who and why', () => {
  const wrapped = policy('wrapped', [stanza('kv/*', ['read'], { maxWrappingTtlSeconds: 60 })]);
  const known = model(
    { rw: { 'kv/*': 'read,update' }, no: { 'kv/a': 'deny' } },
    { app: ['rw'], denied: ['no', 'rw'], nobody: ['missing'], wrapping: ['wrapped'] },
  );
  const all: AccessModel = {
    ...known,
    policies: new Map([...known.policies, ['wrapped', { policy: wrapped, text: 'wrapped' }]]),
  };

  it('lists who is allowed, also under conditions', () => {
    expect(who(all, 'read', 'kv/a', now).map((one) => one.principal)).toEqual(['app', 'wrapping']);
    expect(who(all, 'update', 'kv/b', now).map((one) => one.principal)).toEqual(['app', 'denied']);
  });

  it('explains a decision by the stanza, the request and the policies that count', () => {
    expect(why(all, 'denied', 'read', 'kv/a', now)).toMatchObject({
      decision: { allowed: false, by: { policy: 'no', path: 'kv/a' } },
      policies: ['no', 'rw'],
      missingPolicies: [],
    });
    expect(why(all, 'wrapping', 'read', 'kv/a', now)).toMatchObject({
      decision: { allowed: true },
      request: { wrapTtlSeconds: 60 },
    });
    expect(why(all, 'nobody', 'read', 'kv/a', now)).toMatchObject({
      decision: { allowed: false },
      policies: [],
      missingPolicies: ['missing'],
    });
    expect(why(all, 'unknown', 'read', 'kv/a', now)).toBeUndefined();
  });
});
