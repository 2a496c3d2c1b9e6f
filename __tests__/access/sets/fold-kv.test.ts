import type { Operation } from '../../../access/decide/request';
import { diffPrincipal } from '../../../access/sets/diff';
import { foldKv } from '../../../access/sets/fold-kv';
import { acl } from './hand-made';

const mounts = [
  { path: 'v1/kv/', type: 'kv-v2' },
  { path: 'v1/old/', type: 'kv' },
];

const folded = (paths: Readonly<Record<string, string>>): string[] => {
  const { operations } = diffPrincipal(undefined, acl(paths), 'someone');
  const classes = operations.flatMap(({ operation, gained }) =>
    gained.map((one): { operation: Operation; class: typeof one } => ({ operation, class: one })),
  );
  return foldKv(classes, mounts).map(({ actions, include, except }) =>
    [`${actions.join(', ')}: ${include}`, ...except.map((one) => `except ${one}`)].join(' '),
  );
};

describe('paths of KV version 2', () => {
  it('are folded into what people say', () => {
    expect(
      folded({
        'v1/kv/data/ledger/*': 'create,read,update',
        'v1/kv/metadata/ledger/*': 'read,list,delete',
        'v1/kv/destroy/ledger/*': 'update',
      }),
    ).toEqual([
      'read documents, read versions and metadata of documents, list documents, create documents, ' +
        'write new versions of documents, destroy versions of documents, destroy documents with all versions: v1/kv/ledger/*',
    ]);
  });

  it('keep their exceptions', () => {
    expect(
      folded({
        'v1/kv/data/*': 'read',
        'v1/kv/data/secret/*': 'deny',
        'v1/+/+/+/private': 'deny',
        'v1/+/data/+': 'deny',
      }),
    ).toEqual(['read documents: v1/kv/* except v1/kv/secret/*']);
    expect(folded({ 'v1/+/data/a*': 'read' })).toEqual(['read: v1/+/data/a*']);
  });

  it('stay as they are where they are no requests, or no paths of one mount', () => {
    expect(
      folded({ 'v1/kv/data/a': 'list', 'v1/old/data/a': 'read', 'v1/kv/*': 'patch', 'v1/kv/config': 'read' }),
    ).toEqual([
      'read: v1/kv/config',
      'read: v1/old/data/a',
      'list: v1/kv/data/a/',
      'patch: v1/kv/* except v1/kv/config except v1/kv/data/a',
    ]);
  });
});
