import { median } from '../../../bench/median';
import { columns } from '../../../cli/table';
import type { Fault } from '../../support/deployment/faults';
import type { Witnessed } from '../../support/deployment/outages';

/** One change of leader. */
export interface Change extends Witnessed {
  readonly fault: Fault;
}

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(2);

/** The smallest value that a share of all values does not exceed; NaN if there are none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** What clients saw of one change, with what one needs to explain it. */
export function describeChange({ fault, outage, keptOutage, withoutEndpoint, failures, lost }: Change): string {
  const span = ({ from, milliseconds }: Change['outage']): string =>
    `${seconds(milliseconds)} s from ${seconds(from)} s on`;
  const failed = failures.map((reasons, index) => {
    const counts = Object.entries(reasons).map(([reason, count]) => `${count} × ${reason}`);
    return `  ${index === 0 ? 'own connections: ' : 'kept connections:'} ${counts.join('; ') || 'no failure'}`;
  });
  return [
    `${fault}: no endpoint for ${span(withoutEndpoint)}; no write for ${span(outage)}, over kept connections for ${span(keptOutage)}`,
    ...failed,
    ...lost.map((what) => `  LOST ${what}`),
  ].join('\n');
}

/** The table of outages, in seconds. */
export function describeChanges(changes: readonly Change[]): string {
  const kinds = [...new Set(changes.map(({ fault }) => fault))];
  const rows = kinds.map((kind) => {
    const own = changes.filter(({ fault }) => fault === kind);
    const spread = (of: (change: Change) => Change['outage']): string[] => {
      const values = own.map((change) => of(change).milliseconds);
      return [median(values), percentile(values, 0.95), Math.max(...values)].map(seconds);
    };
    return [
      kind,
      String(own.length),
      ...spread(({ withoutEndpoint }) => withoutEndpoint),
      ...spread(({ outage }) => outage),
      ...spread(({ keptOutage }) => keptOutage),
      String(own.reduce((sum, { lost }) => sum + lost.length, 0)),
    ];
  });
  const of = ['median', 'p95', 'max'];
  return columns([
    ['', '', 'no endpoint', '', '', 'no write', '', '', 'no write, kept connections', '', '', ''],
    ['what', 'n', ...of, ...of, ...of, 'lost'],
    ...rows,
  ]);
}
