import { chmodSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { PlatformError } from '../model/errors';

/**
 * Makes a folder that its owner alone may use (0700), unless it is there. Parents that have to be made can be gone
 * through and not be read (0711): PostgreSQL's user may have to reach its data below.
 */
export function makePrivateFolder(folder: string): void {
  mkdirSync(path.dirname(folder), { recursive: true, mode: 0o711 });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}

/** Replaces a file at once, so that nobody ever reads half of it. */
export function writePrivateFile(file: string, content: string, mode = 0o600): void {
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}`);
  writeFileSync(temporary, content, { mode });
  chmodSync(temporary, mode);
  renameSync(temporary, file);
}

/** Writes only what differs. @returns whether it did */
export function updatePrivateFile(file: string, content: string): boolean {
  if (readIfThere(file) === content) return false;
  writePrivateFile(file, content);
  return true;
}

/** Content of a file, or undefined when there is none. */
export function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Bytes in a file, 0 when there is none: where the next words in a log begin. */
export const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** The last lines written to a log since it had a certain size, for a message that says why something failed. */
export function lastLines(file: string, since: number): string {
  const bytes = Buffer.from(readIfThere(file) ?? '');
  return lastLinesOf(bytes.subarray(since).toString());
}

/** The end of what a program said, indented to stand in a message. */
export const lastLinesOf = (text: string): string => text.trimEnd().split('\n').slice(-8).join('\n           ');

const causes: Readonly<Record<string, { readonly message: string; readonly fix: string }>> = {
  EACCES: { message: 'this may not be written', fix: 'give yourself the right, or set VAULT_PLATFORM_HOME elsewhere' },
  EDQUOT: { message: 'the disk quota is used up', fix: 'free some space, or set VAULT_PLATFORM_HOME to another disk' },
  EEXIST: { message: 'a part of this path is no folder', fix: 'set VAULT_PLATFORM_HOME to a folder' },
  ENOSPC: { message: 'the disk is full', fix: 'free some space, or set VAULT_PLATFORM_HOME to another disk' },
  ENOTDIR: { message: 'a part of this path is no folder', fix: 'set VAULT_PLATFORM_HOME to a folder' },
  EROFS: { message: 'this can only be read', fix: 'set VAULT_PLATFORM_HOME to a folder that can be written' },
};

/** Runs something that writes files in a folder; what a user can fix about the disk is told as such. @throws PlatformError `cluster` */
export async function asPlatformErrors<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code = '', path: file = folder } = error as NodeJS.ErrnoException;
    const cause = causes[code];
    if (cause === undefined) throw error;
    throw new PlatformError('cluster', [{ ...cause, file }]);
  }
}
