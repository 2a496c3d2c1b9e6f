import type { Fault } from '../../model/language/rule';
import type { Capability } from './capability';

/** A template that the server fills in for each token. It is a whole segment, so that no value can change the path. */
const template = /^\{\{identity\.entity\.(id|name|metadata\.[A-Za-z0-9_.-]+)\}\}$/;

/** Wildcards that the server takes literally; undefined if there are none. */
export function wildcardFault(path: string): Fault | undefined {
  if (/\*./.test(path)) {
    return {
      message: 'a `*` that is not the last character is taken literally',
      fix: 'write `+` for one whole segment, or `*` as the last character',
    };
  }
  if (/[^/]\+|\+[^/]/.test(path)) {
    return {
      message: 'a `+` that is not a whole segment is taken literally',
      fix: 'write `+` between slashes, or `*` as the last character',
    };
  }
  return undefined;
}

/**
 * A path whose meaning on the server differs from what it seems; undefined if it has only one meaning.
 *
 * @see https://openbao.org/docs/concepts/policies/#policy-syntax
 */
export function pathFault(path: string, capabilities: readonly Capability[]): Fault | undefined {
  // A template is one segment without special characters to the other checks.
  const plain = path
    .split('/')
    .map((segment) => (template.test(segment) ? 'template' : segment))
    .join('/')
    // Names with spaces have to be denied, because Vault trims names of policies.
    .replaceAll(' ', capabilities.every((each) => each === 'deny') ? '-' : ' ');
  if (/[{}]/.test(plain)) {
    return {
      message: 'the path contains an unknown template',
      fix: 'write {{identity.entity.id}}, {{identity.entity.name}} or {{identity.entity.metadata.<key>}} as a whole segment',
    };
  }
  if (!/^[^/\s"\\$%][^\s"\\$%]*$/.test(plain)) {
    return {
      message: 'the path is empty or contains characters that are not allowed',
      fix: 'write it without a leading slash, spaces, quotes, backslashes, `$` and `%`',
    };
  }
  if (/(^|\/)\.{1,2}(\/|$)|\/\//.test(plain)) {
    return { message: 'no request has this path', fix: 'write no empty segment, no `.` and no `..`' };
  }
  const wildcard = wildcardFault(plain);
  if (wildcard !== undefined) return wildcard;
  if (capabilities.includes('list') && !/[/*]$/.test(plain)) {
    return {
      message: '`list` requires the path of a folder',
      fix: 'end the path with `/` to list this folder, or with `/*` to list it and all folders in it',
    };
  }
  return undefined;
}
