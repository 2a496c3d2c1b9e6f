import { readFileSync } from 'node:fs';

import { ServerClient } from '../client/server-client';
import { EmbeddedCluster } from '../local/cluster/embedded-cluster';
import { replicaDirectory } from '../local/replica/replica';
import type { Cluster } from '../model/cluster/cluster';
import { dialects } from '../model/dialect';
import { PlatformError } from '../model/errors';
import type { Context } from './context';

/**
 * Client with the settings of the server's own command line; the address defaults to the one in the inventory.
 *
 * @throws PlatformError `usage` if no token is set, if the CA certificate cannot be read, or if the address is not `https://`
 */
export function clusterClient({ environment }: Context, { name, address, dialect }: Cluster): ServerClient {
  const { envPrefix: prefix } = dialects[dialect];
  const variable = (suffix: string): string | undefined =>
    environment[`${prefix}_${suffix}`] ?? environment[`VAULT_${suffix}`];
  const token = variable('TOKEN');
  const caFile = variable('CACERT');
  if (token === undefined || token === '') {
    throw new PlatformError('usage', [
      {
        message: `no token is set for the cluster ${name}`,
        fix: `log in as an administrator and set ${prefix}_TOKEN, or use --replica for the embedded cluster`,
      },
    ]);
  }
  return new ServerClient({
    addresses: [variable('ADDR') ?? address],
    ...(caFile !== undefined && { ca: readCa(`${prefix}_CACERT`, caFile) }),
    allowHttp: environment.VAULT_PLATFORM_ALLOW_HTTP === 'loopback',
    token,
  });
}

function readCa(variable: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { message } = error as Error;
    throw new PlatformError('usage', [
      { message: `${variable} cannot be read: ${message}`, fix: `correct ${variable}, or unset it` },
    ]);
  }
}

/** Client of the administrator of the embedded cluster. @throws PlatformError `usage` if there is none */
export function replicaClient({ home }: Context, cluster: Cluster, dialect = cluster.dialect): ServerClient {
  const embedded = new EmbeddedCluster({ directory: replicaDirectory(home, cluster.name, dialect), dialect });
  if (!embedded.exists()) {
    throw new PlatformError('usage', [{ message: `there is no replica of ${cluster.name}`, fix: 'npm start' }]);
  }
  return embedded.client(embedded.adminToken());
}
