import { Acl } from '../../../access/decide/acl';
import type { Operation } from '../../../access/decide/request';
import { diffPrincipal } from '../../../access/sets/diff';
import type { OperationChange, PathClass } from '../../../access/sets/path-class';
import { reach } from '../../../access/sets/reach';
import { widens } from '../../../access/sets/widens';
import { acl, policy } from '../hand-made';

const written = ({ include, within, except }: PathClass): string =>
  [include, ...within.map((one) => `and ${one}`), ...except.map((one) => `except ${one}`)].join(' ');

const change = (before: Acl | undefined, after: Acl | undefined, operation: Operation = 'read') => {
  const found: OperationChange | undefined = diffPrincipal(before, after, 'someone').operations.find(
    (one) => one.operation === operation,
  );
  return { gained: (found?.gained ?? []).map(written), lost: (found?.lost ?? []).map(written) };
};

const reached = (one: Acl, operation: Operation = 'read'): string[] => reach(one, operation).map(written);

describe('a change of policies', () => {
  it('gains what a new stanza allows', () => {
    const before = acl({ 'kv/data/app/*': 'read' });
    const after = acl({ 'kv/data/app/*': 'read', 'kv/data/shared/*': 'read' });
    expect(change(before, after)).toEqual({ gained: ['kv/data/shared/*'], lost: [] });
    expect(change(after, before)).toEqual({ gained: [], lost: ['kv/data/shared/*'] });
  });

  it('gains nothing that was allowed before', () => {
    const before = acl({ 'kv/data/app/*': 'read' });
    const after = acl({ 'kv/data/*': 'read' });
    expect(change(before, after)).toEqual({ gained: ['kv/data/* except kv/data/app/*'], lost: [] });
  });

  it('gains what a stanza no longer denies', () => {
    const before = acl({ 'kv/*': 'read', 'kv/secret/*': 'deny' });
    expect(change(before, acl({ 'kv/*': 'read' }))).toEqual({ gained: ['kv/secret/*'], lost: [] });
  });

  it('gains only the part of a deny that another stanza allows', () => {
    const before = acl({ '+/app/*': 'read', 'team/*': 'deny' });
    expect(change(before, acl({ '+/app/*': 'read' }))).toEqual({ gained: ['team/app/*'], lost: [] });
  });

  it('names two patterns where policies have no syntax for what both match', () => {
    const before = acl({ 'a/+/c': 'read', 'a/b*': 'deny' });
    const after = acl({ 'a/+/c': 'read' });
    expect(change(before, after)).toEqual({ gained: ['a/b* and a/+/c'], lost: [] });
    expect(diffPrincipal(before, after, 'someone').operations[0]?.gained[0]?.witness).toBe('a/b/c');
  });

  it('loses what a deny wins from a longer list of stanzas', () => {
    const before = acl({ 'kv/*': 'read', 'kv/app/config': 'read' });
    const after = acl({ 'kv/*': 'read', 'kv/app/config': 'read', 'kv/app/*': 'deny' });
    expect(change(before, after)).toEqual({ gained: [], lost: ['kv/app/* except kv/app/config'] });
  });

  it('is empty for a deny that never wins', () => {
    const before = acl({ 'secret/*': 'read' });
    const after = acl({ 'secret/*': 'read', '+/a/pw': 'deny' });
    expect(diffPrincipal(before, after, 'someone').operations).toEqual([]);
  });

  it('names the stanza of the side that allows, with a path that people recognise', () => {
    const after = acl({ 'kv/data/team/+/app-*': 'read' });
    expect(diffPrincipal(undefined, after, 'someone')).toEqual({
      principal: 'someone',
      presence: 'added',
      operations: [
        {
          operation: 'read',
          gained: [
            {
              include: 'kv/data/team/+/app-*',
              within: [],
              except: [],
              witness: 'kv/data/team/x/app-x',
              by: { policy: 'policy', path: 'kv/data/team/+/app-*', position: { line: 1, column: 1 } },
              conditions: [],
            },
          ],
          lost: [],
          conditionsChanged: [],
        },
      ],
    });
  });

  it('gains everything that was not allowed with the policy root', () => {
    const root = Acl.compile([{ ...policy('root', []), isRoot: true }], { server: 'openbao-2.7' });
    expect(change(acl({ 'kv/*': 'read' }), root)).toEqual({ gained: ['* except kv/*'], lost: [] });
    expect(reach(root, 'list')).toMatchObject([
      { include: '*', by: { policy: 'root', path: '*', position: { line: 1, column: 1 } } },
    ]);
    expect(reach(root, 'help')).toEqual([]);
  });

  it('reports LISTs that a newer server decides differently by the same policies', () => {
    const policies = { 'm/*': 'list', 'm/restricted/*': 'deny' };
    expect(change(acl(policies, 'vault-1.21'), acl(policies, 'vault-2'), 'list')).toEqual({
      gained: [],
      lost: ['m/restricted/'],
    });
    expect(change(acl(policies, 'vault-2'), acl(policies, 'openbao-2.7'), 'list')).toEqual({ gained: [], lost: [] });
  });
});

describe('the paths that a principal reaches', () => {
  it('are one set where a narrower stanza allows the same', () => {
    expect(reached(acl({ 'kv/*': 'read', 'kv/app': 'read,update' }))).toEqual(['kv/*']);
    expect(reached(acl({ 'kv/*': 'read', 'kv/app': 'read,update' }), 'update')).toEqual(['kv/app']);
  });

  it.each<[rules: Readonly<Record<string, string>>, sets: readonly string[]]>([
    [{ 'kv/*': 'read', 'kv/a/*': 'deny', 'kv/a/b/*': 'deny' }, ['kv/* except kv/a/*: kv/a']],
    [
      { 'kv/*': 'read', 'kv/a/*': 'deny', 'kv/a/c': 'read', 'kv/a/b': 'read' },
      ['kv/* except kv/a/*: kv/a', 'kv/a/b: kv/a/b', 'kv/a/c: kv/a/c'],
    ],
    [{ 'b/*': 'read', 'a/*': 'read', c: 'read' }, ['a/*: a/x', 'b/*: b/x', 'c: c']],
    [{ '+/x': 'read', 'a/*': 'read', 'a/y': 'deny' }, ['+/x: x/x', 'a/* except a/y: a/z']],
    [{ 'a/*': 'read', '+/b/*': 'deny', 'a/b/c': 'read' }, ['a/*: a/b']],
    [{ 'a/+/c': 'read', 'a/b*': 'deny', '+/bx/c': 'read' }, ['+/bx/c except a/b*: x/bx/c', 'a/+/c except a/b*: a/x/c']],
    [
      { 'a/*': 'read', 'a/+/x': 'deny', 'a/+/y': 'deny', 'a/b/*': 'deny' },
      ['a/* except a/b/* except a/+/y except a/+/x: a/b'],
    ],
    [{ 'a/*': 'read', 'a/b*': 'deny', 'a/c*': 'deny', 'a/+/z': 'read' }, ['a/* except a/c* except a/b*: a/x']],
    [
      { 'kv/+/a': 'read', 'kv/+/b': 'read', 'kv/x/*': 'deny' },
      ['kv/+/a except kv/x/*: kv/y/a', 'kv/+/b except kv/x/*: kv/y/b'],
    ],
    [{ 'a/+': 'read', 'a/+/+': 'read', 'a/b/+': 'deny' }, ['a/+: a/b', 'a/+/+ except a/b/+: a/x/x']],
    [{ a: 'read', 'a/': 'read', 'a/*': 'deny' }, ['a: a', 'a/: a/']],
  ])('are few and short, sorted, with a path of each: %j', (rules, sets) => {
    expect(reach(acl(rules), 'read').map((one) => `${written(one)}: ${one.witness}`)).toEqual(sets);
  });

  it('are several sets where a deny contains an exception', () => {
    expect(reached(acl({ 'kv/*': 'read', 'kv/a/*': 'deny', 'kv/a/open/*': 'read' }))).toEqual([
      'kv/* except kv/a/*',
      'kv/a/open/*',
    ]);
  });

  it('of a LIST end in a slash, with and without which stanzas match', () => {
    expect(reached(acl({ 'kv/metadata/app': 'list' }), 'list')).toEqual(['kv/metadata/app/']);
    expect(reached(acl({ 'kv/+': 'list' }), 'list')).toEqual(['kv/', 'kv/+/']);
  });

  it('need sudo where the server demands it', () => {
    expect(reached(acl({ 'sys/audit': 'read', 'sys/mounts': 'read' }))).toEqual(['sys/mounts']);
    expect(reached(acl({ 'sys/audit': 'read,sudo', 'sys/mounts': 'read' }))).toEqual(['sys/audit', 'sys/mounts']);
    expect(reached(acl({ 'sys/leases/*': 'update' }), 'update')).toEqual([
      expect.stringMatching(/^sys\/leases\/\* except .*sys\/leases\/revoke-prefix\/\*/),
    ]);
  });
});

describe('no widening', () => {
  it('is proven where nothing is gained', () => {
    const before = acl({ 'kv/*': 'read,list' });
    const after = acl({ 'kv/+/a': 'read', 'kv/b/*': 'list' });
    expect(widens(diffPrincipal(before, after, 'someone'))).toBe(false);
    expect(widens(diffPrincipal(after, before, 'someone'))).toBe(true);
  });
});
