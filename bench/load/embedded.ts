import { chmodSync } from 'node:fs';
import path from 'node:path';

import { EmbeddedCluster } from '../../local/cluster/embedded-cluster';
import { GuardedFolder } from '../../local/guard/guarded-folder';
import { Toolbox } from '../../local/toolbox/toolbox';
import type { Dialect } from '../../model/dialect';

/** A running embedded cluster in a temporary folder. */
export interface BenchCluster {
  readonly cluster: EmbeddedCluster;
  /** Stops it and removes the folder. */
  readonly dispose: () => Promise<void>;
}

const policies = [
  { name: 'admin', rules: 'path "*" { capabilities = ["create", "read", "update", "delete", "list", "sudo"] }\n' },
];

/** Starts an embedded cluster that stops with this process. @throws PlatformError after removing everything */
export async function startBenchCluster(dialect: Dialect): Promise<BenchCluster> {
  const toolbox = new Toolbox({
    environment: process.env,
    projectDirectory: process.env.VAULT_PLATFORM_ROOT ?? process.cwd(),
  });
  const programs = {
    server: await toolbox.server(dialect, console.log),
    postgresql: await toolbox.postgresql(console.log),
  };
  const folder = GuardedFolder.create('bench');
  try {
    // The user of PostgreSQL must be able to reach its data.
    chmodSync(folder.directory, 0o711);
    const cluster = new EmbeddedCluster({ directory: path.join(folder.directory, 'cluster'), dialect });
    await cluster.start({ programs, policies });
    return { cluster, dispose: () => folder.dispose() };
  } catch (error) {
    await folder.dispose();
    throw error;
  }
}
