import { PlatformError } from '../../model/errors';

/** A role, key or the like in an engine: a construct that has the name, or the name itself. */
export type Named = string | { readonly roleName: string };

/** What servers take: letters, digits, `_`, and inside also `.` and `-`. */
const pattern = /^\w([\w.-]*\w)?$/;

/**
 * The name of what is made in an engine or granted. One with a wildcard would stand for those of all tenants, one with a
 * slash for another path.
 *
 * @param kind what it names, for errors
 * @throws PlatformError `construct` if the server would take the name for something else
 */
export function nameOf(kind: 'connection' | 'key' | 'role', named: Named): string {
  const name = typeof named === 'string' ? named : named.roleName;
  if (pattern.test(name)) return name;
  throw new PlatformError('construct', [
    {
      message: `this cannot be the name of a ${kind} in an engine`,
      given: name === '' ? 'an empty name' : name,
      allowed: 'letters, digits and `_`; inside the name also `.` and `-`',
      fix: /[*+]/.test(name) ? `name one ${kind}, and grant others one by one` : 'choose another name',
    },
  ]);
}
