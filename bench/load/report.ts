import { columns } from '../../cli/table';
import type { LoadResult, RunResult, TokenType } from './plan';
import type { ProcessorTime } from './processor-time';

/** The table of one run. */
export function describeRun(result: RunResult): string {
  const rows = result.loads.map(({ name, wanted, held, latency, errors, repeated, waiting }) => [
    name,
    ...[wanted, held, latency.p50, latency.p99, latency.max].map(rounded),
    ...[errors, repeated, waiting].map(String),
  ]);
  const head = ['load', 'wanted/s', 'held/s', 'p50 ms', 'p99 ms', 'max ms', 'errors', 'repeated', 'waiting'];
  const table = [head, ...rows].map(([first = '', ...cells]) => [
    first,
    ...cells.map((cell, index) => cell.padStart((head[index + 1] ?? '').length)),
  ]);
  const failures = Object.entries(result.failures).map(([reason, count]) => `  ${count} × ${reason}`);
  return [
    columns(table),
    ...failures,
    `  ${result.verified} documents looked up afterwards, ${result.lost.length} not as acknowledged`,
    ...(result.cores === undefined ? [] : [describeCores(result.cores)]),
    ...result.lost.slice(0, 10).map((path) => `  lost: ${path}`),
  ].join('\n');
}

function describeCores({ cluster, generator, machine }: ProcessorTime): string {
  const other = Math.max(0, machine - cluster - generator);
  return `  cores busy: ${cluster.toFixed(2)} cluster, ${generator.toFixed(2)} generator, ${other.toFixed(2)} anything else`;
}

/** A rate is held if no request fails, and at most the requests of a quarter of a second are waiting at the end. */
export const isHeld = ({ loads }: RunResult): boolean => loads.every(isLoadHeld);

const isLoadHeld = ({ wanted, errors, waiting }: LoadResult): boolean =>
  errors === 0 && waiting <= Math.max(1, wanted / 4);

/** Result for one type of token. */
export interface Finding {
  readonly tokenType: TokenType;
  /** The run at the highest rates, held or not: every type of token has one. */
  readonly first: RunResult;
  /** The last share of the rates that was tried. */
  readonly fraction: number;
  readonly held: boolean;
}

/** Held rates for each type of token, and a comparison of logins at the same rates. */
export function describeFindings(findings: readonly Finding[]): string {
  const lines = findings.map(({ tokenType, fraction, held }) =>
    held
      ? `${tokenType} tokens: all three loads are held at once at ${percent(fraction)} of the rates`
      : `${tokenType} tokens: not all three loads are held at once even at ${percent(fraction)} of the rates`,
  );
  const [service, batch] = findings.map(({ first }) => first.loads.find(({ name }) => name === 'AppRole login'));
  if (service === undefined || batch === undefined) return lines.join('\n');
  const ratio = (one: number, other: number): string => (other === 0 ? 'more' : `${(one / other).toFixed(1)} times`);
  const logins =
    `logins at the same rates, batch to service: ${ratio(batch.held, service.held)} the held rate, ` +
    `${ratio(batch.latency.p50, service.latency.p50)} the p50, ${ratio(batch.latency.p99, service.latency.p99)} the p99`;
  return [...lines, logins].join('\n');
}

/** Duration of the outage after a node was killed. */
export function describeOutage({ longestGap, loads }: RunResult, killed: string): string {
  const waiting = loads.reduce((sum, load) => sum + load.waiting, 0);
  return (
    `${killed} was killed while it was active: longest gap without an answer ${(longestGap / 1000).toFixed(1)} s; ` +
    `at the end ${waiting} requests were waiting`
  );
}

export const percent = (fraction: number): string => `${Number((fraction * 100).toFixed(1))} %`;

const rounded = (value: number): string => value.toFixed(value < 100 ? 1 : 0);
