import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { identify, writeIdentity } from '../../local/cluster/processes';
import { withLock } from '../../local/lock';

describe('a lock', () => {
  let folder: string;
  let lock: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'lock-'));
    lock = path.join(folder, 'lock');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const giveUp = (holder: number | undefined): never => {
    throw new Error(`held by ${holder}`);
  };

  it('has one holder at a time, and reports it', async () => {
    await withLock(lock, giveUp, async () => {
      await expect(withLock(lock, giveUp, () => Promise.resolve())).rejects.toThrow(`held by ${process.pid}`);
      expect(existsSync(lock)).toBe(true);
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('passes to the waiting tasks, one after the other', async () => {
    const order: string[] = [];
    const waited = jest.fn();
    let release: (() => void) | undefined;
    const first = withLock(lock, giveUp, async () => {
      await new Promise<void>((resolve) => (release = resolve));
      order.push('first');
    });
    const second = withLock(lock, waited, () => Promise.resolve(order.push('second')));
    expect(waited).toHaveBeenCalledWith(process.pid);
    release?.();
    await Promise.all([first, second]);
    expect(order).toEqual(['first', 'second']);
  });

  it('is released after a failure', async () => {
    await expect(withLock(lock, giveUp, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(await withLock(lock, giveUp, () => Promise.resolve('done'))).toBe('done');
  });

  it.each([
    ['of a process that has exited', (): void => writeIdentity(lock, { pid: 2 ** 22, started: 'once' })],
    [
      'whose id another process reuses',
      (): void => writeIdentity(lock, { pid: identify(process.pid)?.pid ?? 0, started: 'before the reboot' }),
    ],
    ['that is damaged', (): void => writeFileSync(lock, '')],
  ])('is taken over %s', async (_, leave) => {
    leave();
    expect(await withLock(lock, giveUp, () => Promise.resolve('done'))).toBe('done');
    expect(readdirSync(folder)).toEqual([]);
  });
});
