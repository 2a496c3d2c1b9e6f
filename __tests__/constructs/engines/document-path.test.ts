import { checkDocumentPath } from '../../../constructs/engines/document-path';

describe('the path of documents', () => {
  it.each(['app/configs', 'app/*', 'app/+/configs', '*', 'app/prefix-*', 'data-sets/one', 'data'])(
    '%s is fine',
    (path) => {
      expect(() => checkDocumentPath(path, ['read'], 2)).not.toThrow();
    },
  );

  it.each([
    ['', 'a grant without a path', 'name a document'],
    ['/app/configs', 'the path begins with a slash', 'write app/configs'],
    ['app//configs', 'the path has an empty segment', 'write app/configs'],
    ['app/+*', '`+*` is an error to the server', 'write `*` for any rest'],
    ['app/*/configs', 'a `*` that is not the last character means itself', 'write `+` for one whole segment'],
    ['app/con*s', 'a `*` that is not the last character means itself', 'write `+` for one whole segment'],
    ['app/v+/x', 'a `+` that is not a whole segment means itself', 'write `+` between slashes'],
    ['data/app/configs', 'the path begins with the API’s `data/`', 'write app/configs: the grant adds it'],
    ['metadata/app/*', 'the path begins with the API’s `metadata/`', 'write app/*: the grant adds it'],
    ['app/', 'no document has a name that ends in a slash', 'write app/* for all documents in it'],
  ])('%j is a trap, told with what to write instead', (path, message, fix) => {
    expect(() => checkDocumentPath(path, ['read'], 2)).toThrow(
      expect.objectContaining({
        code: 'construct',
        problems: [
          expect.objectContaining({
            message,
            given: path || 'an empty path',
            fix: expect.stringContaining(fix) as string,
          }),
        ],
      }) as Error,
    );
  });

  it.each(['app/', 'app/*', '*'])('%s can be listed', (path) => {
    expect(() => checkDocumentPath(path, ['list'], 2)).not.toThrow();
  });

  it('a document cannot be listed, alone or together with being read', () => {
    for (const operations of [['list'], ['read', 'list']]) {
      expect(() => checkDocumentPath('app/configs', operations, 2)).toThrow(/write app\/configs\/ to list that folder/);
    }
  });

  it('a folder can be listed, not read', () => {
    expect(() => checkDocumentPath('app/', ['list', 'read'], 2)).toThrow(/ends in a slash/);
  });

  it('version 1 has no prefixes, so none is a mistake', () => {
    expect(() => checkDocumentPath('data/app', ['read'], 1)).not.toThrow();
  });
});
