import type { ServerClient } from '../../client/server-client';
import { readSealKeys } from './seal-keys';

/**
 * Creates a root token from the unseal keys, as `operator generate-root` does, when the first root token no longer exists.
 * It is only in memory; the caller revokes it.
 * @see https://developer.hashicorp.com/vault/api-docs/system/generate-root
 */
export async function generateRootToken(active: ServerClient, keysFile: string): Promise<string> {
  const keys = readSealKeys(keysFile);
  // Cancel an attempt that an interrupted process left.
  await active.delete('sys/generate-root/attempt');
  const { nonce, otp } = await active.write('sys/generate-root/attempt');
  for (const key of keys) {
    const answer = await active.write('sys/generate-root/update', { key, nonce });
    if (answer.complete === true) return decode(String(answer.encoded_token), String(otp));
  }
  throw new Error('sys/generate-root took every key and did not complete');
}

/** Decodes the token, which is XORed with the one-time password. */
function decode(encoded: string, otp: string): string {
  const mask = Buffer.from(otp);
  return Buffer.from(encoded, 'base64')
    .map((byte, index) => byte ^ (mask[index] ?? 0))
    .toString();
}
