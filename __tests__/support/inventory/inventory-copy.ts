import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { parseDocument } from 'yaml';

import { writeOwners } from './with-owners';

/** New values by the path of a key, for example `auth.corporate.url`; undefined takes the key out. */
export type Changes = Readonly<Record<string, unknown>>;

/**
 * An example's inventory as somebody would try it: a copy, in which the outside has the addresses that it has here. After each change it has
 * the owners of what its tenants use.
 */
export class InventoryCopy {
  /** @param example - for example `kafka` */
  constructor(
    example: string,
    /** Where the copy is put. @default - a temporary folder */
    public readonly directory = mkdtempSync(path.join(os.tmpdir(), 'vault-platform-inventory-')),
  ) {
    cpSync(path.join('examples', example, 'inventory'), directory, { recursive: true });
  }

  /** Changes what a file says; everything else in it stays. Fails where there is nothing to take out. */
  public change(file: string, changes: Changes): void {
    const document = parseDocument(this.read(file));
    for (const [key, value] of Object.entries(changes)) {
      const keys = key.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
      if (value !== undefined) document.setIn(keys, value);
      else if (!document.deleteIn(keys)) throw new Error(`${file} has no ${key}`);
    }
    this.write(file, document.toString());
  }

  public read(file: string): string {
    return readFileSync(path.join(this.directory, file), 'utf8');
  }

  public write(file: string, text: string): void {
    writeFileSync(path.join(this.directory, file), text);
    writeOwners(this.directory);
  }

  public remove(file: string): void {
    rmSync(path.join(this.directory, file));
    writeOwners(this.directory);
  }

  public dispose(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
