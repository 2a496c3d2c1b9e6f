import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { endAll } from './end-all';

/**
 * A temporary folder for servers that must not outlive this process. A second process in its own session watches this one.
 * When this process ends for any reason (an error, Ctrl-C, `kill -9`), the second one stops all processes that the folder
 * names and deletes it.
 */
export class GuardedFolder {
  /** @param purpose - part of the folder's name */
  public static create(purpose: string): GuardedFolder {
    const directory = mkdtempSync(path.join(os.tmpdir(), `vault-platform-${purpose}-`));
    mkdirSync(path.join(directory, 'pids'), { mode: 0o700 });
    return new GuardedFolder(directory);
  }

  private readonly guard: ChildProcess;

  private constructor(
    /** Absolute, mode 0700. */
    public readonly directory: string,
  ) {
    const root = process.env.VAULT_PLATFORM_ROOT ?? process.cwd();
    this.guard = spawn(
      process.execPath,
      [path.join(root, 'bin', 'run.mjs'), path.join('local', 'guard', 'guard.ts'), directory],
      { cwd: root, detached: true, stdio: ['pipe', 'ignore', 'inherit'] },
    );
    // The guard must not keep this process alive.
    this.guard.unref();
    (this.guard.stdin as unknown as { unref?: () => void } | null)?.unref?.();
  }

  /** A folder inside, created if missing; mode 0700. */
  public folder(name: string): string {
    const folder = path.join(this.directory, name);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return folder;
  }

  /** File to write the identity of a process to, so that the guard stops it; `name` must be unused. */
  public pidFile(name: string): string {
    return path.join(this.directory, 'pids', name);
  }

  /** Stops all processes and deletes the folder. */
  public async dispose(): Promise<void> {
    await endAll(this.directory);
    if (this.guard.exitCode !== null || this.guard.signalCode !== null) return;
    const ended = once(this.guard, 'exit');
    this.guard.ref();
    this.guard.stdin?.end();
    await ended;
  }
}
