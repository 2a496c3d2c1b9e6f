import type { Position } from '../policy/policy';
import type { Source } from '../principals/access-model';

/** `error`: access differs from what the text says. `warning`: probably not meant. `note`: good to know. */
export const severities = ['error', 'warning', 'note'] as const;

export type Severity = (typeof severities)[number];

/** What a rule found. */
export interface Finding {
  /** Id of the rule, for example `dead-stanza`. */
  readonly rule: string;
  readonly severity: Severity;
  /** What is wrong and how to fix it, one sentence without a full stop. */
  readonly message: string;
  /** Cluster of the model, if it has a name. */
  readonly cluster?: string;
  readonly policy?: string;
  /** Id of the principal. */
  readonly principal?: string;
  /** Pattern of the stanza. */
  readonly path?: string;
  /** Place of the stanza in the text of the policy. */
  readonly position?: Position;
  /** Where the policy or the principal is written. */
  readonly source?: Source;
}
