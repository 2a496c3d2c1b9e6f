import { readdir } from 'node:fs/promises';
import path from 'node:path';

import { EmbeddedCluster } from '../local/cluster/embedded-cluster';
import type { Dialect } from '../model/dialect';
import type { Context } from './context';

/** An embedded cluster of this clone. */
export interface KnownCluster {
  /** `<cluster>-<dialect>`. */
  readonly name: string;
  readonly cluster: EmbeddedCluster;
}

/** Every embedded cluster that was started from this clone and not purged. */
export async function knownClusters({ home }: Context): Promise<KnownCluster[]> {
  const names = await readdir(home).catch(() => []);
  return names.sort().flatMap((name) => {
    const dialect: Dialect = name.endsWith('-vault') ? 'vault' : 'openbao';
    const cluster = new EmbeddedCluster({ directory: path.join(home, name), dialect });
    return cluster.exists() ? [{ name, cluster }] : [];
  });
}

/** `npm stop`: stops every process; `purge` deletes the data. */
export async function stop(context: Context, { purge }: { readonly purge: boolean }): Promise<void> {
  const known = await knownClusters(context);
  for (const { name, cluster } of known) {
    if (purge) {
      await cluster.purge();
      process.stdout.write(`${name}: stopped, data removed\n`);
    } else {
      const ran = await cluster.stop();
      process.stdout.write(`${name}: ${ran ? 'stopped' : 'was not running'}, data kept\n`);
    }
  }
  if (known.length === 0) process.stdout.write('nothing to stop\n');
}
