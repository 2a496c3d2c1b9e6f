import { PlatformError } from '../model/errors';
import type { Context } from './context';
import { findPart } from './find-part';
import { knownClusters, type KnownCluster } from './known-clusters';
import { stopServer } from './single-server';

export interface StopOptions {
  /** Whether to delete the data. */
  readonly purge: boolean;
}

/**
 * `npm stop`, `platform stop [name]`: stops every process of all clusters, of one, or of one server.
 *
 * @param name of a cluster, as `status` prints it or as in the inventory, or of a server
 */
export async function stop(context: Context, name: string | undefined, options: StopOptions): Promise<void> {
  const known = await knownClusters(context);
  if (name === undefined) {
    for (const cluster of known) await stopCluster(cluster, options);
    if (known.length === 0) process.stdout.write('nothing to stop\n');
    return;
  }
  const part = findPart(known, name);
  if (!('server' in part)) for (const cluster of part) await stopCluster(cluster, options);
  else if (!options.purge) await stopServer(part);
  else {
    throw new PlatformError('usage', [
      {
        message: 'a server has no data of its own: they are in the database of its cluster',
        given: `${name} --purge`,
        allowed: known.map((cluster) => cluster.name).join(', '),
        fix: `npm stop -- --purge ${part.name}`,
      },
    ]);
  }
}

async function stopCluster({ name, cluster }: KnownCluster, { purge }: StopOptions): Promise<void> {
  if (purge) {
    await cluster.purge();
    process.stdout.write(`${name}: stopped, data removed\n`);
  } else {
    const ran = await cluster.stop();
    process.stdout.write(`${name}: ${ran ? 'stopped' : 'was not running'}, data kept\n`);
  }
}
