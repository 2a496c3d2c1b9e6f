import type { AttemptReason, AttemptResult } from './attempt';
import type { Rehearsal } from './rehearse';

export interface DescribeOptions {
  /** Name of the environment. */
  readonly title: string;
  readonly seed: number;
  readonly colours: { readonly bold: Paint; readonly green: Paint; readonly red: Paint; readonly dim: Paint };
}

type Paint = (text: string) => string;

const reasons: Readonly<Record<AttemptReason, string>> = {
  expectation: 'expectations',
  witness: 'paths gained and lost',
  isolation: 'documents of other tenants',
};

/** Whether the server decided otherwise than computed, anywhere. */
export const hasDifferences = ({ loginDifferences, results }: Rehearsal): boolean =>
  loginDifferences.length > 0 || results.some(({ outcome }) => outcome === 'differs');

/** The result for a terminal: counts, then each difference, then why attempts were not sent. */
export function describeRehearsal(rehearsal: Rehearsal, { title, seed, colours }: DescribeOptions): string {
  const { logins, loginDifferences, results } = rehearsal;
  const { bold, green, red, dim } = colours;
  const counts = Object.entries(reasons).flatMap(([reason, words]) => {
    const own = results.filter(({ attempt }) => attempt.reason === reason);
    if (own.length === 0) return [];
    const tried = own.filter(({ outcome }) => outcome !== 'not-tried').length;
    const different = own.filter(({ outcome }) => outcome === 'differs').length;
    const verdict = different === 0 ? green('as computed') : red(`${different} differ`);
    return [`  ${words}: ${tried} tried, ${verdict}${own.length > tried ? `, ${own.length - tried} not tried` : ''}`];
  });
  const differences = [
    ...loginDifferences.map(
      ({ principal, computed, policies }) =>
        `${red('differs')}  ${principal.id}\n  computed: ${computed.join(', ')}\n  server:   ${policies.join(', ')}`,
    ),
    ...results.filter(({ outcome }) => outcome === 'differs').map((result) => describeDifference(result, red)),
  ];
  const notes = new Map<string, number>();
  for (const { note } of results) if (note !== undefined) notes.set(note, (notes.get(note) ?? 0) + 1);
  const byLogin = `  logins: ${logins.login} by their own method, ${logins.policies} by a token with their policies`;
  return [
    bold(`Rehearsal of ${title}`),
    byLogin,
    ...counts,
    ...differences,
    ...[...notes].map(([note, count]) => dim(`  not tried, ${count} times: ${note}`)),
    dim(`  seed ${seed} selected the documents of other tenants`),
  ].join('\n');
}

function describeDifference({ attempt, computed, status }: AttemptResult, red: Paint): string {
  const { principal, operation, path, place } = attempt;
  const where = place?.file === undefined ? '' : `\n  place:    ${place.file}:${place.line ?? 1}`;
  const answer = `HTTP ${status ?? '?'}`;
  return `${red('differs')}  ${principal.id}: ${operation} ${path}\n  computed: ${computed === true ? 'allowed' : 'denied'}\n  server:   ${answer}${where}`;
}
