import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { execa } from 'execa';

const one = { run: 1, project: 'unit', file: 'one.test.ts' };
const two = { run: 1, project: 'unit', file: 'two.test.ts' };
const entries = [
  { ...one, began: true },
  { ...two, began: true },
  {
    ...one,
    milliseconds: 3000,
    passed: 2,
    failed: 1,
    skipped: 1,
    tests: [
      { name: 'is slow', milliseconds: 2500 },
      { name: 'is fast', milliseconds: 20 },
    ],
  },
  // The same file in another run, which finished.
  { ...two, run: 2, began: true },
  { ...two, run: 2, milliseconds: 10, passed: 1, failed: 0, skipped: 0, tests: [] },
];

describe('the results of test files', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'vault-platform-results-'));
    // The last line is cut off, as when the run is killed.
    writeFileSync(path.join(folder, 'results'), `${entries.map((each) => JSON.stringify(each)).join('\n')}\n{"run":`);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const results = async (what: string): Promise<string> =>
    (await execa('node', ['__tests__/jest/results.mjs', path.join(folder, 'results'), what])).stdout;

  it('count a file that did not finish as a failed test', async () => {
    expect(await results('unfinished')).toBe('two.test.ts');
    expect(await results('count')).toBe('3 2 1');
  });

  it('list the files, the slowest first', async () => {
    expect((await results('files')).split('\n')).toEqual([
      expect.stringMatching(/ 3\.0 s {2}one\.test\.ts: 2 passed, 1 failed, 1 skipped$/),
      expect.stringMatching(/ 0\.0 s {2}two\.test\.ts: 1 passed$/),
    ]);
  });

  it('list the slowest tests, without those that take less than a second', async () => {
    const text = await results('slowest');
    expect(text).toMatch(/ 2\.5 s {2}one\.test\.ts: is slow/);
    expect(text).not.toContain('is fast');
  });
});
