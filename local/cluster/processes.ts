import { spawn, spawnSync, type SpawnOptions } from 'node:child_process';
import { closeSync, openSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { readIfThere, writePrivateFile } from '../../files/private-files';
import { PlatformError } from '../../model/errors';

/**
 * A process that can be told from a later one with the same number: numbers are used again, after a reboot soon.
 * Nothing is signalled unless both parts match.
 */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in whatever form the system tells it. */
  readonly started: string;
}

/** The identity of a running process, or undefined when there is none or it is only waiting to be reaped. */
export function identify(pid: number): ProcessIdentity | undefined {
  const started = process.platform === 'linux' ? startedOnLinux(pid) : startedElsewhere(pid);
  return started === undefined ? undefined : { pid, started };
}

/** Whether this very process still runs. */
export const isRunning = (identity: ProcessIdentity): boolean => identify(identity.pid)?.started === identity.started;

/** The running process that a file made by {@link writeIdentity} names. */
export function runningProcess(file: string): ProcessIdentity | undefined {
  const identity = readIdentity(file);
  return identity !== undefined && isRunning(identity) ? identity : undefined;
}

/** What the file says, whether or not that process still runs. */
export function readIdentity(file: string): ProcessIdentity | undefined {
  const [pid, started] = (readIfThere(file) ?? '').split('\n');
  return pid === undefined || !/^\d+$/.test(pid) || started === undefined || started === ''
    ? undefined
    : { pid: Number(pid), started };
}

export function writeIdentity(file: string, identity: ProcessIdentity): void {
  writePrivateFile(file, `${identity.pid}\n${identity.started}\n`);
}

export interface DetachedProcess {
  readonly command: string;
  readonly args: readonly string[];
  readonly directory: string;
  /** All variables of the process: it gets none of ours. */
  readonly environment: Readonly<Record<string, string>>;
  readonly user?: { readonly uid: number; readonly gid: number } | undefined;
  /** Both of its outputs are appended here. */
  readonly logFile: string;
  readonly pidFile: string;
}

/** Starts a process that outlives this one. @throws PlatformError `cluster` when the program cannot be run */
export async function startDetached(options: DetachedProcess): Promise<ProcessIdentity> {
  const log = openSync(options.logFile, 'a', 0o600);
  const spawnOptions: SpawnOptions = {
    cwd: options.directory,
    detached: true,
    env: options.environment,
    stdio: ['ignore', log, log],
    ...(options.user === undefined ? {} : { uid: options.user.uid, gid: options.user.gid }),
  };
  try {
    const child = spawn(options.command, options.args, spawnOptions);
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    child.unref();
    // One that ended at once has no start time any more; whoever waits for it reports that from its log.
    const identity = identify(child.pid ?? 0) ?? { pid: child.pid ?? 0, started: 'never' };
    writeIdentity(options.pidFile, identity);
    return identity;
  } catch (error) {
    throw new PlatformError('cluster', [
      {
        message: `a program cannot be run: ${(error as Error).message}`,
        given: options.command,
        fix: 'check that the file exists and may be executed',
      },
    ]);
  } finally {
    closeSync(log);
  }
}

/** A signal and how long to wait for it to work, in milliseconds. */
export type Escalation = readonly (readonly [NodeJS.Signals, number])[];

/**
 * Ends the process that a file names: each signal in turn until it is gone, and then removes the file.
 * @returns whether there was one to end
 * @throws PlatformError `cluster` when it survives even the last signal
 */
export async function stopProcess(pidFile: string, escalation: Escalation): Promise<boolean> {
  const identity = runningProcess(pidFile);
  if (identity === undefined) {
    rmSync(pidFile, { force: true });
    return false;
  }
  for (const [signal, patience] of escalation) {
    sendSignal(identity, signal);
    if (await waitUntil(() => !isRunning(identity), patience)) {
      rmSync(pidFile, { force: true });
      return true;
    }
  }
  throw new PlatformError('cluster', [
    { message: 'a process does not end', given: `process ${identity.pid}`, fix: 'see what it waits for, with ps' },
  ]);
}

/** Signals this very process, and none that took its number. */
export function sendSignal(identity: ProcessIdentity, signal: NodeJS.Signals): void {
  if (!isRunning(identity)) return;
  try {
    process.kill(identity.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Asks again every few milliseconds. @returns whether it became true in time */
export async function waitUntil(
  condition: () => boolean | Promise<boolean>,
  milliseconds: number,
  interval = 25,
): Promise<boolean> {
  const deadline = performance.now() + milliseconds;
  while (!(await condition())) {
    if (performance.now() >= deadline) return false;
    await sleep(interval);
  }
  return true;
}

let bootId: string | undefined;

function startedOnLinux(pid: number): string | undefined {
  const stat = readProc(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // The program's name stands in brackets and may hold spaces and brackets itself; fields count from behind the last.
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (state === 'Z' || state === 'X') return undefined;
  bootId ??= (readProc('/proc/sys/kernel/random/boot_id') ?? 'unknown').trim();
  return `${bootId} ${fields[18] ?? 'unknown'}`;
}

/** A process may vanish between opening and reading, which is no different from having been gone before. */
function readProc(file: string): string | undefined {
  try {
    return readIfThere(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return undefined;
    throw error;
  }
}

function startedElsewhere(pid: number): string | undefined {
  const ps = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8', env: { LC_ALL: 'C' } });
  const line = ps.status === 0 ? ps.stdout.trim() : '';
  return line === '' || line.startsWith('Z') ? undefined : line.replace(/^\S+\s+/, '');
}
