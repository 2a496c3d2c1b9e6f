import { operations, type Operation } from '../decide/request';
import type { Mount } from '../principals/access-model';

/** A pattern in the words of people: verb, thing, and the engine that has it. */
export interface Wording {
  readonly verb: string;
  readonly what: string;
  readonly where?: string;
  /** Removes from a pattern what was removed from {@link what}. */
  readonly shorten: (pattern: string) => string;
}

type Verbs = Partial<Record<Operation, string>>;

const write = (verb: string): Verbs => ({ create: verb, update: verb });

/** What an operation on `<mount>/<word>/…` does to the thing named after the word. */
const vocabulary: Readonly<Record<string, Readonly<Record<string, Verbs>>>> = {
  'kv-v2': {
    data: { read: 'read', create: 'create', update: 'update', patch: 'patch', delete: 'delete the latest version of' },
    metadata: {
      list: 'list',
      scan: 'list recursively',
      read: 'read the history of',
      ...write('change the settings of'),
      patch: 'change the settings of',
      delete: 'delete all versions of',
    },
    delete: write('delete versions of'),
    undelete: write('restore versions of'),
    destroy: write('destroy versions of'),
    subkeys: { read: 'read the keys in' },
  },
  transit: {
    encrypt: write('encrypt with'),
    decrypt: write('decrypt with'),
    rewrap: write('rewrap with'),
    sign: write('sign with'),
    verify: write('verify with'),
    hmac: write('compute HMACs with'),
    datakey: write('generate data keys with'),
    export: { read: 'export' },
    backup: { read: 'back up' },
  },
  pki: { issue: write('issue certificates of'), sign: write('sign certificates of') },
  database: { creds: { read: 'get accounts of' }, 'static-creds': { read: 'read the password of' } },
  aws: {
    creds: { read: 'get credentials of', ...write('get credentials of') },
    sts: { read: 'get credentials of', ...write('get credentials of') },
  },
  ssh: { sign: write('sign keys for') },
};

/** Words that begin the paths inside an engine: they do not belong to the name of a mount. */
const apiWords = new Set(Object.values(vocabulary).flatMap((words) => Object.keys(words)));

/** A path may begin with a word that every object has, such as `constructor`. */
const ownValue = <T>(map: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(map, key) ? map[key] : undefined;

/** The engine that all paths of a pattern belong to: mounts do not contain each other. */
export const mountOf = (pattern: string, mounts: readonly Mount[]): Mount | undefined =>
  mounts.find(({ path }) => pattern.startsWith(path));

/** Says a pattern in the words of its engine; a pattern that is about more than one kind of thing stays as it is. */
export function wordsFor(operation: Operation, pattern: string, mount: Mount | undefined): Wording {
  if (mount === undefined) return { verb: operation, what: pattern, shorten: (other) => other };
  const where = mount.path.replace(/\/$/, '');
  const shortenBy = (prefix: string): Wording['shorten'] => {
    return (other) => (other.startsWith(prefix) ? other.slice(prefix.length) : other);
  };
  const inside = pattern.slice(mount.path.length);
  const slash = inside.indexOf('/');
  const words = ownValue(ownValue(vocabulary, mount.type) ?? {}, inside.slice(0, Math.max(slash, 0)));
  const verb = words?.[operation];
  const prefix = pattern.slice(0, mount.path.length + (verb === undefined ? 0 : slash + 1));
  return { verb: verb ?? operation, what: pattern.slice(prefix.length), where, shorten: shortenBy(prefix) };
}

/**
 * What a pattern belongs to, as a heading: its mount, `sys`, or the literal beginning of a pattern whose
 * engine is not known; `*` for patterns that begin with a wildcard.
 */
export function areaOf(pattern: string, mount: Mount | undefined): string {
  if (mount !== undefined) return mount.path.replace(/\/$/, '');
  const segments = pattern.split('/');
  const [first = ''] = segments;
  if (first === 'sys' || first === 'identity' || first === 'cubbyhole') return first;
  const end = segments.findIndex((segment) => segment === '+' || segment.endsWith('*') || apiWords.has(segment));
  const literal = segments.slice(0, end < 0 ? Math.max(1, segments.length - 1) : end);
  return literal.length === 0 ? '*' : literal.slice(0, 3).join('/');
}

const order: readonly string[] = [...new Set<string>(['read', 'list', 'write', ...operations])];

/** Verbs in the order in which people say them; `create` and `update` together are `write`. */
export function sayVerbs(verbs: ReadonlySet<string>): string[] {
  const said = new Set(verbs);
  if (said.has('create') && said.has('update')) {
    said.delete('create');
    said.delete('update');
    said.add('write');
  }
  return [...order.filter((verb) => said.has(verb)), ...[...said].filter((verb) => !order.includes(verb))];
}
