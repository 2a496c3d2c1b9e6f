import type { Report } from './entry';
import { placeOf } from './say';

const header = [
  ...[
    'cluster',
    'team',
    'tenant',
    'environment',
    'method',
    'mount',
    'role',
    'change',
    'operation',
    'pattern',
    'except',
  ],
  ...['conditions', 'example', 'danger', 'policy', 'line', 'declared in'],
];

/**
 * A report as CSV of RFC 4180, one row for each principal, operation and pattern. A value that a spreadsheet would compute as a formula
 * begins with an apostrophe.
 */
export function csvReport({ entries }: Report): string {
  const rows = entries.flatMap(({ holder, direction, danger, grants }) =>
    grants.map(({ operation, include, within, except, conditions, witness, stanza }) => [
      ...[holder.cluster, holder.owner?.team, holder.owner?.tenant, holder.owner?.environment],
      ...[holder.kind, holder.mount, holder.name, direction, operation, [include, ...within].join(' and ')],
      ...[except.join(' '), conditions.join('; '), witness, danger.level],
      ...[stanza.policy, String(stanza.line), placeOf(stanza.source)],
    ]),
  );
  return [header, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

/** A value of a row. */
export function csvCell(value = ''): string {
  const text = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
