import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { endAll } from './end-all';

/**
 * A temporary folder for servers that must not outlive this process: a second process, in a session of its own, watches over
 * it. When this process is gone, however it went (an error, Ctrl-C, `kill -9`), that one ends what the folder names and
 * removes it.
 */
export class GuardedFolder {
  /** @param purpose - a part of the folder's name, for people */
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
    // It must not keep this process alive: it is there for its end.
    this.guard.unref();
    (this.guard.stdin as unknown as { unref?: () => void } | null)?.unref?.();
  }

  /** A folder inside, made unless it is there; mode 0700. */
  public folder(name: string): string {
    const folder = path.join(this.directory, name);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return folder;
  }

  /** Where the identity of a process has to be written, so that it is ended; `name` must be free. */
  public pidFile(name: string): string {
    return path.join(this.directory, 'pids', name);
  }

  /** Ends what still runs and removes the folder. */
  public async dispose(): Promise<void> {
    await endAll(this.directory);
    if (this.guard.exitCode !== null || this.guard.signalCode !== null) return;
    const ended = once(this.guard, 'exit');
    this.guard.ref();
    this.guard.stdin?.end();
    await ended;
  }
}
