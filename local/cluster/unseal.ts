import type { ServerClient } from '../../client/server-client';
import { ServerRefusal } from '../../client/server-refusal';
import { PlatformError } from '../../model/errors';
import { keyShares, keyThreshold, readSealKeys, refuseIfKeysExist, writeSealKeys } from './seal-keys';

/**
 * Initialises an empty cluster and writes the unseal keys to a file.
 * @returns the root token, which is stored nowhere; undefined if the cluster was already initialised
 * @throws PlatformError `cluster` if the file exists
 */
export async function initialise(node: ServerClient, keysFile: string): Promise<string | undefined> {
  if ((await node.sealStatus()).initialized) return undefined;
  refuseIfKeysExist(keysFile, 'servers that are not initialised, because their storage is empty');
  const answer = await node.write('sys/init', { secret_shares: keyShares, secret_threshold: keyThreshold });
  const { keys_base64: keys, root_token: rootToken } = answer as { keys_base64?: string[]; root_token?: string };
  if (keys === undefined || rootToken === undefined) throw new Error('sys/init gave no keys');
  writeSealKeys(keysFile, keys);
  return rootToken;
}

/**
 * Unseals one node. @returns whether it was sealed
 * @throws PlatformError `cluster` when the keys are missing or belong to another cluster
 */
export async function unseal(node: ServerClient, keysFile: string): Promise<boolean> {
  if (!(await node.sealStatus()).sealed) return false;
  const keys = readSealKeys(keysFile);
  try {
    // Discard shares of an incomplete attempt.
    await node.write('sys/unseal', { reset: true });
    for (const key of keys) await node.write('sys/unseal', { key });
  } catch (error) {
    if (!(error instanceof ServerRefusal) || error.status !== 400) throw error;
    throw wrongKeys(keysFile, error.reasons.join('; '));
  }
  if ((await node.sealStatus()).sealed) throw wrongKeys(keysFile, 'still sealed after the threshold of keys');
  return true;
}

function wrongKeys(file: string, reason: string): PlatformError {
  return new PlatformError('cluster', [
    {
      message: 'the unseal keys do not unseal this cluster',
      file,
      given: reason,
      fix: 'restore the file that was created with this cluster; without it: npm stop -- --purge',
    },
  ]);
}
