import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';

import pc from 'picocolors';

import { ServerClient } from '../client/server-client';
import { EmbeddedCluster } from '../local/cluster/embedded-cluster';
import { replicaDirectory } from '../local/replica/replica';
import type { Cluster } from '../model/cluster/cluster';
import { dialects } from '../model/dialect';
import type { Dialect } from '../model/dialect';
import { PlatformError } from '../model/errors';
import { readInventory } from '../model/read';
import { unknownName } from '../model/unknown-name';
import { parseCredential } from '../operations/credential-value';
import { credentials, handOver } from '../operations/credentials';
import type { Context } from './context';
import { columns } from './table';

export interface SetCredentialOptions {
  /** Whether the server is to change it. */
  readonly rotate: boolean;
  /** Whether to hand it to the embedded cluster instead of the real one. */
  readonly replica: boolean;
  /** Dialect of that embedded cluster. @default - that of the inventory */
  readonly dialect?: Dialect;
}

/** `platform credential list`: what operators have to hand over. */
export function listCredentials(context: Context): void {
  const all = credentials(readInventory(context.inventoryDirectory));
  const lines = all.map(({ name, description, rotatePath }) => [
    name,
    description,
    rotatePath === undefined ? '' : pc.dim('changed by the server at once'),
  ]);
  process.stdout.write(all.length === 0 ? 'nothing in this inventory needs a credential\n' : `${columns(lines)}\n`);
}

/** `platform credential set <name>`: hands a credential over that comes by standard input. */
export async function setCredential(context: Context, name: string, options: SetCredentialOptions): Promise<void> {
  const inventory = readInventory(context.inventoryDirectory);
  const all = credentials(inventory);
  const credential = all.find((candidate) => candidate.name === name);
  if (credential === undefined) {
    const known = all.map((candidate) => candidate.name);
    throw new PlatformError('usage', [unknownName({ message: 'no credential has this name', given: name, known })]);
  }
  const cluster = inventory.clusters.find((candidate) => candidate.name === credential.cluster)!;
  const client = options.replica ? replicaClient(context, cluster, options.dialect) : clientOf(context, cluster);
  try {
    const value = parseCredential(await standardInput(), credential.secrets);
    const rotated = await handOver(client, credential, value, options);
    process.stdout.write(`${name}: handed over${rotated ? ', and changed: what you hold is worth nothing now' : ''}\n`);
  } finally {
    await client.close();
  }
}

/** What is typed would stand on the screen. @throws PlatformError `usage` */
async function standardInput(): Promise<string> {
  if (!process.stdin.isTTY) return await text(process.stdin);
  throw new PlatformError('usage', [
    {
      message: 'a credential is not typed in: everybody could read it',
      given: 'a terminal',
      fix: 'pipe it in: `… credential set <name> < password`',
    },
  ]);
}

/** The server as its own command line would find it; the address is that of the inventory unless a variable says another. */
function clientOf({ environment }: Context, { name, address, dialect }: Cluster): ServerClient {
  const { envPrefix: prefix } = dialects[dialect];
  const variable = (suffix: string): string | undefined =>
    environment[`${prefix}_${suffix}`] ?? environment[`VAULT_${suffix}`];
  const token = variable('TOKEN');
  const caFile = variable('CACERT');
  if (token === undefined || token === '') {
    throw new PlatformError('usage', [
      {
        message: `there is no token for the cluster ${name}`,
        fix: `log in as an administrator and set ${prefix}_TOKEN, or use --replica for the embedded cluster`,
      },
    ]);
  }
  return new ServerClient({
    addresses: [variable('ADDR') ?? address],
    ...(caFile !== undefined && { ca: readCa(`${prefix}_CACERT`, caFile) }),
    token,
  });
}

function readCa(variable: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { message } = error as Error;
    throw new PlatformError('usage', [
      { message: `${variable} names no certificate: ${message}`, fix: `correct ${variable}, or unset it` },
    ]);
  }
}

function replicaClient({ home }: Context, cluster: Cluster, dialect = cluster.dialect): ServerClient {
  const embedded = new EmbeddedCluster({ directory: replicaDirectory(home, cluster.name, dialect), dialect });
  if (!embedded.exists()) {
    throw new PlatformError('usage', [{ message: `there is no replica of ${cluster.name}`, fix: 'npm start' }]);
  }
  return embedded.client(embedded.adminToken());
}
