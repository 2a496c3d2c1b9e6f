// Runs beside a test until its standard input ends, however the test ended, and takes down what the test started.
import { rmSync } from 'node:fs';
import path from 'node:path';

import { EmbeddedCluster } from '../../local/cluster/embedded-cluster';

const [, , directory = ''] = process.argv;

process.stdin.resume().once('end', () => {
  new EmbeddedCluster({ directory, dialect: 'openbao' })
    .purge()
    .catch((error: unknown) => process.stderr.write(`${String(error)}\n`))
    .finally(() => rmSync(path.dirname(directory), { recursive: true, force: true }));
});
