import { textRule } from '../language/rules/text';
import { list, map, optional, patternRule, text, type Output } from '../language/schema';
import { until } from '../language/until';
import { Place } from '../source/place';
import type { SourceFile } from '../source/source-file';

const checkRule = patternRule(/^[a-z][a-z0-9-]*$/, 'the name of a check such as auth-role', {
  message: 'this is not the name of a check',
  fix: 'write the name that the problem shows',
});

const exception = map({
  check: text(checkRule).describe('Check of escalations, by the name that its problem shows.'),
  principal: text(textRule).describe(
    'Principal that may have the access, as the problem shows it, for example approle:approle/role/ledger-devel-ro-role.',
  ),
  reason: text(textRule).describe('Reason, in one sentence, for reviewers.'),
  until,
});

/** Access of tenants' principals that would let them get more access, and is accepted nevertheless. */
export const exceptionsSchema = optional(
  list(exception, 'a list of exceptions', ({ check, principal }) => `${check} of ${principal}`),
  [],
);

/** An accepted risk, and its place in the inventory. */
export type EscalationException = Output<typeof exception> & { readonly place: Place };

export const linkExceptions = (
  exceptions: readonly Output<typeof exception>[],
  source: SourceFile,
): EscalationException[] =>
  exceptions.map((each, index) => ({ ...each, place: new Place(source, ['exceptions', index]) }));
