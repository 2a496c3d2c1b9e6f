import { dangerOf, type DangerReason } from '../../../access/report/danger-level';
import type { Entry, Grant, Holder, Report } from '../../../access/report/entry';

export const owner = { team: 'payments', tenant: 'ledger', environment: 'devel' };

/** A principal of a tenant. */
export const exampleHolder = (more: Partial<Holder> = {}): Holder => ({
  id: 'approle:approle/role/ledger',
  kind: 'approle',
  mount: 'approle',
  name: 'ledger',
  presence: 'both',
  owner,
  ...more,
});

/** Reading of a document. */
export const exampleGrant = (more: Partial<Grant> = {}): Grant => ({
  operation: 'read',
  include: 'kv/data/ledger/a',
  within: [],
  except: [],
  witness: 'kv/data/ledger/a',
  conditions: [],
  stanza: {
    policy: 'ledger-ro',
    path: 'kv/data/ledger/a',
    line: 3,
    text: 'path "kv/data/ledger/a" {\n  capabilities = ["read"]\n}',
    source: { file: 'ledger.yaml', line: 7 },
  },
  ...more,
});

/** A line of a report, with what makes it dangerous. */
export const exampleEntry = (more: Partial<Entry> = {}, ...reasons: readonly DangerReason[]): Entry => ({
  holder: exampleHolder(),
  direction: 'gained',
  isNarrower: false,
  verbs: ['read'],
  what: 'ledger/a',
  where: 'kv',
  within: [],
  except: [],
  area: 'kv',
  grants: [exampleGrant()],
  danger: dangerOf(reasons),
  ...more,
});

/** A report on a difference. */
export const exampleReport = (entries: readonly Entry[], more: Partial<Report> = {}): Report => ({
  kind: 'diff',
  before: 'main',
  after: 'the inventory',
  principals: 3,
  gaps: [],
  entries,
  ...more,
});

/** A value without one of its properties. */
export const without = <T extends object, K extends keyof T>(value: T, key: K): Omit<T, K> =>
  Object.fromEntries(Object.entries(value).filter(([name]) => name !== key)) as Omit<T, K>;
