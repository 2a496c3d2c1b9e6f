import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

import { stopProcess } from '../cluster/processes';

/** Ends all processes that a guarded folder names, kindly first, and removes the folder. */
export async function endAll(directory: string): Promise<void> {
  try {
    await Promise.all(
      pidFiles(directory).map((file) =>
        stopProcess(file, [
          ['SIGTERM', 15_000],
          ['SIGKILL', 5000],
        ]),
      ),
    );
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Those in `pids`, and those called `pid` anywhere: an embedded cluster keeps them so. Files that are being written begin with a dot. */
function pidFiles(directory: string): string[] {
  return entriesBelow(directory).filter((file) => {
    const isOne = path.basename(file) === 'pid' || path.dirname(file) === path.join(directory, 'pids');
    return isOne && !path.basename(file).startsWith('.');
  });
}

function entriesBelow(directory: string): string[] {
  try {
    return readdirSync(directory, { recursive: true, encoding: 'utf8' }).map((entry) => path.join(directory, entry));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
