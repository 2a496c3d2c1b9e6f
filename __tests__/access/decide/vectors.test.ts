import type { AccessRequest, Operation } from '../../../access/decide/request';
import type { Server } from '../../../access/servers';
import { aclOf, allowed, decisionOf, policyText } from './stanzas';

const all: readonly Server[] = ['vault-1.21', 'vault-2', 'openbao-2.7'];

/** Stanzas in short form, operation, path, and the servers that allow it. */
type Vector = readonly [
  what: string,
  short: string,
  operation: Operation,
  path: string,
  allowedBy: readonly Server[],
  rest?: Partial<AccessRequest>,
];

const vectors: readonly Vector[] = [
  ['a later wildcard wins over a deny', 'secret/* read; secret/+/prefix-* deny', 'read', 'secret/a/prefix-x', all],
  ['a pattern without * wins at the same place', 'secret/* read; secret/+/pw deny', 'read', 'secret/a/pw', []],
  ['the longer prefix wins over + and deny', 'kv/team/* read; kv/+/private deny', 'read', 'kv/team/private', all],
  ['an exact pattern wins over a deny', 'kv/x/* deny; kv/x/y read', 'read', 'kv/x/y', all],
  ['a deny for p/ in a LIST', 'm/* list; m/restricted/* deny', 'list', 'm/restricted/', ['vault-1.21']],
  ['+ for p in a LIST', 'kv/+ list; kv/private/* read', 'list', 'kv/private/', ['vault-1.21', 'vault-2']],
  ['+ matches an empty segment', 'kv/+ list', 'list', 'kv/', all],
  ['a LIST without its slash is the same', 'm/* list; m/restricted/* deny', 'list', 'm/restricted', ['vault-1.21']],
  ['an exact p/ wins over an exact p', 'm/a/ list; m/a deny', 'list', 'm/a', all],
  ['an exact p wins over a prefix of p/', 'm/a list; m/a/* deny', 'list', 'm/a/', all],
  ['a rule for p is no rule for a read of p/', 'm/a read', 'read', 'm/a/', []],
  ['only one leading slash is dropped', '//m/* read', 'read', 'm/x', []],
  ['a leading slash of a request does not count', 'm/* read', 'read', '/m/x', all],
  ['+ is literal inside a segment', 'm/x/+y read', 'read', 'm/x/zy', []],
  ['+y matches +y', 'm/x/+y read', 'read', 'm/x/+y', all],
  ['a pattern with + needs as many segments', 'm/+/x read', 'read', 'm/a/b/x', []],
  ['a pattern with + and * allows more segments', 'm/+/x* read', 'read', 'm/a/xy/z', all],
  ['a pattern with + and /* needs another segment', 'm/+/* read', 'read', 'm/a', []],
  ['a pattern with + and /* matches an empty one', 'm/+/* read', 'read', 'm/a/', all],
  ['* alone matches everything', '* read', 'read', 'anything/at/all', all],
  ['* inside is literal', 'm/*/x read', 'read', 'm/a/x', []],
  ['lengths count bytes', 'm/+/üa* deny; m/+/üa read', 'read', 'm/q/üa', all],
  ['fewer + win', 'm/+/b/* deny; m/+/+/* read', 'read', 'm/a/b/c', []],
  ['no capabilities still win', 'm/* read; m/a/*', 'read', 'm/a/b', []],
  ['create of what exists needs update', 'm/* create', 'create', 'm/x', [], { exists: true }],
  ['update of what does not exist needs create', 'm/* create', 'update', 'm/x', all, { exists: false }],
  ['without existence the operation counts', 'm/* create', 'create', 'm/x', all],
  ['revoke needs update', 'm/* update', 'revoke', 'm/x', all],
  ['renew needs update', 'm/* update', 'renew', 'm/x', all],
  ['rollback needs update', 'm/* read,delete', 'rollback', 'm/x', []],
  ['help is always allowed', 'm/* deny', 'help', 'm/x', all],
  ['help is allowed on a sudo path', 'm/* deny', 'help', 'sys/raw/x', all],
  ['nothing matches', 'm/* read', 'read', 'k/x', []],
  ['nothing matches a LIST', 'm/* list', 'list', 'k/x', []],
  ['the empty path of a LIST', '* list', 'list', '', all],
  ['a sudo path without sudo', 'sys/* read', 'read', 'sys/auth/token', []],
  ['a sudo path with sudo', 'sys/* read,sudo', 'read', 'sys/auth/token', all],
  ['sys/auth itself is none', 'sys/* read', 'read', 'sys/auth', all],
  ['sudo counts only in the winner', 'sys/auth/token read; sys/* sudo', 'read', 'sys/auth/token', []],
  ['accessors are a sudo path', 'auth/token/* list', 'list', 'auth/token/accessors', []],
  ['accessors/x is one of OpenBao', 'auth/token/* read', 'read', 'auth/token/accessors/x', ['vault-1.21', 'vault-2']],
];

describe('named vectors', () => {
  it.each(vectors.map((vector) => ({ title: `${vector[0]}: ${vector[1]}, ${vector[2]} ${vector[3]}`, vector })))(
    '$title',
    ({ vector }) => {
      const [, short, operation, path, allowedBy, rest = {}] = vector;
      expect(all.filter((server) => allowed(server, short, operation, path, rest))).toEqual(allowedBy);
    },
  );
});

describe('a LIST of Vault 2', () => {
  it.each<[what: string, short: string, expected: boolean]>([
    ['skips a better rule that neither grants nor denies list', 'kv/+ list; kv/p/* read', true],
    ['obeys a deny that outranks the grant', 'kv/* list; kv/p/* deny', false],
    ['ignores a deny that the grant outranks', 'kv/p/* list; kv/+ deny', true],
    ['does not look past the longest prefix of each form', 'kv/* list; kv/p* read; kv/p/* read', false],
    ['obeys a better deny for the path without its slash', 'kv/* list; kv/+ deny', false],
    ['looks past better rules with + to the longest prefix', 'kv/+ read; kv/+/ read; kv/* list', true],
    ['denies without a grant', 'kv/+ read; kv/p/* update', false],
  ])('%s', (_what, short, expected) => {
    expect(allowed('vault-2', short, 'list', 'kv/p/')).toBe(expected);
  });
});

describe('scan and recover', () => {
  it('exist on one kind of server each', () => {
    const scan = policyText('m/* scan');
    expect(decisionOf(aclOf('openbao-2.7', [scan]), { operation: 'scan', path: 'm' }).allowed).toBe(true);
    expect(decisionOf(aclOf('openbao-2.7', [scan]), { operation: 'list', path: 'm' }).allowed).toBe(false);
    const recover = policyText('m/* recover');
    expect(decisionOf(aclOf('vault-2', [recover]), { operation: 'recover', path: 'm/x' }).allowed).toBe(true);
  });
});

describe('merging', () => {
  const merged = (...texts: string[]) => aclOf('openbao-2.7', texts.map(policyText));

  it('unites capabilities of one pattern', () => {
    const acl = merged('m/* read', 'm/* update');
    expect(decisionOf(acl, { operation: 'read', path: 'm/x' }).by?.policy).toBe('a');
    expect(decisionOf(acl, { operation: 'update', path: 'm/x' }).by?.policy).toBe('b');
  });

  it('leaves only a deny, which is named', () => {
    const acl = merged('m/* read', 'm/* deny', 'm/* update');
    expect(decisionOf(acl, { operation: 'read', path: 'm/x' })).toMatchObject({ allowed: false, by: { policy: 'b' } });
    expect(acl.rules).toHaveLength(1);
    expect(acl.rules[0]?.from.map(({ policy }) => policy)).toEqual(['a', 'b']);
  });

  it('keeps a prefix and an exact pattern with the same text apart', () => {
    const acl = merged('m/x deny', 'm/x* read');
    expect(decisionOf(acl, { operation: 'read', path: 'm/x' }).allowed).toBe(false);
    expect(decisionOf(acl, { operation: 'read', path: 'm/xy' }).allowed).toBe(true);
  });
});

describe('the policy root', () => {
  it('allows everything alone', () => {
    const acl = aclOf('openbao-2.7', []);
    expect(acl.isRoot).toBe(false);
    expect(acl.decide({ operation: 'read', path: 'm/x' })).toEqual({
      allowed: false,
      reason: 'No stanza matches m/x.',
    });
  });
});
