import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Writes the files of an inventory, by their path in it; folders are created. */
export function writeFilesIn(directory: string, files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    const target = path.join(directory, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
}
