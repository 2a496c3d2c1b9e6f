import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

import { identify, isRunning, runningProcess, waitUntil, writeIdentity } from '../../../local/cluster/processes';

const folderOf = (home: string): string => path.join(home, 'commands');

/** Notes that a command, which leads a process group of its own, is at work. @returns to be called when it is done */
export function noteCommand(home: string, pid: number | undefined): () => void {
  const identity = identify(pid ?? 0);
  if (identity === undefined) return () => undefined;
  mkdirSync(folderOf(home), { recursive: true, mode: 0o700 });
  const file = path.join(folderOf(home), String(identity.pid));
  writeIdentity(file, identity);
  return () => rmSync(file, { force: true });
}

/** Ends the commands that are still at work: one that outlived its test would go on to start servers. */
export async function endCommands(home: string): Promise<void> {
  const folder = folderOf(home);
  const names = existsSync(folder) ? readdirSync(folder) : [];
  for (const name of names) {
    const identity = runningProcess(path.join(folder, name));
    if (identity === undefined) continue;
    process.kill(-identity.pid, 'SIGKILL');
    await waitUntil(() => !isRunning(identity), 5000);
  }
}
