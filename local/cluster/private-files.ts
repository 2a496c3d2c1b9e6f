import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

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

/** The last lines of a log, for a message that says why something failed. */
export function lastLines(file: string, count = 8): string {
  return (readIfThere(file) ?? '').trimEnd().split('\n').slice(-count).join('\n           ');
}
