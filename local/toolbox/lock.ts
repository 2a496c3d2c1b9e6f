import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The owner of a lock says every few seconds that it is alive: its number alone may belong to another process after a reboot. */
const signOfLifeMilliseconds = 5_000;
const silenceMilliseconds = 60_000;
const pollMilliseconds = 250;

/**
 * Does some work while holding a lock, which is a folder with the number of its owner in it. A lock whose owner is gone
 * is taken over. Should two processes take over the same one at once, both work: so the work must end in one rename.
 *
 * @param lock - path of the folder; its parent exists
 * @param onWait - called once, with the owner's process number, if somebody else holds it
 */
export async function withLock<T>(lock: string, onWait: (owner: number) => void, work: () => Promise<T>): Promise<T> {
  const me = `${process.pid} ${randomBytes(8).toString('hex')}`;
  let waiting = false;
  while (!(await take(lock, me))) {
    const owner = await ownerOf(lock);
    if (await isStale(lock, owner)) {
      await remove(lock, owner);
      continue;
    }
    if (!waiting && owner !== undefined) {
      onWait(processOf(owner));
      waiting = true;
    }
    await sleep(pollMilliseconds);
  }
  const signOfLife = setInterval(() => void touch(lock), signOfLifeMilliseconds).unref();
  try {
    return await work();
  } finally {
    clearInterval(signOfLife);
    await remove(lock, me);
  }
}

const processOf = (owner: string): number => Number.parseInt(owner, 10);

/** A folder with the owner in it, renamed into place: a lock without an owner is never seen. */
async function take(lock: string, owner: string): Promise<boolean> {
  const mine = `${lock}.${owner.replace(' ', '.')}`;
  await mkdir(mine);
  try {
    await writeFile(path.join(mine, 'owner'), owner);
    await rename(mine, lock);
    return true;
  } catch (error) {
    await rm(mine, { recursive: true, force: true });
    if (['EEXIST', 'ENOTEMPTY'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

async function ownerOf(lock: string): Promise<string | undefined> {
  return readFile(path.join(lock, 'owner'), 'utf8').catch(() => undefined);
}

async function isStale(lock: string, owner: string | undefined): Promise<boolean> {
  if (owner !== undefined && !isAlive(processOf(owner))) return true;
  const seen = await stat(lock).catch(() => undefined);
  return seen !== undefined && Date.now() - seen.mtimeMs > silenceMilliseconds;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Moved away before it is deleted, and moved back if it turns out to be another's by now. */
async function remove(lock: string, owner: string | undefined): Promise<void> {
  const away = `${lock}.${randomBytes(8).toString('hex')}.gone`;
  try {
    await rename(lock, away);
  } catch {
    return;
  }
  if ((await ownerOf(away)) !== owner) await rename(away, lock).catch(() => undefined);
  await rm(away, { recursive: true, force: true });
}

async function touch(lock: string): Promise<void> {
  const now = new Date();
  await utimes(lock, now, now).catch(() => undefined);
}
