import { z } from 'zod';

import { readIfThere, writePrivateFile } from '../../files/private-files';
import { PlatformError } from '../../model/errors';

export const keyShares = 5;
export const keyThreshold = 3;

/** Note in the file, also to be shown with its name. */
export const sealKeysNote =
  'Unseal keys of a cluster on this machine, in a file that only its owner can read. ' +
  'Anyone with three of them can read everything in the cluster: use them for a local replica only.';

const sealKeys = z.object({
  note: z.string(),
  threshold: z.number().int().min(1),
  keys: z.array(z.base64()).min(1),
});

/** Keeps the Shamir shares, base64. The file must not exist: {@link refuseIfKeysExist}. */
export function writeSealKeys(file: string, keys: readonly string[]): void {
  writePrivateFile(file, `${JSON.stringify({ note: sealKeysNote, threshold: keyThreshold, keys }, null, 2)}\n`);
}

/**
 * To be called before anything empty is initialised: with the keys of the former data overwritten, nothing could read that data again.
 *
 * @param found what is empty, for example `no data of PostgreSQL in <folder>`
 * @throws PlatformError `cluster` if the file exists
 */
export function refuseIfKeysExist(file: string, found: string): void {
  if (readIfThere(file) === undefined) return;
  throw new PlatformError('cluster', [
    {
      message: 'the cluster was initialised before, but its data is gone',
      file,
      given: `these unseal keys, and ${found}`,
      fix: 'put the data back, for example by mounting its folder; to delete everything and begin anew: npm stop -- --purge',
    },
  ]);
}

/**
 * As many shares as unsealing takes.
 * @throws PlatformError `cluster` when the file is missing or damaged: the cluster cannot be unsealed without it
 */
export function readSealKeys(file: string): string[] {
  const text = readIfThere(file);
  const fix =
    'put the file back from wherever a copy is; without it nothing in this cluster can be read again: npm stop -- --purge';
  if (text === undefined) {
    throw new PlatformError('cluster', [
      { message: 'the cluster is initialised, but the file with its unseal keys is missing', file, fix },
    ]);
  }
  const parsed = sealKeys.safeParse(parseJson(text));
  if (!parsed.success || parsed.data.keys.length < parsed.data.threshold) {
    throw new PlatformError('cluster', [{ message: 'the file with the unseal keys is damaged', file, fix }]);
  }
  return parsed.data.keys.slice(0, parsed.data.threshold);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
