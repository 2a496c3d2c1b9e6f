import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { PlatformError } from '../../model/errors';
import { readInventory } from '../../model/read';
import { load, smallInventory } from './small-inventory';

describe('readInventory', () => {
  let folder: string;
  const inside = (file: string): string => path.join(folder, 'inventory', file);
  const shop = 'tenants/storefront/shop.yaml';

  const headlines = (): string[] => {
    try {
      readInventory(inside(''));
    } catch (error) {
      if (error instanceof PlatformError && error.code === 'inventory') {
        return error.problems.map(({ file, line, column, message }) => `${file}:${line}:${column}  ${message}`);
      }
      throw error;
    }
    return [];
  };

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'inventory-'));
    for (const [file, text] of Object.entries(smallInventory)) {
      mkdirSync(path.dirname(inside(file)), { recursive: true });
      writeFileSync(inside(file), text);
    }
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('reads a folder as it is', () => {
    expect(readInventory(inside(''))).toEqual(load());
  });

  it('follows symbolic links to files that are inside', () => {
    writeFileSync(inside('tenants/.shared'), smallInventory[shop] ?? '');
    rmSync(inside(shop));
    symlinkSync('../.shared', inside(shop));
    expect(readInventory(inside(''))).toEqual(load());
  });

  it('refuses symbolic links that leave the inventory, lead to folders, nowhere, or in circles', () => {
    writeFileSync(path.join(folder, 'outside.yaml'), smallInventory[shop] ?? '');
    symlinkSync('../../../outside.yaml', inside('tenants/storefront/outside.yaml'));
    symlinkSync('..', inside('tenants/storefront/up.yaml'));
    symlinkSync('missing', inside('tenants/storefront/nowhere.yaml'));
    symlinkSync('circle.yaml', inside('tenants/storefront/circle.yaml'));
    expect(headlines()).toEqual([
      'inventory/tenants/storefront/circle.yaml:1:1  this cannot be read (ELOOP)',
      'inventory/tenants/storefront/nowhere.yaml:1:1  this cannot be read (ENOENT)',
      'inventory/tenants/storefront/outside.yaml:1:1  the symbolic link leaves the inventory',
      'inventory/tenants/storefront/up.yaml:1:1  this is not a file',
    ]);
  });

  it('refuses special files and large files', () => {
    execFileSync('mkfifo', [inside('tenants/storefront/pipe.yaml')]);
    truncateSync(inside(shop), 10_000_000);
    expect(headlines()).toEqual([
      'inventory/tenants/storefront/pipe.yaml:1:1  this is not a file',
      'inventory/tenants/storefront/shop.yaml:1:1  the file has 10000000 bytes, more than 131072',
    ]);
  });

  it('says what is missing', () => {
    for (const kind of ['clusters', 'environments', 'tenants']) rmSync(inside(kind), { recursive: true });
    expect(headlines()).toEqual([
      'inventory/clusters:1:1  there are no clusters',
      'inventory/environments:1:1  there are no environments',
    ]);
    rmSync(inside(''), { recursive: true });
    expect(headlines()).toEqual(['inventory:1:1  there is no inventory']);
  });
});
