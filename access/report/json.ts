import type { Source } from '../principals/access-model';
import type { Entry, Report } from './entry';
import { countEntries, verdictOn } from './verdict';

/** A report as JSON. `format` changes when a key changes its meaning or disappears; new keys can appear at any time. */
export interface JsonReport {
  readonly format: 1;
  readonly kind: 'diff' | 'access';
  /** What was compared. Absent for `access`. */
  readonly before?: string;
  readonly after: string;
  /** Whether something is gained, or allowed under other conditions. */
  readonly widened: boolean;
  readonly summary: string;
  /** What is not part of the answer. */
  readonly gaps: readonly string[];
  readonly principals: number;
  readonly counts: Readonly<Record<string, number>>;
  /** Most dangerous first. */
  readonly entries: readonly JsonEntry[];
}

/** One principal and one set of things. */
export interface JsonEntry {
  readonly direction: 'gained' | 'changed' | 'lost' | 'held';
  readonly danger: string;
  readonly reasons: readonly string[];
  readonly principal: {
    readonly id: string;
    readonly kind: string;
    readonly mount: string;
    readonly role: string;
    readonly cluster?: string;
    readonly team?: string;
    readonly tenant?: string;
    readonly environment?: string;
    /** Whether it is in `both`, or was `added` or `removed`. */
    readonly presence: string;
    readonly source?: Source;
  };
  readonly verbs: readonly string[];
  readonly what: string;
  readonly where?: string;
  readonly within: readonly string[];
  readonly except: readonly string[];
  /** Whether conditions that change allow nothing that was not allowed before. */
  readonly isNarrower: boolean;
  /** The same, exactly: for each operation the pattern in the syntax of policies, a path of it, and the stanza. */
  readonly grants: Entry['grants'];
}

/** A report as a value for `JSON.stringify`. */
export function jsonReport(report: Report): JsonReport {
  const { widened, title, detail } = verdictOn(report);
  const { directions, levels } = countEntries(report);
  return {
    format: 1,
    kind: report.kind,
    ...(report.before !== undefined && { before: report.before }),
    after: report.after,
    widened,
    summary: `${title} ${detail}`.trim(),
    gaps: report.gaps,
    principals: report.principals,
    counts: { ...directions, ...levels },
    entries: report.entries.map(jsonEntry),
  };
}

function jsonEntry({
  holder,
  direction,
  verbs,
  what,
  where,
  within,
  except,
  isNarrower,
  grants,
  danger,
}: Entry): JsonEntry {
  const { id, kind, mount, name, cluster, owner, presence, source } = holder;
  return {
    direction,
    danger: danger.level,
    reasons: danger.reasons.map(({ text }) => text),
    principal: {
      id,
      kind,
      mount,
      role: name,
      ...(cluster !== undefined && { cluster }),
      ...owner,
      presence,
      ...(source && { source }),
    },
    verbs,
    what,
    ...(where !== undefined && { where }),
    within,
    except,
    isNarrower,
    grants,
  };
}
