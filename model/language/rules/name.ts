import { environmentPlaceholder, ownPolicies, provisionerMount, reservedPolicies, reservedTeams } from '../../names';
import type { Fault, Rule } from '../rule';

/** Prefixes of the API of the key-value engine of version 2. */
export const keyValuePrefixes = ['data', 'metadata', 'delete', 'undelete', 'destroy'] as const;

/** Words that a name cannot be, by what it names. What is in an engine follows a tenant’s name and can be any. */
const reservedWords = {
  cluster: reservedPolicies,
  environment: reservedPolicies,
  team: [...reservedPolicies, ...reservedTeams],
  // Folders of tenants, in an engine whose API has these prefixes.
  tenant: [...reservedPolicies, ...keyValuePrefixes],
  // What a tenant's key set and grants to itself have.
  policy: ownPolicies,
  // The methods that every cluster or server has, below the same `auth/`.
  'auth method': ['approle', 'cert', provisionerMount, 'token', 'userpass'],
  // Words that `signedBy` has for roots.
  authority: ['offline', 'self'],
  connection: [],
  certificate: [],
  key: [],
  'database role': [],
  'AWS role': [],
  'SSH role': [],
  agent: [],
  // What every deployment connects to, each by a NetworkPolicy of its own.
  destination: ['api-server', 'database', 'metadata', 'metadata-of-node', 'seal'],
} as const satisfies Record<string, readonly string[]>;

/** What an inventory name names. */
export type NameKind = keyof typeof reservedWords;

/** Whether a name is that of a server of an embedded cluster, such as `node-1`. A start is of environments, or of one of them. */
export const isServerName = (name: string): boolean => /^node-\d+$/.test(name);

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

/**
 * The name of a policy in a tenant's file. Passes `{environment}`, which names had formerly: the linker knows the tenant, and so the name to
 * write.
 */
export const policyNameRule: Rule = {
  ...nameRule('policy'),
  fault: (name) => nameRule('policy').fault(withoutEnvironment(name)),
};

/** Refers to a policy of a tenant's file, or to one that every tenant has. */
export const policyReferenceRule: Rule = {
  ...nameRule('policy'),
  fault: (name) => wrongForm('policy', withoutEnvironment(name)),
};

const withoutEnvironment = (name: string): string => name.replaceAll(environmentPlaceholder, 'e');

/** `an environment`, `a policy` */
const aKind = (kind: NameKind): string => `${/^([aeio]|AWS|SSH)/.test(kind) ? 'an' : 'a'} ${kind}`;

function wrongForm(kind: NameKind, name: string): Fault | undefined {
  if (pattern.test(name) && name.length <= maxLength) return undefined;
  const suggestion = slug(name);
  return {
    message: `this cannot name ${aKind(kind)}`,
    fix: suggestion === '' ? 'choose another name' : `choose another name, for example \`${suggestion}\``,
  };
}

function reserved(kind: NameKind, name: string): Fault | undefined {
  const words: readonly string[] = reservedWords[kind];
  if (kind === 'environment' && isServerName(name)) {
    return {
      message: `\`${name}\` is the name of a server and cannot name an environment`,
      fix: 'choose another name',
    };
  }
  if (!words.includes(name)) return undefined;
  return {
    message: `\`${name}\` is reserved and cannot name ${aKind(kind)}`,
    fix: `choose another name; reserved are ${words.join(', ')}`,
  };
}

/** The nearest acceptable name; empty when nothing of the given one is left. */
function slug(name: string): string {
  const words = name
    .slice(0, maxLength)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  return words.replace(/^[0-9-]+|-$/g, '');
}
