// Runs beside a test until its standard input ends, however the test ended, and takes down what the test started.
import { rmSync } from 'node:fs';
import path from 'node:path';

import { EmbeddedCluster } from '../../../local/cluster/embedded-cluster';
import { waitUntil } from '../../../local/cluster/processes';
import { endCommands } from '../processes/command-notes';

const [, , directory = ''] = process.argv;

const home = path.dirname(directory);

process.stdin.resume().once('end', () => {
  takeDown().catch((error: unknown) => process.stderr.write(`${String(error)}\n`));
});

/** Without the files that name them, processes cannot be found again: these stay if the cluster does. */
async function takeDown(): Promise<void> {
  await endCommands(home);
  let failure: unknown;
  const purge = async (): Promise<boolean> => {
    try {
      await new EmbeddedCluster({ directory, dialect: 'openbao' }).purge();
      return true;
    } catch (error) {
      failure = error;
      return false;
    }
  };
  // The test itself may be taking it down.
  if (!(await waitUntil(purge, 60_000, 500))) throw failure;
  rmSync(home, { recursive: true, force: true });
}
