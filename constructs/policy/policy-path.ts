import type { Capability } from './capability';

/** What is wrong with a path, and what to do about it. */
export interface PathFault {
  readonly message: string;
  readonly fix: string;
}

/** What the server fills in for each token; a whole segment, so that a value cannot lead out of it. */
const template = /^\{\{identity\.entity\.(id|name|metadata\.[A-Za-z0-9_.-]+)\}\}$/;

/**
 * Whether a server would read the path of a rule in another way than it looks; undefined if it is plain.
 *
 * @see https://openbao.org/docs/concepts/policies/#policy-syntax
 */
export function pathFault(path: string, capabilities: readonly Capability[]): PathFault | undefined {
  // A template is one segment, of which the rest of the checks need to know no more.
  const plain = path
    .split('/')
    .map((segment) => (template.test(segment) ? 'template' : segment))
    .join('/');
  if (/[{}]/.test(plain)) {
    return {
      message: 'a template that cannot be written',
      fix: 'fill a whole segment by {{identity.entity.id}}, {{identity.entity.name}} or {{identity.entity.metadata.<key>}}',
    };
  }
  if (!/^[^/\s"\\$%][^\s"\\$%]*$/.test(plain)) {
    return { message: 'a path that cannot be written', fix: 'no leading slash, spaces, quotes, `$` or `%`' };
  }
  if (/(^|\/)\.{1,2}(\/|$)|\/\//.test(plain)) {
    return { message: 'a path that no request has', fix: 'write no empty segment, no `.` and no `..`' };
  }
  if (/\*./.test(plain)) {
    return { message: 'a * that is not at the end means itself', fix: 'use + for one whole segment, or * at the end' };
  }
  if (/[^/]\+|\+[^/]/.test(plain)) {
    return {
      message: 'a + that is not a whole segment means itself',
      fix: 'use + between slashes, or * at the end',
    };
  }
  if (capabilities.includes('list') && !/[/*]$/.test(plain)) {
    return {
      message: 'a list of something that reads like one document',
      fix: 'end the path by `/` to list that folder alone, or by `/*` to list it and all below',
    };
  }
  return undefined;
}
