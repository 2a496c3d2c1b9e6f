import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { execa } from 'execa';

import { rename } from '../../cli/rename';
import { writeRename } from '../../cli/rename-files';
import { PlatformError } from '../../model/errors';
import { readInventoryFiles } from '../../model/read';
import { planRename } from '../../model/rename/plan-rename';
import type { RenameKind } from '../../model/rename/references';
import { richInventory } from '../model/rich-inventory';
import { smallInventory } from '../model/small-inventory';
import { captureOutput } from '../support/captured-output';
import { writeFilesIn } from '../support/inventory/write-files';

let project: string;
const at = (...parts: string[]): string => path.join(project, ...parts);
beforeEach(() => {
  project = mkdtempSync(path.join(tmpdir(), 'rename-'));
  writeFilesIn(at('inventory'), smallInventory);
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(project, { recursive: true });
});

/** Content and mode of every file of the inventory. */
const contents = (): unknown =>
  readInventoryFiles(at('inventory')).map((file) => [file, statSync(at('inventory', file.path)).mode]);

async function run(kind: RenameKind, from: string, to: string, dryRun = false): Promise<string> {
  const printed = captureOutput();
  await rename({ inventoryDirectory: at('inventory') }, kind, [from, to], { dryRun });
  return printed.text;
}

test('renames a team, prints what moves, and back again', async () => {
  chmodSync(at('inventory/tenants/payments/ledger.yaml'), 0o600);
  const before = contents();
  const printed = await run('team', 'payments', 'pay');
  expect(printed).toContain('inventory/tenants/payments/ledger.yaml -> inventory/tenants/pay/ledger.yaml\n');
  expect(printed).toMatch(/\d+ resources move from the state of devel-payments to devel-pay\n/);
  expect(printed).toContain('npm run platform -- rename team pay payments');
  expect(readdirSync(at('inventory/tenants')).sort()).toEqual(['pay', 'storefront']);
  expect(printed).toContain('moves cdktf.before > moves.sh && sh moves.sh\n');
  await run('team', 'pay', 'payments');
  expect(contents()).toEqual(before);
});

test('moves a tenant to a new team, and back again', async () => {
  const before = contents();
  await run('tenant', 'payments/ledger', 'finance/books');
  expect(existsSync(at('inventory/tenants/payments'))).toBe(false);
  expect(readFileSync(at('inventory/tenants/finance/books.yaml'), 'utf8')).toBe(
    `nameOnServer: ledger\n${String(smallInventory['tenants/payments/ledger.yaml'])}`,
  );
  await run('tenant', 'finance/books', 'payments/ledger');
  expect(contents()).toEqual(before);
});

test('a dry run prints the same and changes nothing', async () => {
  const before = contents();
  const printed = await run('environment', 'devel', 'development', true);
  expect(printed).toContain('Inventory (nothing is written)\n');
  expect(printed).toContain('inventory/environments/devel.yaml:1:1  add `nameOnServer: devel`\n');
  expect(printed).toContain('inventory/tenants/payments/ledger.yaml:2:16  `devel` -> `development`\n');
  expect(printed).toContain('names that stay on servers: v1/devel/*, stacks devel-*\n');
  expect(printed).toContain('npm start -- development');
  expect(contents()).toEqual(before);
  expect(readdirSync(project)).toEqual(['inventory']);
});

test.each<[RenameKind, string, string, string]>([
  ['tenant', 'streaming/bus', 'streaming/events', 'bus-devel-*, bus-stag-*, v1/devel/kv/data/bus/*'],
  ['engine', 'kafka', 'brokers', 'v1/devel/pki/kafka, v1/stag/pki/kafka'],
  ['method', 'apps', 'programs', 'auth/apps'],
])('prints the names that stay on servers after %s %s became %s', async (kind, from, to, names) => {
  rmSync(at('inventory'), { recursive: true });
  writeFilesIn(at('inventory'), richInventory);
  expect(await run(kind, from, to, true)).toContain(`names that stay on servers: ${names}`);
});

test('prints that the metadata of entities changes with the team', async () => {
  rmSync(at('inventory'), { recursive: true });
  writeFilesIn(at('inventory'), richInventory);
  expect(await run('team', 'streaming', 'events', true)).toContain(
    'the entity of bus gets the metadata team=events: see policies with templates\n',
  );
});

test('changes nothing if one file cannot be written', () => {
  const plan = planRename(readInventoryFiles(at('inventory')), {
    kind: 'environment',
    from: 'devel',
    to: 'development',
  });
  // The last file is gone: all others were written before that is noticed.
  const last = plan.files.at(-1)!;
  const files = plan.files.map((file) => (file === last ? { ...file, newPath: 'no-folder/in-it/file.yaml' } : file));
  const before = contents();
  expect(() => {
    writeRename(at('inventory'), { ...plan, files });
  }).toThrow('nothing was changed');
  expect(contents()).toEqual(before);
  expect(readdirSync(at('inventory')).sort()).toEqual(['clusters', 'environments', 'tenants']);
});

test('refuses to edit through a symbolic link', async () => {
  renameSync(at('inventory/tenants/payments/ledger.yaml'), at('inventory/tenants/payments/README.md'));
  symlinkSync('README.md', at('inventory/tenants/payments/ledger.yaml'));
  await expect(run('environment', 'devel', 'development')).rejects.toThrow(PlatformError);
  await expect(run('environment', 'devel', 'development')).rejects.toThrow(
    'inventory/tenants/payments/ledger.yaml:1:1  a symbolic link cannot be edited',
  );
});

test('is a command with an option for a dry run', async () => {
  const before = contents();
  const options = ['--inventory', at('inventory'), 'rename', 'team', 'payments', 'pay', '--dry-run'];
  const { stdout } = await execa(process.execPath, ['bin/run.mjs', 'cli/platform.ts', ...options]);
  expect(stdout).toContain('resources move from the state of devel-payments to devel-pay');
  expect(contents()).toEqual(before);
}, 30_000);
