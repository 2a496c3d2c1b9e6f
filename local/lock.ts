import { linkSync, renameSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { PlatformError } from '../model/errors';
import { identify, readIdentity, runningProcess, writeIdentity } from './cluster/processes';

const pollMilliseconds = 250;
/** Longer than the slowest installation takes on a slow machine. */
const patienceMilliseconds = 2 * 60 * 60_000;

/** Called once for each other holder. Throws to give up, or returns to wait. */
export type WhenBusy = (holder: number | undefined) => void;

/**
 * Runs work while no other process holds the same lock. The lock is a file that names its process, so that a lock left by a
 * killed process, or from before a reboot, is ignored.
 *
 * @param lock path of the file; its folder exists
 * @throws PlatformError `toolbox` if another process holds it for two hours
 */
export async function withLock<T>(lock: string, whenBusy: WhenBusy, work: () => Promise<T>): Promise<T> {
  let told: number | undefined;
  const deadline = performance.now() + patienceMilliseconds;
  while (!acquire(lock)) {
    const holder = readIdentity(lock)?.pid;
    if (holder === undefined || holder !== told) whenBusy(holder);
    told = holder;
    if (performance.now() >= deadline) {
      const fix = `see what process ${holder ?? 'that holds it'} waits for, and end it`;
      throw new PlatformError('toolbox', [{ message: 'another process does not end its work', given: lock, fix }]);
    }
    await sleep(pollMilliseconds);
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function acquire(lock: string): boolean {
  const own = `${lock}.${process.pid}`;
  const self = identify(process.pid);
  if (self === undefined) throw new Error('this process cannot identify itself');
  writeIdentity(own, self);
  try {
    return link(own, lock) || (runningProcess(lock) === undefined && setAside(lock) && link(own, lock));
  } finally {
    rmSync(own, { force: true });
  }
}

/** Creating a link is atomic, and only one process succeeds. */
function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Two processes may find the same stale lock; if one moves aside the other's new lock, it moves it back. */
function setAside(lock: string): boolean {
  const aside = `${lock}.stale.${process.pid}`;
  try {
    renameSync(lock, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true;
    throw error;
  }
  const mistaken = runningProcess(aside) !== undefined;
  if (mistaken) link(aside, lock);
  rmSync(aside, { force: true });
  return !mistaken;
}
