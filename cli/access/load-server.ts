import { readAccessModel } from '../../access/principals/from-server';
import { serverOf, type Server } from '../../access/servers';
import type { ServerClient } from '../../client/server-client';
import type { Cluster } from '../../model/cluster/cluster';
import type { Dialect } from '../../model/dialect';
import { PlatformError } from '../../model/errors';
import { readInventory } from '../../model/read';
import { unknownName } from '../../model/unknown-name';
import { clusterClient, replicaClient } from '../cluster-client';
import type { Context } from '../context';
import type { LoadedAccess } from './loaded-access';

/** Which server of a cluster to read. */
export interface LiveServer {
  /** Name of a cluster of the inventory. */
  readonly cluster: string;
  /** Whether to read the embedded cluster instead of the real one. */
  readonly replica: boolean;
  /** Dialect of the embedded cluster. @default - the dialect in the inventory */
  readonly dialect?: Dialect;
}

/**
 * Access of a running cluster. The token is that of the server's own command line, from `BAO_TOKEN` or `VAULT_TOKEN`.
 *
 * @throws PlatformError `usage` for an unknown cluster or without a token, `server` if the server refuses a request
 */
export async function loadServer(
  context: Context,
  { cluster: name, replica, dialect }: LiveServer,
): Promise<LoadedAccess> {
  const { clusters } = readInventory(context.inventoryDirectory);
  const cluster = clusters.find((candidate) => candidate.name === name);
  if (cluster === undefined) {
    const known = clusters.map((candidate) => candidate.name);
    throw new PlatformError('usage', [unknownName({ message: 'unknown cluster', given: name, known })]);
  }
  const client = replica ? replicaClient(context, cluster, dialect) : clusterClient(context, cluster);
  try {
    const server = await serverOfClient(client, dialect ?? cluster.dialect);
    const model = await readModel(client, { server, cluster: name });
    return { title: `${replica ? 'the replica' : 'the servers'} of ${name}`, models: [model] };
  } finally {
    await client.close();
  }
}

/** Reads a model with a client. Names of roles and users can contain any character. */
export const readModel = (
  client: ServerClient,
  server: { readonly server: Server; readonly cluster: Cluster['name'] },
): ReturnType<typeof readAccessModel> =>
  readAccessModel(
    async (path) => (await client.find(encoded(path)))?.data,
    (path) => client.list(encoded(path)),
    server,
  );

const encoded = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

async function serverOfClient(client: ServerClient, dialect: Dialect): Promise<Server> {
  if (dialect === 'openbao') return serverOf.openbao;
  const { version } = await client.sealStatus();
  return version.startsWith('1.') ? serverOf.vault : 'vault-2';
}
