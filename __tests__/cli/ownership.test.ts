import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { suggestOwnership } from '../../cli/ownership';
import { readInventory } from '../../model/read';
import { everyEngine } from '../model/ownership/every-engine';
import { captureOutput } from '../support/captured-output';
import { writeFilesIn } from '../support/inventory/write-files';

const file = 'environments/devel.yaml';
const devel = String(everyEngine[file]).replaceAll('\n', '\r\n');
let inventoryDirectory: string;
let printed: ReturnType<typeof captureOutput>;
beforeEach(() => {
  inventoryDirectory = mkdtempSync(path.join(tmpdir(), 'ownership-'));
  writeFilesIn(inventoryDirectory, {
    ...everyEngine,
    [file]: devel,
    'tenants/shop/basket.yaml':
      'description: Baskets\nenvironments: [devel]\nsshRoles:\n  ops: {certificateType: user, principals: [ops], ttl: 1h}\n',
  });
  printed = captureOutput();
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(inventoryDirectory, { recursive: true });
});
const text = (): string => readFileSync(path.join(inventoryDirectory, file), 'utf8');

describe('platform ownership suggest', () => {
  it('prints the entries with their place, and writes nothing', () => {
    suggestOwnership({ inventoryDirectory }, { write: false });
    expect(printed.text).toMatch(/^inventory\/environments\/devel\.yaml:16:\d+ {2}add\nowners:\n {2}ssh:\n/);
    expect(printed.text).toContain('principals: [ops]');
    expect(printed.text).toContain('Nothing is written. Entries for 1 use are missing; --write adds them.');
    expect(text()).toBe(devel);
  });

  it('writes them, so that the inventory loads; the second time there is nothing to do', () => {
    suggestOwnership({ inventoryDirectory }, { write: true });
    const written = text();
    expect(written.startsWith(devel.trimEnd())).toBe(true);
    expect(written.replaceAll('\r\n', '')).not.toContain('\n');
    expect(readInventory(inventoryDirectory).tenants).toHaveLength(1);
    suggestOwnership({ inventoryDirectory }, { write: true });
    expect(text()).toBe(written);
    expect(printed.text).toContain('Every use of a back end that all teams share has an owner’s entry.');
  });

  it('writes nothing with any other problem', () => {
    writeFileSync(path.join(inventoryDirectory, 'environments/stag.yaml'), '');
    expect(() => suggestOwnership({ inventoryDirectory }, { write: true })).toThrow(
      /stag\.yaml:1:1 {2}the file is empty/,
    );
    expect(text()).toBe(devel);
  });

  it('writes nothing to a symbolic link', () => {
    const target = path.join(inventoryDirectory, 'environments/.devel');
    writeFileSync(target, devel);
    rmSync(path.join(inventoryDirectory, file));
    symlinkSync(target, path.join(inventoryDirectory, file));
    expect(() => suggestOwnership({ inventoryDirectory }, { write: true })).toThrow(/a symbolic link cannot be edited/);
    expect(readFileSync(target, 'utf8')).toBe(devel);
  });
});
