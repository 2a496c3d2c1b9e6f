// Runs beside a test until its standard input ends, however the test ended, and takes down what the test started.
import { rmSync } from 'node:fs';
import path from 'node:path';

import { EmbeddedCluster } from '../../../local/cluster/embedded-cluster';
import { endCommands } from '../processes/command-notes';

const [, , directory = ''] = process.argv;

const home = path.dirname(directory);

process.stdin.resume().once('end', () => {
  endCommands(home)
    .then(() => new EmbeddedCluster({ directory, dialect: 'openbao' }).purge())
    .catch((error: unknown) => process.stderr.write(`${String(error)}\n`))
    .finally(() => rmSync(home, { recursive: true, force: true }));
});
