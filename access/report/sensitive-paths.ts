import { operations, type Operation } from '../decide/request';
import type { Mount } from '../principals/access-model';
import { patternOf } from '../proof/pattern';
import { PatternIndex } from '../proof/pattern-index';
import type { DangerLevel } from './danger-level';

/** Paths that lead to more access than they name. */
export interface SensitivePath {
  readonly operations: readonly Operation[];
  readonly level: DangerLevel;
  /** What the access permits. */
  readonly text: string;
}

const changes: readonly Operation[] = ['create', 'update', 'patch', 'delete'];
const writes: readonly Operation[] = ['create', 'update', 'patch'];

const list: readonly (readonly [patterns: readonly string[], ...SensitivePath[]])[] = [
  [
    ['sys/policies/*', 'sys/policy/*'],
    { operations: changes, level: 'critical', text: 'changes policies, and so obtains any access' },
  ],
  [
    ['sys/auth/*'],
    { operations: changes, level: 'critical', text: 'enables or changes auth methods, and so who can log in' },
  ],
  [
    ['role/*', 'roles/*', 'groups/*', 'users/*', 'map/*', 'certs/*', 'config', 'config/*'].flatMap((rest) => [
      `auth/+/${rest}`,
      `auth/+/+/${rest}`,
    ]),
    { operations: changes, level: 'critical', text: 'changes logins, and so who gets which policies' },
  ],
  [
    ['identity/*'],
    { operations: changes, level: 'critical', text: 'changes entities or groups, and so who gets which policies' },
  ],
  [
    ['auth/token/create*'],
    { operations: writes, level: 'high', text: 'creates tokens, which outlive the login or have policies of a role' },
  ],
  [
    ['auth/+/role/+/secret-id', 'auth/+/+/role/+/secret-id'],
    { operations: writes, level: 'high', text: 'issues credentials of a login, and so acts as it' },
  ],
  [
    ['sys/generate-root*', 'sys/rekey*', 'sys/raw*', 'sys/storage/*', 'sys/seal', 'sys/step-down', 'sys/plugins/*'],
    { operations, level: 'critical', text: 'operates the server itself' },
  ],
  [
    ['sys/audit/*', 'sys/audit-hash/*', 'sys/config/*'],
    { operations: changes, level: 'critical', text: 'changes audit or configuration of the server' },
  ],
  [
    ['sys/mounts/*', 'sys/remount*', 'sys/leases/*', 'sys/namespaces/*', 'sys/quotas/*'],
    { operations: changes, level: 'high', text: 'changes engines, leases or limits of everybody' },
  ],
];

/** Inside an engine, by its type. */
const inEngines: Readonly<Record<string, readonly (readonly [patterns: readonly string[], SensitivePath])[]>> = {
  pki: [
    [
      ['root/*', 'intermediate/*', 'config/*', 'keys/*', 'issuers/*', 'issuer/*'],
      { operations: changes, level: 'critical', text: 'changes a certificate authority, or signs with its root' },
    ],
    [
      ['sign-verbatim*', 'roles/*', 'sign-self-issued'],
      { operations: changes, level: 'critical', text: 'gets certificates with any name' },
    ],
  ],
  transit: [
    [['export/*', 'backup/*'], { operations: ['read'], level: 'critical', text: 'takes keys out of the server' }],
    [['keys/*', 'restore/*'], { operations: changes, level: 'high', text: 'changes or deletes keys' }],
  ],
  database: [
    [
      ['config/*', 'roles/*', 'static-roles/*'],
      { operations: changes, level: 'critical', text: 'runs statements with the account of the engine' },
    ],
  ],
  aws: [
    [
      ['config/*', 'roles/*'],
      { operations: changes, level: 'critical', text: 'gets any credentials that the engine can give' },
    ],
  ],
  ssh: [[['config/*', 'roles/*'], { operations: changes, level: 'critical', text: 'gets signatures for any account' }]],
  'kv-v2': [
    [['destroy/*'], { operations: writes, level: 'high', text: 'destroys versions, which cannot be restored' }],
    [['metadata/*'], { operations: ['delete'], level: 'high', text: 'deletes all versions, which cannot be restored' }],
  ],
};

/** With the pattern itself, to compare it with exceptions. */
interface Entry extends SensitivePath {
  readonly pattern: string;
}

const everywhere = new PatternIndex<Entry>();
for (const [patterns, ...entries] of list) {
  for (const pattern of patterns)
    for (const entry of entries) everywhere.add(patternOf(pattern), { ...entry, pattern });
}

const byType = new Map<string, PatternIndex<Entry>>();
for (const [type, entries] of Object.entries(inEngines)) {
  const index = new PatternIndex<Entry>();
  for (const [patterns, entry] of entries)
    for (const pattern of patterns) index.add(patternOf(pattern), { ...entry, pattern });
  byType.set(type, index);
}

/** A set of paths of one operation, and the engine they are in, if it is known. */
export interface PathsOfOperation {
  readonly operation: Operation;
  readonly include: string;
  readonly except: readonly string[];
  readonly mount: Mount | undefined;
}

/** The sensitive paths in a set, each kind once. */
export function sensitivePaths({ operation, include, except, mount }: PathsOfOperation): readonly SensitivePath[] {
  const found = new Map<string, SensitivePath>();
  const collect = (index: PatternIndex<Entry>, prefix: string): void => {
    for (const each of index.overlapping(patternOf(include.slice(prefix.length)))) {
      if (!each.operations.includes(operation) || except.some((other) => covers(other, prefix + each.pattern)))
        continue;
      found.set(each.text, each);
    }
  };
  collect(everywhere, '');
  if (mount !== undefined) {
    const inside = byType.get(mount.type);
    if (inside !== undefined) collect(inside, mount.path);
  }
  return [...found.values()];
}

/** Whether the first pattern plainly includes the second. Where it does so in another way, a set is rated too high. */
const covers = (outer: string, inner: string): boolean =>
  outer === inner || (outer.endsWith('*') && !outer.includes('+') && inner.startsWith(outer.slice(0, -1)));
