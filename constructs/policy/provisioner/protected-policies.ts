import { provisioner, serverPolicies } from '../../../model/names';
import type { ParameterValues, PolicyStatement } from '../policy-document';

/** Policies that belong to the cluster, and so to no team; in front of `provisioner` nothing else may begin so. */
const words = ['admin', ...serverPolicies, provisioner] as const;

/**
 * Rules that keep a token with all of `sys/policies/acl/*` away from the policies of the cluster. Servers convert names to lower case, and Vault
 * trims spaces, so that other spellings lead to the same policy: all of them are denied.
 */
export function protectedPolicies(): PolicyStatement[] {
  const names = words.flatMap((word) => [
    ...(word === provisioner ? [`${word}*`] : [word, `${word} *`]),
    ...[...word].flatMap((letter, index) => otherLetters(letter).map((other) => `${word.slice(0, index)}${other}*`)),
  ]);
  const reason = 'Policies of the cluster, in every spelling that servers take for theirs.';
  return [...new Set([...names, ' *'])].map((name, index) => ({
    path: `sys/policies/acl/${name}`,
    capabilities: ['deny'],
    ...(index === 0 && { reason }),
  }));
}

/** Letters that servers convert to this one. Go converts the dotted capital I as well. */
const otherLetters = (letter: string): string[] => [letter.toUpperCase(), ...(letter === 'i' ? ['İ'] : [])];

/**
 * Texts of policies of teams: every path begins with `v1/`, the engines. Servers accept a policy as HCL, as JSON or in base64, and strings
 * with escapes, so the beginning of the text and of each string in it is constrained: no string begins as `sys/`, `auth/`, `identity/`, a
 * wildcard, a slash, an escape or a template. Names of capabilities and parameters begin with other letters, except for `sudo`.
 */
export const teamPolicyText: { readonly allowedValues: ParameterValues; readonly deniedValues: ParameterValues } = {
  allowedValues: { policy: ['path "v1/*', '# *'] },
  deniedValues: { policy: ['s', 'a', 'i', '*', '+', '/', '\\', '{'].map((first) => `*"${first}*`) },
};
