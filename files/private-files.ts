import { chmodSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { PlatformError } from '../model/errors';
import { makeFolder, writeErrorCode } from './make-folder';

/**
 * Creates a folder that only its owner can use (0700), unless it exists. Missing parents are created so that others can pass
 * through but not list them (0711): the user of PostgreSQL may have to reach its data below.
 */
export function makePrivateFolder(folder: string): void {
  makeFolder(path.dirname(folder), 0o711);
  makeFolder(folder, 0o700);
}

/** Replaces a file atomically. */
export function writePrivateFile(file: string, content: string, mode = 0o600): void {
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}`);
  writeFileSync(temporary, content, { mode });
  chmodSync(temporary, mode);
  renameSync(temporary, file);
}

/** Writes a file if its content differs. @returns whether it was written */
export function updatePrivateFile(file: string, content: string): boolean {
  if (readIfThere(file) === content) return false;
  writePrivateFile(file, content);
  return true;
}

/** Content of a file; undefined if it does not exist. */
export function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Size of a file in bytes, 0 if it does not exist: the offset of the next line of a log. */
export const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** What was written to a log since it had a certain size. */
export const writtenSince = (file: string, size: number): string =>
  Buffer.from(readIfThere(file) ?? '')
    .subarray(size)
    .toString();

/** The last lines of {@link writtenSince}, for an error message. */
export const lastLines = (file: string, size: number): string => lastLinesOf(writtenSince(file, size));

/** The last lines of a program's output, indented for a message. */
export const lastLinesOf = (text: string): string => text.trimEnd().split('\n').slice(-8).join('\n           ');

const causes: Readonly<Record<string, { readonly message: string; readonly fix: string }>> = {
  EACCES: { message: 'this is not writable', fix: 'make it writable, or set VAULT_PLATFORM_HOME to another folder' },
  EDQUOT: { message: 'the disk quota is used up', fix: 'free some space, or set VAULT_PLATFORM_HOME to another disk' },
  EEXIST: { message: 'a part of this path is not a folder', fix: 'set VAULT_PLATFORM_HOME to a folder' },
  ENOSPC: { message: 'the disk is full', fix: 'free some space, or set VAULT_PLATFORM_HOME to another disk' },
  ENOTDIR: { message: 'a part of this path is not a folder', fix: 'set VAULT_PLATFORM_HOME to a folder' },
  EPERM: { message: 'this is not writable', fix: 'make it writable, or set VAULT_PLATFORM_HOME to another folder' },
  EROFS: { message: 'this is read-only', fix: 'set VAULT_PLATFORM_HOME to a writable folder' },
};

/** Runs work that writes files in a folder. @throws PlatformError `cluster` for errors of the disk that a user can fix */
export async function asPlatformErrors<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { path: file = folder } = error as NodeJS.ErrnoException;
    const cause = causes[writeErrorCode(error)];
    if (cause === undefined) throw error;
    throw new PlatformError('cluster', [{ ...cause, file }]);
  }
}
