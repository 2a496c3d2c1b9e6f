import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { identify, writeIdentity } from '../../../local/cluster/processes';
import { exclusively } from '../../../local/cluster/run-lock';

describe('exclusively', () => {
  let folder: string;
  let lock: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'lock-'));
    lock = path.join(folder, 'lock');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('lets one at a time in, and says who is there', async () => {
    await exclusively(folder, async () => {
      await expect(exclusively(folder, () => Promise.resolve())).rejects.toMatchObject({
        code: 'cluster',
        problems: [{ given: `process ${process.pid}, which holds ${lock}` }],
      });
      expect(existsSync(lock)).toBe(true);
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is free again after a failure', async () => {
    await expect(exclusively(folder, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(await exclusively(folder, () => Promise.resolve('done'))).toBe('done');
  });

  it.each([
    ['of a process that is gone', (): void => writeIdentity(lock, { pid: 2 ** 22, started: 'once' })],
    [
      'whose number another process has by now',
      (): void => writeIdentity(lock, { pid: identify(process.pid)?.pid ?? 0, started: 'before the reboot' }),
    ],
    ['that is damaged', (): void => writeFileSync(lock, '')],
  ])('takes over a lock %s', async (_, leave) => {
    leave();
    expect(await exclusively(folder, () => Promise.resolve('done'))).toBe('done');
    expect(readdirSync(folder)).toEqual([]);
  });
});
