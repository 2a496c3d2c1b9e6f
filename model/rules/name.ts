import { reservedPolicies, reservedTeams } from '../names';
import type { Fault, Rule } from './rule';

/** What an inventory name names: each kind has words it cannot use. */
export type NameKind = 'cluster' | 'environment' | 'team' | 'tenant' | 'policy';

const pattern = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const maxLength = 63;

/**
 * Names stand in paths, policy names and Terraform addresses. Vault lower-cases policy names, splits paths at `/`, and gives
 * `*`, `+` and `{{` a meaning; so a name has none of these and means the same everywhere.
 */
export function nameRule(kind: NameKind): Rule {
  return {
    allowed: `lower-case letters, digits and single dashes, beginning with a letter, at most ${maxLength} characters`,
    pattern,
    fault: (name) => wrongForm(kind, name) ?? reserved(kind, name),
  };
}

const a = (kind: NameKind): string => (kind === 'environment' ? `an ${kind}` : `a ${kind}`);

function wrongForm(kind: NameKind, name: string): Fault | undefined {
  if (pattern.test(name) && name.length <= maxLength) return undefined;
  const suggestion = slug(name);
  return {
    message: `this cannot name ${a(kind)}`,
    mend: suggestion === '' ? 'choose another name' : `choose another name, for example \`${suggestion}\``,
  };
}

function reserved(kind: NameKind, name: string): Fault | undefined {
  const words: readonly string[] = kind === 'team' ? [...reservedPolicies, ...reservedTeams] : reservedPolicies;
  if (!words.includes(name)) return undefined;
  return {
    message: `\`${name}\` is reserved and cannot name ${a(kind)}`,
    mend: `choose another name; reserved are ${words.join(', ')}`,
  };
}

/** The nearest acceptable name; empty when nothing of the given one is left. */
function slug(name: string): string {
  const words =
    name
      .slice(0, maxLength)
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  return words.join('-').replace(/^[0-9-]+/, '');
}
