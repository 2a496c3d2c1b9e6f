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
