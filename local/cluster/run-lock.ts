import { linkSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

import { PlatformError } from '../../model/errors';
import { identify, readIdentity, runningProcess, writeIdentity } from './processes';

/**
 * Runs something while no other process works on the same state folder. The lock names its process, so that one
 * left behind by a killed process is not in the way.
 * @throws PlatformError `cluster` when another process is at work
 */
export async function exclusively<T>(directory: string, work: () => Promise<T>): Promise<T> {
  const lock = path.join(directory, 'lock');
  acquire(lock);
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function acquire(lock: string): void {
  const own = `${lock}.${process.pid}`;
  const self = identify(process.pid);
  if (self === undefined) throw new Error('this process cannot identify itself');
  writeIdentity(own, self);
  try {
    if (link(own, lock)) return;
    const holder = runningProcess(lock);
    if (holder === undefined && setAside(lock) && link(own, lock)) return;
    throw new PlatformError('cluster', [
      {
        message: 'another command is working on this cluster',
        given: `process ${(holder ?? readIdentity(lock))?.pid ?? 'unknown'}, which holds ${lock}`,
        mend: 'wait until it is done, or stop it',
      },
    ]);
  } finally {
    rmSync(own, { force: true });
  }
}

/** A link is made with its content or not at all, and by one process only. */
function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Two may find the same stale lock; what one of them moves aside may already be the other's new one, and goes back. */
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
