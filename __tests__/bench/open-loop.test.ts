import { Meter } from '../../bench/load/meter';
import { runOpenLoop } from '../../bench/load/open-loop';

describe('an open loop', () => {
  it('sends every request that was due, also those that a stall held up, and measures from when they were due', async () => {
    const meter = new Meter('list and read');
    const sent: number[] = [];
    const send = (index: number): Promise<void> => {
      sent.push(index);
      // Nothing else runs meanwhile, as in a generator that is not given the processor.
      const until = performance.now() + (index === 10 ? 200 : 0);
      while (performance.now() < until);
      return Promise.resolve();
    };
    const { rest } = await runOpenLoop({
      streams: [{ meter, perSecond: 100, send }],
      warmUpSeconds: 0,
      seconds: 0.5,
      onBegin: () => undefined,
      onFailure: () => undefined,
    });
    await rest;
    expect(sent).toEqual(Array.from({ length: 50 }, (_, index) => index));
    const { wanted, latency } = meter.result(0.5);
    expect(wanted).toBe(100);
    expect(latency.max).toBeGreaterThan(190);
    // Some twenty were due during the stall, not only the one that was sent.
    expect(latency.p99).toBeGreaterThan(150);
  });

  it('counts what has no answer at the end as waiting, and never twice', async () => {
    const meter = new Meter('list and read');
    const answers: (() => void)[] = [];
    const { longestGap, rest } = await runOpenLoop({
      streams: [{ meter, perSecond: 100, send: () => new Promise<void>((resolve) => answers.push(resolve)) }],
      warmUpSeconds: 0,
      seconds: 0.2,
      onBegin: () => undefined,
      onFailure: () => undefined,
    });
    for (const answer of answers) answer();
    await rest;
    expect(meter.result(0.2)).toMatchObject({ wanted: 100, held: 0, waiting: 20, errors: 0 });
    expect(longestGap).toBeCloseTo(200);
  });

  it('leaves out what came before the part that counts', async () => {
    const meter = new Meter('list and read');
    let begun = 0;
    const failures: unknown[] = [];
    const { rest } = await runOpenLoop({
      streams: [{ meter, perSecond: 100, send: () => Promise.reject(new Error('refused')) }],
      warmUpSeconds: 0.2,
      seconds: 0.1,
      onBegin: () => (begun += 1),
      onFailure: (error) => failures.push(error),
    });
    await rest;
    expect(begun).toBe(1);
    expect(failures.length + meter.result(1).waiting).toBe(10);
  });
});
