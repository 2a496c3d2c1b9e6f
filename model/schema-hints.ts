import { existsSync } from 'node:fs';
import path from 'node:path';

import type { Problem } from './errors';
import type { InventoryFiles } from './load';
import { classify } from './source/classify';
import { displayPath } from './source/source-file';

/** What editors read at the beginning of a line; behind it, a path relative to the file, or a URL. */
const comment = /^#[ \t]*yaml-language-server:[ \t]*\$schema=(\S+)/m;

/**
 * Files whose comment for editors leads to no schema or to that of another kind, as after a copy from another folder: the editor then neither
 * completes nor checks. Nothing is found in an inventory without published schemas.
 *
 * @param directory folder of the inventory
 * @param files what was read from it
 */
export function schemaHints(directory: string, files: InventoryFiles): Problem[] {
  const published = new Set(files.map((file) => file.path).filter((file) => file.startsWith('schema/')));
  return files.flatMap((file) => {
    const { kind } = classify(file.path);
    const schema = `schema/${kind}.schema.json`;
    if (!('bytes' in file) || !published.has(schema)) return [];
    const text = Buffer.from(file.bytes).toString();
    const found = comment.exec(text);
    const reference = found?.[1] ?? '';
    if (found === null || /^[a-z]+:/i.test(reference)) return [];
    const folder = path.dirname(path.resolve(directory, file.path));
    const right = path.posix.relative(path.posix.dirname(file.path), schema);
    if (path.posix.normalize(reference) === right) return [];
    const target = path.resolve(folder, reference);
    if (path.basename(target) === path.basename(schema) && existsSync(target)) return [];
    const before = text.slice(0, found.index + found[0].length - reference.length).split('\n');
    return [
      {
        file: displayPath(file.path),
        line: before.length,
        column: (before.at(-1) ?? '').length + 1,
        message: `editors find no schema of ${kind} files here, so they neither complete nor check this file`,
        given: reference,
        fix: `write \`$schema=${right}\``,
      },
    ];
  });
}
