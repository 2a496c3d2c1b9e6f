import type { Finding } from './finding';

/** Accepts findings of one rule for a time. */
export interface Suppression {
  /** Id of a rule. */
  readonly rule: string;
  /** Name of a policy. @default - all, if there is a principal; one of the two is needed */
  readonly policy?: string;
  /** Id of a principal. */
  readonly principal?: string;
  readonly reason: string;
  /** Last day, `2030-01-31`, in UTC. */
  readonly until: string;
}

/** First moment at which a suppression no longer counts. NaN if the day is none. */
const endOf = ({ until }: Suppression): number =>
  /^\d{4}-\d\d-\d\d$/.test(until) ? Date.parse(`${until}T00:00:00Z`) + 24 * 3_600_000 : NaN;

const covers = ({ rule, policy, principal }: Suppression, finding: Finding): boolean =>
  rule === finding.rule &&
  (policy !== undefined || principal !== undefined) &&
  (policy === undefined || policy === finding.policy) &&
  (principal === undefined || principal === finding.principal);

const inWords = ({ rule, policy, principal }: Suppression): string =>
  `the suppression of ${rule} for ${[policy, principal].filter((name) => name !== undefined).join(' and ') || 'nothing'}`;

/**
 * Leaves out findings that are suppressed, and adds one for each suppression that has expired, that suppresses nothing or that is wrong.
 *
 * @param now milliseconds since 1970
 */
export const applySuppressions = (
  findings: readonly Finding[],
  suppressions: readonly Suppression[],
  now: number,
): { readonly findings: readonly Finding[]; readonly suppressed: number } => {
  const about: Finding[] = [];
  const valid: Suppression[] = [];
  for (const suppression of suppressions) {
    const end = endOf(suppression);
    const isUsed = findings.some((finding) => covers(suppression, finding));
    if (Number.isNaN(end) || suppression.reason.trim() === '') {
      const message = `${inWords(suppression)} needs a reason and a last day such as 2030-01-31`;
      about.push({ rule: 'suppression', severity: 'error', message });
    } else if (!isUsed) {
      about.push({
        rule: 'suppression',
        severity: 'note',
        message: `${inWords(suppression)} suppresses nothing: delete it`,
      });
    } else if (end <= now) {
      const message = `${inWords(suppression)} expired on ${suppression.until}: fix the finding, or decide again`;
      about.push({ rule: 'suppression', severity: 'warning', message });
    } else {
      valid.push(suppression);
    }
  }
  const kept = findings.filter((finding) => !valid.some((suppression) => covers(suppression, finding)));
  return { findings: [...about, ...kept], suppressed: findings.length - kept.length };
};
