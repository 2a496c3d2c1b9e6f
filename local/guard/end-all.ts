import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

import { stopProcess } from '../cluster/processes';

/** Ends all processes that a guarded folder names, kindly first, and removes the folder. */
export async function endAll(directory: string): Promise<void> {
  const pids = path.join(directory, 'pids');
  try {
    await Promise.all(
      namesIn(pids).map((name) =>
        stopProcess(path.join(pids, name), [
          ['SIGTERM', 15_000],
          ['SIGKILL', 5000],
        ]),
      ),
    );
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function namesIn(folder: string): string[] {
  try {
    // Files that are just being written begin with a dot.
    return readdirSync(folder).filter((name) => !name.startsWith('.'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
