import type { DangerReason } from '../../../access/report/danger-level';
import { countEntries, verdictOn } from '../../../access/report/verdict';
import { exampleEntry, exampleHolder, exampleReport } from './example-entry';

const critical: DangerReason = { level: 'critical', text: 'every path of the server' };
const medium: DangerReason = { level: 'medium', text: 'writes' };
const other = exampleHolder({ id: 'approle:approle/role/b' });
const lost = exampleEntry({ direction: 'lost' });
const narrower = exampleEntry({ direction: 'changed', isNarrower: true });
const changed = exampleEntry({ direction: 'changed' }, medium);
const gaps = ['nothing is known about x'];

describe('the verdict on a report', () => {
  it.each([
    ['nothing', [], {}, 'No access is widened. Proven for 3 principals on all paths and operations.'],
    [
      'one principal',
      [],
      { principals: 1 },
      'No access is widened. Proven for 1 principal on all paths and operations.',
    ],
    [
      'losses of one principal',
      [lost, lost],
      {},
      'No access is widened. Proven for 3 principals on all paths and operations. 1 principal loses access.',
    ],
    [
      'losses of two',
      [lost, exampleEntry({ direction: 'lost', holder: other })],
      {},
      'No access is widened. Proven for 3 principals on all paths and operations. 2 principals lose access.',
    ],
    [
      'narrower conditions',
      [narrower],
      {},
      'No access is widened. Proven for 3 principals on all paths and operations.',
    ],
    [
      'a gap',
      [lost],
      { gaps },
      'No access is widened, as far as it is known. Not proven: 1 thing is not part of the comparison. 1 principal loses access.',
    ],
    [
      'two gaps',
      [],
      { gaps: [...gaps, 'nor about y'] },
      'No access is widened, as far as it is known. Not proven: 2 things are not part of the comparison.',
    ],
  ] as const)('with %s is that nothing is widened', (_, entries, more, sentences) => {
    const { widened, title, detail } = verdictOn(exampleReport(entries, more));
    expect([widened, `${title} ${detail}`]).toEqual([false, sentences]);
  });

  it.each([
    [
      'one principal gains',
      [exampleEntry({}, critical), exampleEntry({}, medium), exampleEntry(), lost],
      {},
      '1 principal gains access. 1 critical, 1 medium, 1 low. 3 principals compared on all paths and operations.',
    ],
    [
      'two principals gain',
      [exampleEntry(), exampleEntry({ holder: other })],
      { gaps },
      '2 principals gain access. 2 low. 3 principals compared on all paths and operations. 1 thing is not part of the comparison.',
    ],
    [
      'the same principal gains on two clusters',
      [exampleEntry(), exampleEntry({ holder: exampleHolder({ cluster: 'prod' }) })],
      { gaps: [...gaps, 'nor about y'] },
      '2 principals gain access. 2 low. 3 principals compared on all paths and operations. 2 things are not part of the comparison.',
    ],
    [
      'conditions change',
      [changed, narrower],
      { gaps },
      'No path is gained, but conditions change. 1 access under other parameters or wrapping TTLs: not proven to be narrower.',
    ],
    [
      'two conditions change',
      [changed, changed],
      {},
      'No path is gained, but conditions change. 2 accesses under other parameters or wrapping TTLs: not proven to be narrower.',
    ],
  ] as const)('is that access is widened if %s', (_, entries, more, sentences) => {
    const { widened, title, detail } = verdictOn(exampleReport(entries, more));
    expect([widened, `${title} ${detail}`]).toEqual([true, sentences]);
  });

  it('on the access itself counts what is permitted', () => {
    const held = Array.from({ length: 1200 }, () => exampleEntry({ direction: 'held' }));
    const report = exampleReport([exampleEntry({ direction: 'held' }, critical), ...held], { kind: 'access' });
    expect(verdictOn(report)).toEqual({
      widened: false,
      title: '3 principals, 1,201 permissions.',
      detail: '1 critical, 1,200 low.',
    });
    expect(verdictOn({ ...report, entries: [] }).detail).toBe('');
  });
});

it('counts of a report leave out the danger of what is lost', () => {
  expect(countEntries(exampleReport([exampleEntry({}, critical), changed, lost, narrower]))).toEqual({
    directions: { gained: 1, changed: 2, lost: 1, held: 0 },
    levels: { critical: 1, high: 0, medium: 1, low: 1 },
  });
});
