import { spawn, spawnSync, type SpawnOptions } from 'node:child_process';
import { closeSync, openSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { readIfThere, writePrivateFile } from '../../files/private-files';
import { PlatformError } from '../../model/errors';

/**
 * Identity of a process that distinguishes it from a later one with the same PID.
 * Nothing is signalled unless both parts match.
 */
export interface ProcessIdentity {
  readonly pid: number;
  /** Start time in the format of the system. */
  readonly started: string;
}

/** The identity of a running process; undefined if there is none or it is a zombie. */
export function identify(pid: number): ProcessIdentity | undefined {
  const started = process.platform === 'linux' ? startedOnLinux(pid) : startedElsewhere(pid);
  return started === undefined ? undefined : { pid, started };
}

/** Whether this process, not another one that reuses its PID, still runs. */
export const isRunning = (identity: ProcessIdentity): boolean => identify(identity.pid)?.started === identity.started;

/** State of a process as `ps` shows it: `T` is stopped by a signal, `D` waits for a device; undefined if there is none. */
export function processState(pid: number): string | undefined {
  if (process.platform === 'linux') {
    const stat = readProc(`/proc/${pid}/stat`);
    return stat?.slice(stat.lastIndexOf(')') + 2)[0];
  }
  const { status, stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return status === 0 ? stdout.trim()[0] : undefined;
}

/** The running process in a file written by {@link writeIdentity}. */
export function runningProcess(file: string): ProcessIdentity | undefined {
  const identity = readIdentity(file);
  return identity !== undefined && isRunning(identity) ? identity : undefined;
}

/** The identity in the file, whether or not that process still runs. */
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
  /** The whole environment of the process; nothing is inherited. */
  readonly environment: Readonly<Record<string, string>>;
  readonly user?: { readonly uid: number; readonly gid: number } | undefined;
  /** Standard output and error are appended here. */
  readonly logFile: string;
  readonly pidFile: string;
}

/** Starts a process that outlives this one. @throws PlatformError `cluster` if the program cannot be run */
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
    // A process that exited at once has no start time; the caller reports its log.
    const identity = identify(child.pid ?? 0) ?? { pid: child.pid ?? 0, started: 'never' };
    writeIdentity(options.pidFile, identity);
    return identity;
  } catch (error) {
    throw new PlatformError('cluster', [
      {
        message: `a program cannot be run: ${(error as Error).message}`,
        given: options.command,
        fix: 'check that the file exists and is executable',
      },
    ]);
  } finally {
    closeSync(log);
  }
}

/** A signal and how many milliseconds to wait for its effect. */
export type Escalation = readonly (readonly [NodeJS.Signals, number])[];

/**
 * Stops the process in a file: sends each signal in turn until the process has exited, then deletes the file.
 * @returns whether it ran
 * @throws PlatformError `cluster` if it survives the last signal
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
    { message: 'a process does not terminate', given: `process ${identity.pid}`, fix: 'check its state with ps' },
  ]);
}

/** Sends a signal to a process, but not to another one that reuses its PID. */
export function sendSignal(identity: ProcessIdentity, signal: NodeJS.Signals): void {
  if (!isRunning(identity)) return;
  try {
    process.kill(identity.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Polls until a condition holds. @returns whether it held in time */
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
  // The name of the program is in brackets and may contain spaces and brackets: count fields after the last bracket.
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (state === 'Z' || state === 'X') return undefined;
  bootId ??= (readProc('/proc/sys/kernel/random/boot_id') ?? 'unknown').trim();
  return `${bootId} ${fields[18] ?? 'unknown'}`;
}

/** The process may exit between opening and reading. */
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
