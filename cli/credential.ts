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
import { credentials, setCredential } from '../operations/credentials';
import type { Context } from './context';
import { columns } from './table';

export interface SetCredentialOptions {
  /** Whether the server rotates it. */
  readonly rotate: boolean;
  /** Whether to set it on the embedded cluster instead of the real one. */
  readonly replica: boolean;
  /** Dialect of that embedded cluster. @default - the dialect in the inventory */
  readonly dialect?: Dialect;
}

/** `platform credential list`: credentials that operators must set. */
export function listCredentials(context: Context): void {
  const all = credentials(readInventory(context.inventoryDirectory));
  const lines = all.map(({ name, description, rotatePath }) => [
    name,
    description,
    rotatePath === undefined ? '' : pc.dim('rotated by the server at once'),
  ]);
  process.stdout.write(all.length === 0 ? 'no credential is needed in this inventory\n' : `${columns(lines)}\n`);
}

/** `platform credential set <name>`: sets a credential from standard input. */
export async function setCredentialFromInput(
  context: Context,
  name: string,
  options: SetCredentialOptions,
): Promise<void> {
  const inventory = readInventory(context.inventoryDirectory);
  const all = credentials(inventory);
  const credential = all.find((candidate) => candidate.name === name);
  if (credential === undefined) {
    const known = all.map((candidate) => candidate.name);
    throw new PlatformError('usage', [unknownName({ message: 'unknown credential', given: name, known })]);
  }
  const cluster = inventory.clusters.find((candidate) => candidate.name === credential.cluster)!;
  const client = options.replica ? replicaClient(context, cluster, options.dialect) : clientOf(context, cluster);
  try {
    const value = parseCredential(await standardInput(), credential.secrets);
    const rotated = await setCredential(client, credential, value, options);
    process.stdout.write(`${name}: set${rotated ? ', and rotated: the value you passed is no longer valid' : ''}\n`);
  } finally {
    await client.close();
  }
}

/** Standard input. A terminal is refused, because it shows what is typed. @throws PlatformError `usage` */
async function standardInput(): Promise<string> {
  if (!process.stdin.isTTY) return await text(process.stdin);
  throw new PlatformError('usage', [
    {
      message: 'a credential cannot be typed: it would show on the screen',
      given: 'a terminal',
      fix: 'pipe it in: `… credential set <name> < password`',
    },
  ]);
}

/** Client with the settings of the server's own command line; the address defaults to the one in the inventory. */
function clientOf({ environment }: Context, { name, address, dialect }: Cluster): ServerClient {
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

function replicaClient({ home }: Context, cluster: Cluster, dialect = cluster.dialect): ServerClient {
  const embedded = new EmbeddedCluster({ directory: replicaDirectory(home, cluster.name, dialect), dialect });
  if (!embedded.exists()) {
    throw new PlatformError('usage', [{ message: `there is no replica of ${cluster.name}`, fix: 'npm start' }]);
  }
  return embedded.client(embedded.adminToken());
}
