import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Files below a folder, but for the database itself, that hold a text. */
export function filesHolding(directory: string, text: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !file.includes('/.terraform/') && readFileSync(file).includes(text))
    .map((file) => path.relative(directory, file));
}
