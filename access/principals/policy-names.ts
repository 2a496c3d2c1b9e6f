import type { TokenRoleObject } from './server-objects';

/** Policies of a token as the server stores them: lower case, sorted, each once. Beside `root` no other counts. */
export function policyNames(names: Iterable<string>): string[] {
  const clean = new Set([...names].map((name) => name.trim().toLowerCase()).filter((name) => name !== ''));
  return clean.has('root') ? ['root'] : [...clean].sort();
}

/**
 * All policies that tokens of a token role can have. Tokens get all of them unless their creator names some.
 *
 * @param existing names of the server's policies
 * @returns undefined if the role limits nothing: its tokens then have policies of their creator
 */
export function tokenRolePolicies(role: TokenRoleObject, existing: Iterable<string>): string[] | undefined {
  const { allowedPolicies, allowedPoliciesGlob, disallowedPolicies, disallowedPoliciesGlob, noDefaultPolicy } = role;
  const limits = [allowedPolicies, allowedPoliciesGlob, disallowedPolicies, disallowedPoliciesGlob];
  if (limits.every(({ length }) => length === 0)) return undefined;
  const forbidden = new Set(policyNames(disallowedPolicies));
  const isForbidden = (name: string): boolean =>
    forbidden.has(name) || disallowedPoliciesGlob.some((glob) => globMatches(glob, name));
  const allowed =
    allowedPolicies.length + allowedPoliciesGlob.length === 0
      ? existing
      : [
          ...allowedPolicies,
          ...[...existing].filter((name) => allowedPoliciesGlob.some((glob) => globMatches(glob.toLowerCase(), name))),
        ];
  const names = policyNames([...allowed, ...(noDefaultPolicy ? [] : ['default'])]);
  return names.filter((name) => !isForbidden(name));
}

/** Whether a name matches a glob of the server: `*` is a wildcard at the beginning and at the end, everywhere else a character. */
export function globMatches(glob: string, name: string): boolean {
  const start = glob.startsWith('*');
  const end = glob.endsWith('*');
  const text = glob.slice(start ? 1 : 0, end ? -1 : undefined);
  if (start && end) return name.includes(text);
  if (start) return name.endsWith(text);
  return end ? name.startsWith(text) : name === text;
}
