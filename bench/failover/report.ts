import type { Fault } from '../../__tests__/support/servers/faults';
import type { Witnessed } from '../../__tests__/support/servers/outages';
import { columns } from '../../cli/table';
import { median } from '../median';

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

/** One line of what clients saw, with what one needs to explain it. */
export function describeChange({ fault, outage, keptOutage, withoutEndpoint, failures, lost }: Change): string {
  const span = ({ from, milliseconds }: Change['outage']): string =>
    `${seconds(milliseconds)} s from ${seconds(from)} s on`;
  const failed = Object.entries(failures).map(([reason, count]) => `${count} × ${reason.split('\n')[0] ?? ''}`);
  return [
    `${fault}: no write for ${span(outage)}, kept connections ${span(keptOutage)}; no endpoint for ${span(withoutEndpoint)}`,
    ...failed.map((reason) => `    ${reason}`),
    ...lost.map((what) => `    LOST ${what}`),
  ].join('\n');
}

/** The table of outages. */
export function describeChanges(changes: readonly Change[]): string {
  const kinds = [...new Set(changes.map(({ fault }) => fault))];
  const rows = kinds.map((kind) => {
    const own = changes.filter(({ fault }) => fault === kind);
    const spread = (outages: readonly number[]): string[] =>
      [median(outages), percentile(outages, 0.95), Math.max(...outages)].map(seconds);
    const values = [
      ...spread(own.map(({ outage }) => outage.milliseconds)),
      ...spread(own.map(({ keptOutage }) => keptOutage.milliseconds)),
    ];
    const gap = seconds(median(own.map(({ withoutEndpoint }) => withoutEndpoint.milliseconds)));
    const lost = own.reduce((sum, change) => sum + change.lost.length, 0);
    return [kind, String(own.length), ...values, gap, String(lost)];
  });
  return columns([
    ['what', 'n', 'median s', 'p95', 'max', 'kept: median s', 'p95', 'max', 'no endpoint s', 'lost'],
    ...rows,
  ]);
}
