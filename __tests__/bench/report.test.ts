import type { LoadResult, RunResult } from '../../bench/load/plan';
import { describeFindings, describeOutage, describeRun, isHeld } from '../../bench/load/report';

const load = (changes: Partial<LoadResult> = {}): LoadResult => ({
  name: 'AppRole login',
  wanted: 160,
  held: 160,
  latency: { p50: 3.14, p99: 42, max: 1234.5 },
  errors: 0,
  repeated: 0,
  waiting: 0,
  ...changes,
});
const run = (changes: Partial<LoadResult> = {}, others: Partial<RunResult> = {}): RunResult => ({
  loads: [load(changes)],
  failures: {},
  longestGap: 20,
  verified: 7,
  lost: [],
  cores: { cluster: 1.2, generator: 0.25, machine: 1.9 },
  ...others,
});

describe('the report of a load', () => {
  it('is a table, with what went wrong below it', () => {
    const lost = ['v1/ci/kv/data/run-1/3'];
    expect(describeRun(run({ errors: 2 }, { failures: { 'login: HTTP 400': 2 }, lost }))).toBe(
      [
        '  load           wanted/s  held/s  p50 ms  p99 ms  max ms  errors  repeated  waiting',
        '  AppRole login       160     160     3.1    42.0    1235       2         0        0',
        '  2 × login: HTTP 400',
        '  7 documents looked up afterwards, 1 not as acknowledged',
        '  cores busy: 1.20 cluster, 0.25 generator, 0.45 anything else',
        '  lost: v1/ci/kv/data/run-1/3',
      ].join('\n'),
    );
  });

  it.each<[string, Partial<LoadResult>, boolean]>([
    ['all is answered', {}, true],
    ['a quarter of a second of requests is under way at the end', { waiting: 40 }, true],
    ['more is waiting', { waiting: 41 }, false],
    ['anything fails', { errors: 1 }, false],
    ['one waits at a tiny rate', { wanted: 1, waiting: 1 }, true],
  ])('takes a rate for held or not when %s', (_, changes, held) => {
    expect(isHeld(run(changes))).toBe(held);
  });

  it('compares logins at the rates that both types of tokens were tried with', () => {
    const service = { tokenType: 'service', first: run({ held: 40 }), fraction: 0.25, held: false } as const;
    const latency = { p50: 1.57, p99: 21, max: 100 };
    const batch = { tokenType: 'batch', first: run({ held: 120, latency }), fraction: 0.75, held: true } as const;
    expect(describeFindings([service, batch])).toBe(
      [
        'service tokens: not all three loads are held at once even at 25 % of the rates',
        'batch tokens: all three loads are held at once at 75 % of the rates',
        'logins at the same rates, batch to service: 3.0 times the held rate, 0.5 times the p50, 0.5 times the p99',
      ].join('\n'),
    );
  });

  it('reports the outage after a node was killed', () => {
    expect(describeOutage(run({ waiting: 3 }, { longestGap: 11_140 }), 'node-2')).toBe(
      'node-2 was killed while it was active: longest gap without an answer 11.1 s; at the end 3 requests were waiting',
    );
  });
});
