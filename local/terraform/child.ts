import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, rmSync } from 'node:fs';
import path from 'node:path';

import { readIfThere } from '../../files/private-files';
import { PlatformError } from '../../model/errors';
import { identify, isRunning, readIdentity, sendSignal, waitUntil, writeIdentity } from '../cluster/processes';
import type { ProcessIdentity } from '../cluster/processes';

/** How long Terraform may take to finish what it creates and to save its state. */
const patienceMilliseconds = 90_000;

const pidFileOf = (directory: string): string => path.join(directory, 'terraform.pid');

const runs = new Map<string, ProcessIdentity>();

/** What Terraform printed, and its exit code. */
export interface TerraformOutput {
  readonly exitCode: number;
  readonly stdout: string;
  readonly all: string;
}

/**
 * Runs Terraform in a process group of its own, with its providers. A terminal sends Ctrl-C to the group in the foreground; Terraform
 * exits without saving its state when it gets a second signal. Signals are therefore passed on by {@link interruptTerraform} only.
 *
 * @param directory its working folder, in which nothing else runs
 * @throws PlatformError `terraform` if it was killed, or cannot be run
 */
export async function runTerraform(
  program: string,
  parameters: readonly string[],
  { directory, environment }: { readonly directory: string; readonly environment: Readonly<Record<string, string>> },
): Promise<TerraformOutput> {
  // Files, because a pipe breaks when this process is killed, and Terraform with it.
  const [out, errors] = ['terraform.out', 'terraform.err'].map((name) => path.join(directory, name)) as [
    string,
    string,
  ];
  const [stdout, stderr] = [openSync(out, 'w', 0o600), openSync(errors, 'w', 0o600)];
  const child = spawn(program, parameters, {
    cwd: directory,
    detached: true,
    env: environment,
    stdio: ['ignore', stdout, stderr],
  });
  closeSync(stdout);
  closeSync(stderr);
  const identity = identify(child.pid ?? 0);
  if (identity !== undefined) {
    runs.set(directory, identity);
    writeIdentity(pidFileOf(directory), identity);
  }
  const { exitCode, reason } = await ended(child);
  runs.delete(directory);
  // Providers outlive a Terraform that was killed.
  if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
  const printed = [out, errors].map((file) => readIfThere(file) ?? '');
  for (const file of [out, errors, pidFileOf(directory)]) rmSync(file, { force: true });
  if (exitCode === undefined) {
    throw new PlatformError('terraform', [
      { message: `terraform ${parameters[0]} was interrupted`, given: `${program}: ${reason}` },
    ]);
  }
  return { exitCode, stdout: printed[0]!, all: printed.join('') };
}

/** Waits for a child. @returns its exit code, or why it has none */
async function ended(child: ChildProcess): Promise<{ readonly exitCode?: number; readonly reason: string }> {
  return await new Promise((resolve) => {
    child.once('error', ({ message }) => resolve({ reason: message }));
    child.once('exit', (code, signal) => {
      resolve(code === null ? { reason: signal ?? 'it ended' } : { exitCode: code, reason: '' });
    });
  });
}

/** Stacks, by the names of their folders, that Terraform works on now. */
export const runningStacks = (): readonly string[] => [...runs.keys()].map((directory) => path.basename(directory));

/** Makes every Terraform finish what it has begun, save its state, and exit. */
export function interruptTerraform(): void {
  for (const identity of runs.values()) sendSignal(identity, 'SIGINT');
}

/** Kills every Terraform and its providers. What they were creating may be missing in the state. */
export function killTerraform(): void {
  for (const { pid } of runs.values()) signalGroup(pid, 'SIGKILL');
}

/** Ends a Terraform of a start that was killed itself, and providers of a Terraform that was killed. */
export async function endFormerRun(directory: string): Promise<void> {
  const file = pidFileOf(directory);
  const former = readIdentity(file);
  if (former === undefined) return;
  sendSignal(former, 'SIGINT');
  await waitUntil(() => !isRunning(former), patienceMilliseconds);
  // No other process gets this number while the group has members.
  if (isRunning(former) || identify(former.pid) === undefined) signalGroup(former.pid, 'SIGKILL');
  rmSync(file, { force: true });
}

function signalGroup(leader: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leader, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
