import type { Operation } from '../../../access/decide/request';
import { areaOf, mountOf, sayVerbs, wordsFor } from '../../../access/report/words';

/** What each operation does to a thing of an engine, as a person says it. Others keep their name and the whole path. */
const said: Readonly<Record<string, Readonly<Record<string, Partial<Record<Operation, string>>>>>> = {
  'kv-v2': {
    'data/a/b': {
      read: 'read a/b',
      create: 'create a/b',
      update: 'update a/b',
      patch: 'patch a/b',
      delete: 'delete the latest version of a/b',
      list: 'list data/a/b',
    },
    'metadata/a/b': {
      list: 'list a/b',
      scan: 'list recursively a/b',
      read: 'read the history of a/b',
      create: 'change the settings of a/b',
      update: 'change the settings of a/b',
      patch: 'change the settings of a/b',
      delete: 'delete all versions of a/b',
    },
    'delete/a': { create: 'delete versions of a', update: 'delete versions of a', read: 'read delete/a' },
    'undelete/a': { create: 'restore versions of a', update: 'restore versions of a' },
    'destroy/a': { create: 'destroy versions of a', update: 'destroy versions of a' },
    'subkeys/a': { read: 'read the keys in a', update: 'update subkeys/a' },
    data: { read: 'read data' },
    datax: { read: 'read datax' },
    'config/x': { read: 'read config/x' },
  },
  transit: {
    'encrypt/k': { create: 'encrypt with k', update: 'encrypt with k', read: 'read encrypt/k' },
    'decrypt/k': { update: 'decrypt with k' },
    'rewrap/k': { update: 'rewrap with k' },
    'sign/k/sha2-256': { update: 'sign with k/sha2-256' },
    'verify/k': { update: 'verify with k' },
    'hmac/k': { update: 'compute HMACs with k' },
    'datakey/plaintext/k': { update: 'generate data keys with plaintext/k' },
    'export/signing-key/k': { read: 'export signing-key/k', update: 'update export/signing-key/k' },
    'backup/k': { read: 'back up k' },
  },
  pki: { 'issue/r': { update: 'issue certificates of r' }, 'sign/r': { update: 'sign certificates of r' } },
  database: { 'creds/r': { read: 'get accounts of r' }, 'static-creds/r': { read: 'read the password of r' } },
  aws: {
    'creds/r': { read: 'get credentials of r', update: 'get credentials of r', delete: 'delete creds/r' },
    'sts/r': { read: 'get credentials of r', create: 'get credentials of r' },
  },
  ssh: { 'sign/r': { update: 'sign keys for r' } },
  unknown: { 'data/a': { read: 'read data/a' } },
};

describe.each(Object.entries(said))('paths of an engine of type %s', (type, paths) => {
  const mount = { path: 'v1/devel/engine/', type };
  it.each(
    Object.entries(paths).flatMap(([path, verbs]) =>
      Object.entries(verbs).map(([operation, words]) => [operation as Operation, path, words] as const),
    ),
  )('%s %s is %j', (operation, path, words) => {
    const { verb, what, where } = wordsFor(operation, `v1/devel/engine/${path}`, mount);
    expect([`${verb} ${what}`, where]).toEqual([words, 'v1/devel/engine']);
  });
});

describe('words for a pattern', () => {
  const kv = { path: 'kv/', type: 'kv-v2' };

  it('are the operation and the whole pattern outside of engines', () => {
    const { shorten, ...words } = wordsFor('read', 'sys/health', undefined);
    expect(words).toEqual({ verb: 'read', what: 'sys/health' });
    expect(shorten('sys/x')).toBe('sys/x');
  });

  it('shorten other patterns by what they were shortened by, and only these', () => {
    const { shorten } = wordsFor('read', 'kv/data/a/*', kv);
    expect(['kv/data/a/b', 'kv/metadata/a', 'x/kv/data/'].map(shorten)).toEqual(['a/b', 'kv/metadata/a', 'x/kv/data/']);
    expect(wordsFor('read', 'kv/*', kv).shorten('kv/data/a')).toBe('data/a');
  });

  it('belong to the engine at the beginning of the pattern', () => {
    const mounts = [{ path: 'a/', type: 'kv' }, kv];
    expect(mountOf('kv/data/x', mounts)).toBe(kv);
    expect(mountOf('x/kv/', mounts)).toBeUndefined();
    expect(mountOf('k*', mounts)).toBeUndefined();
  });
});

describe('the area of a pattern', () => {
  it.each([
    ['sys/policies/acl/x', 'sys'],
    ['identity/entity/id/x', 'identity'],
    ['cubbyhole/x', 'cubbyhole'],
    ['cubbyhole/a/b', 'cubbyhole'],
    ['team-*', '*'],
    ['a/b-*', 'a'],
    ['*', '*'],
    ['+/data/x', '*'],
    ['v1/devel/kv/data/ledger/x', 'v1/devel/kv'],
    ['v1/+/kv/data/x', 'v1'],
    ['secret/team-*', 'secret'],
    ['a/b/c/d/e/*', 'a/b/c'],
    ['secret/app/password', 'secret/app'],
    ['password', 'password'],
    ['secret/data*', 'secret'],
    ['secret/+x/data/y', 'secret/+x'],
  ])('%s without an engine is %s', (pattern, area) => {
    expect(areaOf(pattern, undefined)).toBe(area);
  });

  it('is the mount without its final slash, if there is one', () => {
    expect(areaOf('v1/devel/team/a/kv/x', { path: 'v1/devel/team/a/kv/', type: 'kv-v2' })).toBe('v1/devel/team/a/kv');
  });
});

describe('verbs', () => {
  it.each([
    [['delete', 'list', 'read'], 'read, list, delete'],
    [['update', 'create', 'read', 'delete'], 'read, write, delete'],
    [['update'], 'update'],
    [['patch', 'create'], 'create, patch'],
    [['encrypt with', 'update', 'read'], 'read, update, encrypt with'],
  ])('%j are said as %j', (verbs, words) => {
    expect(sayVerbs(new Set(verbs)).join(', ')).toBe(words);
  });
});
