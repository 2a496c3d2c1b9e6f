import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';

import { PlatformError } from './errors';
import type { Inventory } from './inventory';
import { loadInventory, type InventoryFile, type InventoryFiles } from './load';
import { tooLarge } from './source/decode';

/**
 * Reads the inventory from a folder.
 *
 * @throws PlatformError with the code `inventory` and every problem that was found
 */
export const readInventory = (directory: string): Inventory => loadInventory(readInventoryFiles(directory));

/**
 * Reads the files of an inventory without understanding them. Symbolic links are followed to files inside the folder only:
 * what is reviewed there is what counts.
 *
 * @throws PlatformError with the code `inventory` when the folder is missing
 */
export function readInventoryFiles(directory: string): InventoryFiles {
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) {
    const fix = 'start in the folder of the repository, or name the right one';
    throw new PlatformError('inventory', [
      { file: 'inventory', line: 1, column: 1, message: 'there is no inventory', given: directory, fix },
    ]);
  }
  const root = realpathSync(directory);
  return filesBelow(root, '');
}

function filesBelow(root: string, folder: string): InventoryFile[] {
  const inside = (name: string): string => (folder === '' ? name : `${folder}/${name}`);
  try {
    return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      const file = inside(entry.name);
      return entry.isDirectory() ? filesBelow(root, file) : [readFile(root, file)];
    });
  } catch (error) {
    return [unreadable(folder, error)];
  }
}

function readFile(root: string, file: string): InventoryFile {
  const absolute = path.join(root, file);
  try {
    const target = lstatSync(absolute).isSymbolicLink() ? realpathSync(absolute) : absolute;
    if (!target.startsWith(root + path.sep)) {
      return refused(file, 'the symbolic link leaves the inventory', 'put a copy of the file in its place');
    }
    const stat = statSync(target);
    if (!stat.isFile()) return refused(file, 'this is not a file', 'put a file in its place, or remove it');
    const size = tooLarge(stat.size, file);
    if (size !== undefined) return { path: file, unreadable: size };
    return { path: file, bytes: readFileSync(target) };
  } catch (error) {
    return unreadable(file, error);
  }
}

const refused = (file: string, message: string, fix: string): InventoryFile => ({
  path: file,
  unreadable: { message, fix },
});

function unreadable(file: string, error: unknown): InventoryFile {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
  return refused(file, `this cannot be read (${code})`, 'give yourself the right to read it, or remove it');
}
