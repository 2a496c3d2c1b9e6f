import type { Problem } from '../../model/errors';

/** A role in an engine: a construct, or its name. */
export type NamedRole = string | { readonly roleName: string };

export type NameKind = 'connection' | 'key' | 'role';

/** Names that the server accepts: letters, digits, `_`, and inside also `.` and `-`. */
const pattern = /^\w([\w.-]*\w)?$/;

export const roleNameOf = (role: NamedRole): string => (typeof role === 'string' ? role : role.roleName);

/**
 * What is wrong with the name of a role, key or connection in an engine; undefined if it is valid. In a grant, a wildcard would
 * include the roles of all tenants, and a slash would change the path.
 */
export function nameProblem(kind: NameKind, name: string): Problem | undefined {
  if (pattern.test(name)) return undefined;
  return {
    message: `this is not a valid name of a ${kind}`,
    given: name === '' ? 'an empty name' : name,
    allowed: 'letters, digits and `_`; inside the name also `.` and `-`',
    fix: /[*+]/.test(name) ? `name one ${kind}, and grant others one by one` : 'choose another name',
  };
}
