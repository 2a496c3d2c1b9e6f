import { PlatformError } from '../../model/errors';

/** What is wrong with a path, and what to write instead. */
interface Trap {
  readonly message: string;
  readonly fix: string;
}

const versionTwoPrefixes = ['data', 'metadata', 'delete', 'undelete', 'destroy'];

/**
 * Checks the path of documents inside a key-value engine for what the server would read in another way than it looks.
 *
 * @param document for example `checkout/configs`, `checkout/*`, or `checkout/` for a list
 * @param operations what is to be granted on it
 * @param version of the engine
 * @throws PlatformError `construct` with what to write instead
 */
export function checkDocumentPath(document: string, operations: readonly string[], version: 1 | 2): void {
  const trap = shapeTrap(document) ?? prefixTrap(document, version) ?? operationTrap(document, operations);
  if (trap === undefined) return;
  const given = document === '' ? 'an empty path' : document;
  throw new PlatformError('construct', [{ message: trap.message, given, fix: trap.fix }]);
}

function shapeTrap(document: string): Trap | undefined {
  if (document === '') return { message: 'a grant without a path', fix: 'name a document, or `*` for all' };
  if (document.startsWith('/')) {
    return { message: 'the path begins with a slash', fix: `write ${document.replace(/^\/+/, '')}` };
  }
  if (document.includes('//')) {
    return { message: 'the path has an empty segment', fix: `write ${document.replaceAll(/\/+/g, '/')}` };
  }
  if (document.endsWith('+*')) {
    return { message: '`+*` is an error to the server', fix: 'write `*` for any rest, or `+` for one whole segment' };
  }
  if (/\*./.test(document)) {
    return { message: 'a `*` that is not the last character means itself', fix: 'write `+` for one whole segment' };
  }
  if (/[^/]\+|\+[^/]/.test(document)) {
    return {
      message: 'a `+` that is not a whole segment means itself',
      fix: 'write `+` between slashes, or `*` last',
    };
  }
  return undefined;
}

/** The API's prefixes are added by the grant; a document below a folder of that name is far less likely than a mistake. */
function prefixTrap(document: string, version: 1 | 2): Trap | undefined {
  const [first = '', ...rest] = document.split('/');
  if (version === 1 || rest.length === 0 || !versionTwoPrefixes.includes(first)) return undefined;
  return {
    message: `the path begins with the API’s \`${first}/\``,
    fix: `write ${rest.join('/')}: the grant adds it`,
  };
}

function operationTrap(document: string, operations: readonly string[]): Trap | undefined {
  if (document.endsWith('/')) {
    if (operations.every((operation) => operation === 'list')) return undefined;
    return {
      message: 'no document has a name that ends in a slash',
      fix: `write ${document}* for all documents in it, and grant a list of ${document} separately if that is meant`,
    };
  }
  if (!operations.includes('list') || document.endsWith('*')) return undefined;
  return {
    message: 'a list is of a folder, and this names a document',
    fix: `write ${document}/ to list that folder, or ${document}/* for it and all below`,
  };
}
