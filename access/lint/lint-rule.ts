import type { Finding, Severity } from './finding';
import type { LintContext } from './lint-context';

/** What a rule reports: the rest of a {@link Finding} follows from it. */
export type Report = Omit<Finding, 'rule' | 'severity' | 'cluster' | 'source'>;

export interface LintRule {
  /** Words that name the page docs/lints/<id>.md. */
  readonly id: string;
  readonly severity: Severity;
  /** What the rule finds, a noun phrase for tables. */
  readonly title: string;
  readonly check: (context: LintContext) => readonly Report[];
}
