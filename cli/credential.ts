import { text } from 'node:stream/consumers';

import pc from 'picocolors';

import type { Dialect } from '../model/dialect';
import { PlatformError } from '../model/errors';
import { readInventory } from '../model/read';
import { unknownName } from '../model/unknown-name';
import { parseCredential } from '../operations/credential-value';
import { credentials, setCredential } from '../operations/credentials';
import { clusterClient, replicaClient } from './cluster-client';
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
  const client = options.replica ? replicaClient(context, cluster, options.dialect) : clusterClient(context, cluster);
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
