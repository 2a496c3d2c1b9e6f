import { isUtf8 } from 'node:buffer';

import type { Fault } from '../language/rule';
import type { Position } from './source-file';

/**
 * The largest size of a file, in bytes. It limits the work of the parser. Environments have entries of `owners` for all tenants, and the register
 * has the names of all that left; no other file that people write comes near its limit.
 *
 * @param path in the inventory
 */
const maxBytes = (path: string): number => (/^(environments\/|names\.yaml$)/.test(path) ? 1024 : 128) * 1024;

/**
 * The text of a file in UTF-8, without a byte order mark; or what is wrong with it, and where.
 *
 * @param path in the inventory, on which the largest size depends
 */
export function decode(bytes: Uint8Array, path: string): string | (Fault & Position) {
  const size = tooLarge(bytes.length, path);
  if (size !== undefined) return { ...size, line: 1, column: 1 };
  if (isUtf8(bytes)) return decoder.decode(bytes);
  const before = new TextDecoder('utf-8').decode(bytes.subarray(0, validPrefix(bytes)), { stream: true });
  const message = 'the file is not encoded in UTF-8';
  const lines = before.split('\n');
  return { message, fix: 'save it as UTF-8', line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

/** It drops a byte order mark. */
const decoder = new TextDecoder('utf-8');

/** What is said about a file that is too large, whether or not it was read. @returns undefined if it is not */
export function tooLarge(bytes: number, path: string): Fault | undefined {
  const limit = maxBytes(path);
  if (bytes <= limit) return undefined;
  return {
    message: `the file has ${bytes} bytes, more than ${limit}`,
    fix: 'make it smaller, or move it out of the inventory if it is not a part of it',
  };
}

/** Bytes before the first that is not UTF-8. */
function validPrefix(bytes: Uint8Array): number {
  let valid = 0;
  for (let step = 2 ** 17; step >= 1; step /= 2) {
    if (valid + step <= bytes.length && isUtf8SoFar(bytes.subarray(0, valid + step))) valid += step;
  }
  return valid;
}

function isUtf8SoFar(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Decoding drops it. */
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/** The bytes of a text that was edited, with the byte order mark that the file had before. */
export const encodeEdited = (text: string, before: Uint8Array): Uint8Array =>
  byteOrderMark.equals(before.subarray(0, 3)) ? Buffer.concat([byteOrderMark, Buffer.from(text)]) : Buffer.from(text);
