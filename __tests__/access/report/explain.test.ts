import type { Operation } from '../../../access/decide/request';
import { parsePolicy } from '../../../access/policy/parse-policy';
import type { AccessModel } from '../../../access/principals/access-model';
import { explainAccess, type ExplainedAccess } from '../../../access/report/explain';
import type { Server } from '../../../access/servers';

/** Explains a request of a principal with policies, each given by its text. */
function explain(
  operation: Operation,
  path: string,
  texts: Readonly<Record<string, string>>,
  { server = 'openbao-2.7', now = 0 }: { readonly server?: Server; readonly now?: number } = {},
): ExplainedAccess {
  const policies = Object.keys(texts).sort();
  const principal = { id: 'p', kind: 'approle', mount: 'approle', name: 'p', policies } as const;
  const model: AccessModel = {
    server,
    policies: new Map(
      Object.entries(texts).map(([name, text]) => [name, { policy: parsePolicy(name, text, server), text }]),
    ),
    principals: [principal],
    mounts: [],
  };
  return explainAccess({ model }, principal, operation, path, now);
}
const stanza = (path: string, ...capabilities: readonly string[]): string =>
  `path "${path}" {\n  capabilities = ${JSON.stringify(capabilities)}\n}\n`;
const losing = (explained: ExplainedAccess): readonly string[] =>
  explained.losing.map(({ stanza: { policy, path }, because }) => `${policy} ${path}: ${because}`);

describe('a stanza that matches and does not decide', () => {
  it.each([
    ['kv/a', 'kv/a', 'kv/a*', 'has a wildcard, and the other is exact'],
    ['kv/ab', 'kv/a*', 'kv/*', 'its first wildcard comes earlier'],
    ['kv/a', 'kv/+', 'kv/*', 'it ends in *'],
    ['kv/x/a', 'kv/+/a', 'kv/+/+', 'it has more + segments'],
    ['kv/x/abc', 'kv/+/ab*', 'kv/+/a*', 'it is shorter'],
  ])('of %s, where %s decides, loses: %s %s', (path, winner, loser, because) => {
    const { deciding, losing: others } = explain('read', path, { a: stanza(loser, 'read') + stanza(winner, 'deny') });
    expect(deciding.map((each) => each.path)).toEqual([winner]);
    expect(others.map((each) => [each.stanza.path, each.because])).toEqual([[loser, because]]);
  });

  it('is the earlier one of two that are equally long', () => {
    expect(losing(explain('read', 'a/b/c', { p: stanza('+/b/+', 'read') + stanza('+/+/c', 'read') }))).toEqual([
      'p +/+/c: it is the earlier one of two that are equally long',
    ]);
  });

  it('comes after better ones, and those of all policies with the same path decide together', () => {
    const explained = explain('read', 'kv/a/b', {
      a: stanza('kv/*', 'read') + stanza('kv/a/*', 'list'),
      b: stanza('*', 'read') + stanza('kv/+/b', 'read') + stanza('kv/a/*', 'read'),
      c: stanza('kv/x', 'read'),
    });
    expect(explained.deciding.map(({ policy, path, line }) => [policy, path, line])).toEqual([
      ['a', 'kv/a/*', 4],
      ['b', 'kv/a/*', 7],
    ]);
    expect(losing(explained)).toEqual([
      'b kv/+/b: its first wildcard comes earlier',
      'a kv/*: its first wildcard comes earlier',
      'b *: its first wildcard comes earlier',
    ]);
    expect(explained.needed).toEqual([]);
    expect(explained.policies).toEqual(['a', 'b', 'c']);
  });

  it.each([
    ['vault-1.21', 'kv/a/', 'kv/a', 'this server looks at the other form of the path first'],
    ['vault-2', 'kv/a/', 'kv/a', 'this server looks at the other form of the path first'],
    ['vault-1.21', 'kv/+', 'kv/+/', 'this server looks at the other form of the path first'],
    ['openbao-2.7', 'kv/*', 'kv/+', 'this server looks at the other form of the path first'],
    ['vault-2', 'kv/*', 'kv/+', 'it neither grants nor denies list'],
    ['vault-2', 'kv/a/*', 'kv/*', 'its first wildcard comes earlier'],
  ] as const)('of a LIST on %s, where %s decides, loses: %s, %s', (server, winner, loser, because) => {
    const text = stanza(winner, 'list') + stanza(loser, 'read');
    const explained = explain('list', 'kv/a', { p: text }, { server });
    expect(explained.path).toBe('kv/a/');
    expect(explained.deciding.map(({ path }) => path)).toEqual([winner]);
    expect(losing(explained)).toEqual([`p ${loser}: ${because}`]);
  });

  it('matches the path as it is, unless it is a LIST', () => {
    const explained = explain('read', 'kv/a/', { p: stanza('kv/a/', 'read') + stanza('kv/a', 'deny') });
    expect(losing(explained)).toEqual([]);
  });
});

describe('what would allow a request', () => {
  const needed = (...args: Parameters<typeof explain>): string => explain(...args).needed.join('\n');

  it('is nothing if it is allowed', () => {
    expect(explain('read', 'kv/a', { p: stanza('kv/a', 'read') }).needed).toEqual([]);
  });

  it('is a stanza for the path, if none matches', () => {
    const explained = explain('list', 'kv/a', { p: stanza('x', 'read') });
    expect(explained.deciding).toEqual([]);
    expect(explained.losing).toEqual([]);
    expect(explained.needed).toEqual([
      'a stanza in one of its policies:\npath "kv/a/" {\n  capabilities = ["list"]\n}',
    ]);
  });

  it('is a stanza with sudo, where the path needs it', () => {
    expect(needed('update', 'sys/rotate', { p: stanza('x', 'read') })).toBe(
      'a stanza in one of its policies:\npath "sys/rotate" {\n  capabilities = ["update", "sudo"]\n}',
    );
  });

  it('is a change of the stanza that decides, if no stanza wins over it', () => {
    expect(needed('read', 'kv/a', { p: stanza('x', 'read') + stanza('kv/a', 'deny') })).toBe(
      'a change of the stanza that decides (policy p, line 4): an exact stanza cannot win over it',
    );
  });

  it('is nothing for an operation without a capability, and for a token of which the server fails every request', () => {
    expect(explain('help', 'kv/a', { p: stanza('kv/a', 'deny') }).needed).toEqual([]);
    const failing = { p: stanza('kv/a', 'read'), root: '' };
    expect(explain('read', 'kv/b', failing).decision.reason).toMatch(/^The server fails every request/);
    expect(explain('read', 'kv/b', failing).needed).toEqual([]);
    expect(explain('help', 'kv/b', failing).needed).toEqual([]);
  });

  it.each([
    ['scan', 'vault-2'],
    ['recover', 'openbao-2.7'],
  ] as const)('is another server for %s on %s', (operation, server) => {
    expect(explain(operation, 'kv/a', { p: stanza('x', 'read') }, { server }).needed).toEqual([
      `another server: this one has no capability ${operation}`,
    ]);
  });

  it('is no stanza for a path that no policy can name', () => {
    expect(explain('read', 'kv/+*', { p: stanza('x', 'read') }).needed).toEqual([]);
    expect(needed('update', 'kv/+*', { p: stanza('kv/*', 'read') })).toBe(
      'a change of the stanza that decides (policy p, line 1): an exact stanza cannot win over it',
    );
  });

  it('counts the identity of the principal', () => {
    const text = stanza('kv/{{identity.entity.name}}/a', 'read') + stanza('kv/+/a', 'list');
    const identity = { entity: { id: '1', name: 'ann', metadata: {}, aliases: {} } };
    const principal = { id: 'p', kind: 'approle', mount: 'approle', name: 'p', policies: ['p'], identity } as const;
    const policies = new Map([['p', { policy: parsePolicy('p', text, 'vault-2'), text }]]);
    const model: AccessModel = { server: 'vault-2', policies, principals: [principal], mounts: [] };
    const explained = explainAccess({ model }, principal, 'read', 'kv/ann/a', 0);
    expect(explained.deciding.map(({ path }) => path)).toEqual(['kv/{{identity.entity.name}}/a']);
    expect(losing(explained)).toEqual(['p kv/+/a: has a wildcard, and the other is exact']);
  });

  it('depends on the time', () => {
    const text = 'path "kv/a" {\n  capabilities = ["read"]\n  expiration = "2020-01-01T00:00:00Z"\n}\n';
    expect(explain('read', 'kv/a', { p: text }).decision.allowed).toBe(true);
    const later = explain('read', 'kv/a', { p: text }, { now: Date.parse('2021-01-01') });
    expect([later.decision.allowed, later.deciding, later.losing]).toEqual([false, [], []]);
  });
});

it('an explanation of an unknown principal is refused', () => {
  const model: AccessModel = { server: 'vault-2', policies: new Map(), principals: [], mounts: [] };
  const principal = { id: 'nobody', kind: 'token', mount: 'token', name: 'x', policies: [] } as const;
  expect(() => explainAccess({ model }, principal, 'read', 'x', 0)).toThrow('no principal nobody');
});
