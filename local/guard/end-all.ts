import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

import { stopProcess } from '../cluster/processes';

/** Stops all processes that a guarded folder names, SIGTERM first, and deletes the folder. */
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

/** Files in `pids`, and files named `pid` anywhere, as in an embedded cluster. Names of incomplete files begin with a dot. */
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
