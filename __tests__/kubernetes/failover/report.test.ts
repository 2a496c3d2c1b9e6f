import { describeChange, describeChanges, percentile, type Change } from './report';

const change = (milliseconds: number, over: Partial<Change> = {}): Change => ({
  fault: 'delete',
  outage: { from: 20, milliseconds },
  keptOutage: { from: 30, milliseconds: milliseconds * 2 },
  withoutEndpoint: { from: 500, milliseconds: milliseconds / 2 },
  written: 100,
  failures: [{ 'connect ECONNREFUSED': 3 }, {}],
  lost: [],
  ...over,
});

describe('percentile', () => {
  it('is the smallest value that the given share of the values does not exceed', () => {
    const values = Array.from({ length: 50 }, (_, index) => 50 - index);
    expect([0.5, 0.95, 1].map((share) => percentile(values, share))).toEqual([25, 48, 50]);
    expect(percentile([7], 0.95)).toBe(7);
    expect(percentile([], 0.95)).toBeNaN();
  });
});

describe('the report of leader changes', () => {
  it('has a row for each kind of event, with the outages that both kinds of clients observed', () => {
    const lines = describeChanges([change(1000), change(3000), change(2000), change(15_000, { fault: 'kill -9' })]);
    expect(
      lines
        .split('\n')
        .slice(2)
        .map((line) => line.trim().split(/ {2,}/)),
    ).toEqual([
      ['delete', '3', '1.00', '1.50', '1.50', '2.00', '3.00', '3.00', '4.00', '6.00', '6.00', '0'],
      ['kill -9', '1', '7.50', '7.50', '7.50', '15.00', '15.00', '15.00', '30.00', '30.00', '30.00', '0'],
    ]);
  });

  it('counts lost writes, and lists them with their event', () => {
    const lost = change(1000, { lost: ['0: 7 was acknowledged, 6 is there'] });
    expect(
      describeChanges([lost, change(1000)])
        .split('\n')
        .at(-1),
    ).toMatch(/ 1$/);
    expect(describeChange(lost)).toContain('LOST 0: 7 was acknowledged, 6 is there');
    expect(describeChange(lost)).toContain('3 × connect ECONNREFUSED');
  });
});
