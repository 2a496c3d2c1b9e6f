import type { Problem } from '../../model/errors';
import type { Fault } from '../../model/language/rule';
import { listFault } from '../../model/language/rules/grant-path';
import { keyValuePrefixes } from '../../model/language/rules/name';
import { wildcardFault } from '../policy/policy-path';

/**
 * What is wrong with the path of documents in a key-value engine; empty if its meaning on the server is what it seems.
 *
 * @param document for example `checkout/configs`, `checkout/*`, or `checkout/` for a list
 * @param operations to be granted on the document
 * @param version of the engine
 */
export function documentPathProblems(document: string, operations: readonly string[], version: 1 | 2): Problem[] {
  const faults = [shapeFault(document) ?? prefixFault(document, version), listFault(document, operations)];
  const given = document === '' ? 'an empty path' : document;
  return faults.flatMap((fault) => (fault === undefined ? [] : [{ ...fault, given }]));
}

function shapeFault(document: string): Fault | undefined {
  if (document === '') return { message: 'the grant has no path', fix: 'name a document, or `*` for all' };
  if (document.startsWith('/')) {
    return { message: 'the path has a leading slash', fix: `write ${document.replace(/^\/+/, '')}` };
  }
  if (document.includes('//')) {
    return { message: 'the path has an empty segment', fix: `write ${document.replaceAll(/\/+/g, '/')}` };
  }
  if (document.endsWith('+*')) {
    return { message: 'the server rejects `+*`', fix: 'write `*` for any suffix, or `+` for one whole segment' };
  }
  return wildcardFault(document);
}

/** Grants add the API's prefixes. A document in a folder of that name is far less likely than a mistake. */
function prefixFault(document: string, version: 1 | 2): Fault | undefined {
  const [first = '', ...rest] = document.split('/');
  if (version === 1 || rest.length === 0 || !keyValuePrefixes.some((prefix) => prefix === first)) return undefined;
  return {
    message: `the path contains the API’s prefix \`${first}/\``,
    fix: `write ${rest.join('/')}: the grant adds the prefix`,
  };
}
