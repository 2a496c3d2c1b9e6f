import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { keepNames } from '../../cli/names';
import { removeTenant } from '../../cli/tenant-remove';
import { readInventory } from '../../model/read';
import { smallInventory } from '../model/small-inventory';
import { captureOutput } from '../support/captured-output';
import { writeFilesIn } from '../support/inventory/write-files';

let inventoryDirectory: string;
const at = (file: string): string => path.join(inventoryDirectory, file);
const ledger = 'tenants/payments/ledger.yaml';
let printed: ReturnType<typeof captureOutput>;
beforeEach(() => {
  inventoryDirectory = mkdtempSync(path.join(tmpdir(), 'names-'));
  const files = { ...smallInventory, [ledger]: smallInventory[ledger]!.replace('stag-ledger-tests', 'ledger-tests') };
  writeFilesIn(inventoryDirectory, files);
  printed = captureOutput();
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(inventoryDirectory, { recursive: true });
});
const policies = (): string[] =>
  readInventory(inventoryDirectory).tenants.flatMap(({ environments }) =>
    environments.flatMap((settings) => settings.policies.map(({ name }) => name)),
  );

describe('platform names keep', () => {
  it('writes the register and the short names', () => {
    keepNames({ inventoryDirectory }, { dryRun: false });
    expect(policies()).toEqual(['ledger-tests']);
    expect(printed.text).toContain('ledger.yaml:7:11  `ledger-tests` -> `tests`\n');
    expect(readdirSync(inventoryDirectory).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('writes nothing in a dry run, or if a file is a symbolic link', () => {
    keepNames({ inventoryDirectory }, { dryRun: true });
    const other = at('.ledger');
    const text = readFileSync(at(ledger), 'utf8');
    writeFilesIn(inventoryDirectory, { '.ledger': text });
    rmSync(at(ledger));
    symlinkSync(other, at(ledger));
    expect(() => keepNames({ inventoryDirectory }, { dryRun: false })).toThrow(/a symbolic link cannot be edited/);
    expect([readFileSync(other, 'utf8'), statSync(at('names.yaml'), { throwIfNoEntry: false })]).toEqual([
      text,
      undefined,
    ]);
  });
});

test('platform tenant remove removes the file and its folder, and writes the register', () => {
  keepNames({ inventoryDirectory }, { dryRun: false });
  // The owner removes the entry for the tenant first.
  const devel = smallInventory['environments/devel.yaml']!;
  writeFilesIn(inventoryDirectory, { 'environments/devel.yaml': devel.slice(0, devel.indexOf('owners:')) });
  removeTenant({ inventoryDirectory }, 'payments/ledger', { reason: 'It was replaced', on: '2026-11-02' });
  expect(readInventory(inventoryDirectory).departed).toEqual(['ledger']);
  expect(readdirSync(at('tenants'))).toEqual(['storefront']);
  expect(readFileSync(at('names.yaml'), 'utf8')).toContain('    names:\n      - ledger-tests\n');
});
