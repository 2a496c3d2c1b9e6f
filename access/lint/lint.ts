import type { AccessModel, Source } from '../principals/access-model';
import { severities, type Finding } from './finding';
import { LintContext } from './lint-context';
import type { LintRule, Report } from './lint-rule';
import { lintRules } from './rules';
import { applySuppressions, type Suppression } from './suppression';

export interface LintOptions {
  /** Milliseconds since 1970: stanzas and suppressions expire. */
  readonly now: number;
  /** @default - none */
  readonly suppressions?: readonly Suppression[];
}

export interface LintResult {
  /** Most severe first, then by rule, policy and place. */
  readonly findings: readonly Finding[];
  /** Number of findings that were suppressed. */
  readonly suppressed: number;
}

/** Checks the policies and principals of servers with all rules. */
export const lint = (models: readonly AccessModel[], { now, suppressions = [] }: LintOptions): LintResult => {
  const found = models.flatMap((model) => {
    const context = new LintContext(model, now);
    return lintRules.flatMap((rule) => rule.check(context).map((report) => toFinding(report, rule, model)));
  });
  const { findings, suppressed } = applySuppressions(found, suppressions, now);
  return { findings: [...findings].sort(compare), suppressed };
};

const toFinding = (report: Report, { id, severity }: LintRule, model: AccessModel): Finding => {
  const source = sourceOf(report, model);
  return {
    rule: id,
    severity,
    ...report,
    ...(model.cluster !== undefined && { cluster: model.cluster }),
    ...(source !== undefined && { source }),
  };
};

const sourceOf = ({ policy, principal }: Report, { policies, principals }: AccessModel): Source | undefined =>
  policy === undefined ? principals.find(({ id }) => id === principal)?.source : policies.get(policy)?.source;

const rank = ({ severity }: Finding): number => severities.indexOf(severity);

const compare = (a: Finding, b: Finding): number =>
  rank(a) - rank(b) ||
  compareTexts(a.rule, b.rule) ||
  compareTexts(a.policy ?? a.principal ?? '', b.policy ?? b.principal ?? '') ||
  (a.position?.line ?? 0) - (b.position?.line ?? 0);

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
