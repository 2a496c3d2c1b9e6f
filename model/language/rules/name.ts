import { reservedPolicies, reservedTeams } from '../../names';
import type { Fault, Rule } from '../rule';
import { withPlaceholder } from './placeholder';

/** What an inventory name names: each kind has words it cannot use. */
export type NameKind =
  | 'cluster'
  | 'environment'
  | 'team'
  | 'tenant'
  | 'policy'
  | 'auth method'
  | 'authority'
  | 'connection'
  | 'certificate'
  | 'key'
  | 'database role'
  | 'AWS role'
  | 'SSH role'
  | 'agent'
  | 'destination';

/** The methods that every cluster or server has, below the same `auth/`. */
const reservedMethods = ['approle', 'cert', 'token', 'userpass'];

/** What stands for something else where an authority is named. */
const reservedAuthorities = ['offline', 'self'];

/** What every deployment connects to, each by a NetworkPolicy of its own. */
const reservedDestinations = ['api-server', 'database', 'metadata', 'metadata-of-node', 'seal'];

/** Words that are taken, by the kind; what is in an engine stands behind a tenant's name and can have any. */
const reservedWords: Readonly<Record<NameKind, readonly string[]>> = {
  cluster: reservedPolicies,
  environment: reservedPolicies,
  team: [...reservedPolicies, ...reservedTeams],
  tenant: reservedPolicies,
  policy: reservedPolicies,
  'auth method': reservedMethods,
  authority: reservedAuthorities,
  connection: [],
  certificate: [],
  key: [],
  'database role': [],
  'AWS role': [],
  'SSH role': [],
  agent: [],
  destination: reservedDestinations,
};

const pattern = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const maxLength = 63;

const allowed = `lower-case letters, digits and single dashes, beginning with a letter, at most ${maxLength} characters`;

const rules = Object.fromEntries(
  (Object.keys(reservedWords) as NameKind[]).map((kind): [NameKind, Rule] => [
    kind,
    { allowed, pattern, fault: (name) => wrongForm(kind, name) ?? reserved(kind, name) },
  ]),
) as Readonly<Record<NameKind, Rule>>;

/**
 * Names stand in paths, policy names and Terraform addresses. Vault lower-cases policy names, splits paths at `/`, and gives
 * `*`, `+` and `{{` a meaning; so a name has none of these and means the same everywhere.
 */
export const nameRule = (kind: NameKind): Rule => rules[kind];

/** The name of a policy, in which `{environment}` may stand for the environment's. */
export const policyNameRule = withPlaceholder(
  nameRule('policy'),
  /^([a-z]|\{environment\})([a-z0-9]|\{environment\})*(-([a-z0-9]|\{environment\})+)*$/,
);

/** `an environment`, `a policy` */
export const aKind = (kind: NameKind): string => `${/^([aeio]|AWS|SSH)/.test(kind) ? 'an' : 'a'} ${kind}`;

function wrongForm(kind: NameKind, name: string): Fault | undefined {
  if (pattern.test(name) && name.length <= maxLength) return undefined;
  const suggestion = slug(name);
  return {
    message: `this cannot name ${aKind(kind)}`,
    fix: suggestion === '' ? 'choose another name' : `choose another name, for example \`${suggestion}\``,
  };
}

function reserved(kind: NameKind, name: string): Fault | undefined {
  const words = reservedWords[kind];
  if (!words.includes(name)) return undefined;
  return {
    message: `\`${name}\` is reserved and cannot name ${aKind(kind)}`,
    fix: `choose another name; reserved are ${words.join(', ')}`,
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
