import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';

/**
 * Creates a folder and its missing parents. `mkdirSync` with `recursive` never returns where the system has no such folder and cannot create
 * it, as below /proc.
 *
 * @param mode of folders that are created, without the bits of the umask
 * @throws NodeJS.ErrnoException of the first folder that cannot be created
 */
export function makeFolder(folder: string, mode = 0o777): void {
  if (existsSync(folder)) return;
  makeFolder(path.dirname(folder), mode);
  try {
    mkdirSync(folder, { mode });
  } catch (error) {
    // Another process created it in between.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** Code of the error of a failed write. /proc, which allows no new folders, reports `ENOENT` for one; here it is `EROFS`. */
export function writeErrorCode(error: unknown): string {
  const { code = '', syscall } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' && syscall === 'mkdir' ? 'EROFS' : code;
}
