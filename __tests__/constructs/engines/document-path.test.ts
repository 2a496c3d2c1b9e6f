import { documentPathProblems } from '../../../constructs/engines/document-path';

describe('the path of documents', () => {
  it.each(['app/configs', 'app/*', 'app/+/configs', '*', 'app/prefix-*', 'data-sets/one', 'data'])(
    '%s is fine',
    (path) => {
      expect(documentPathProblems(path, ['read'], 2)).toEqual([]);
    },
  );

  it.each([
    ['', 'the grant has no path', 'name a document'],
    ['/app/configs', 'the path has a leading slash', 'write app/configs'],
    ['app//configs', 'the path has an empty segment', 'write app/configs'],
    ['app/+*', 'the server rejects `+*`', 'write `*` for any suffix'],
    ['app/*/configs', 'a `*` that is not the last character is taken literally', 'write `+` for one whole segment'],
    ['app/con*s', 'a `*` that is not the last character is taken literally', 'write `+` for one whole segment'],
    ['app/v+/x', 'a `+` that is not a whole segment is taken literally', 'write `+` between slashes'],
    ['data/app/configs', 'the path contains the API’s prefix `data/`', 'write app/configs: the grant adds the prefix'],
    ['metadata/app/*', 'the path contains the API’s prefix `metadata/`', 'write app/*: the grant adds the prefix'],
    ['app/', 'the path names a folder, which can only be listed', 'write `*` behind it'],
  ])('%j is refused, with a fix', (path, message, fix) => {
    expect(documentPathProblems(path, ['read'], 2)).toEqual([
      { message, given: path || 'an empty path', fix: expect.stringContaining(fix) as string },
    ]);
  });

  it.each(['app/', 'app/*', '*'])('%s can be listed', (path) => {
    expect(documentPathProblems(path, ['list'], 2)).toEqual([]);
  });

  it('a document cannot be listed', () => {
    for (const operations of [['list'], ['read', 'list']]) {
      expect(documentPathProblems('app/configs', operations, 2)).toMatchObject([
        { message: '`list` is for a folder, whose path ends in a slash' },
      ]);
    }
  });

  it('a folder can be listed but not read', () => {
    expect(documentPathProblems('app/', ['list', 'read'], 2)).toMatchObject([
      { message: 'the path names a folder, which can only be listed' },
    ]);
  });

  it('version 1 accepts paths that look like prefixes of version 2', () => {
    expect(documentPathProblems('data/app', ['read'], 1)).toEqual([]);
  });
});
