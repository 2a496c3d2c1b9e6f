import { Meter } from '../../bench/load/meter';

describe('a meter', () => {
  it('counts requests that were answered, failed, or are waiting', () => {
    const meter = new Meter('AppRole login');
    for (let index = 0; index < 100; index += 1) meter.recordDue();
    for (let index = 0; index < 90; index += 1) meter.recordAnswer();
    for (let index = 0; index < 4; index += 1) meter.recordError();
    for (let index = 0; index < 6; index += 1) meter.recordWaiting(5);
    expect(meter.result(2)).toMatchObject({ name: 'AppRole login', wanted: 50, held: 45, errors: 4, waiting: 6 });
  });

  it('orders latencies, to a thousandth of their size', () => {
    const meter = new Meter('list and read');
    for (let milliseconds = 1000; milliseconds >= 1; milliseconds -= 1) meter.recordLatency(milliseconds);
    const { p50, p99, max } = meter.result(1).latency;
    expect(Math.abs(p50 - 500)).toBeLessThan(1);
    expect(Math.abs(p99 - 990)).toBeLessThan(1);
    expect(Math.abs(max - 1000)).toBeLessThan(1);
  });

  it('keeps what is faster than a millisecond, and what takes a minute', () => {
    const meter = new Meter('list and read');
    meter.recordLatency(0.25);
    meter.recordLatency(0.25);
    meter.recordLatency(60_000);
    const { p50, max } = meter.result(1).latency;
    expect(p50).toBe(0.25);
    expect(Math.abs(max - 60_000)).toBeLessThan(60);
  });

  it('counts the age of what is still waiting, so that a stall at the end is not hidden', () => {
    const meter = new Meter('list and read');
    meter.recordLatency(1);
    meter.recordWaiting(8000);
    expect(meter.result(1).latency.max).toBeGreaterThan(7900);
  });
});
