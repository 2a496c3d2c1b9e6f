import { writeFileSync } from 'node:fs';
import path from 'node:path';

import type { InventoryFiles } from '../../../model/load';
import { addOwners, withChanges } from '../../../model/ownership/suggest-owners';
import { readInventoryFiles } from '../../../model/read';
import { ProblemList } from '../../../model/source/problem-list';

/** The files of an inventory, whose environments allow everything that its tenants use of shared back ends. */
export const withOwners = (files: InventoryFiles): InventoryFiles =>
  withChanges(files, addOwners(files, new ProblemList()).files);

/** The same for texts, by their path. */
export function textsWithOwners(files: Readonly<Record<string, string>>): Record<string, string> {
  const owned = withOwners(Object.entries(files).map(([path, text]) => ({ path, bytes: Buffer.from(text) })));
  return Object.fromEntries(
    owned.flatMap((file) => ('bytes' in file ? [[file.path, Buffer.from(file.bytes).toString()] as const] : [])),
  );
}

/** Gives an inventory on disk owners of all that its tenants use, in place of those that are the last key of a file. */
export function writeOwners(directory: string): void {
  const files = readInventoryFiles(directory).map((file) => {
    if (!('bytes' in file) || !file.path.startsWith('environments/')) return file;
    const text = Buffer.from(file.bytes).toString();
    return { path: file.path, bytes: Buffer.from(text.replace(/\n+owners:\n[^]*$/, '\n')) };
  });
  for (const file of withOwners(files)) {
    if ('bytes' in file && file.path.startsWith('environments/')) {
      writeFileSync(path.join(directory, file.path), file.bytes);
    }
  }
}
