import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { App, Aspects } from 'cdktf';
import { buildSync } from 'esbuild';

import { planStacks } from '../../stacks/create-stacks';
import { renderStack } from '../../synthesis/render-stack';
import { synthesize } from '../../synthesis/synthesize';
import { exampleInventories } from '../support/inventory/examples';
import { environment, inventoryOf, tenant, tenantEnvironment } from '../support/inventory/model';
import { contents } from '../support/processes/synth';

let directory: string;
beforeEach(() => (directory = mkdtempSync(path.join(tmpdir(), 'vault-platform-synth-'))));
afterEach(() => rmSync(directory, { recursive: true }));

const stacks = (): string[] => readdirSync(path.join(directory, 'stacks')).sort();
const json = (at: string, stack: string): string => readFileSync(path.join(at, 'stacks', stack, 'cdk.tf.json'), 'utf8');

const checkout = tenant();
const search = tenant({
  name: 'search',
  team: 'discovery',
  environments: [tenantEnvironment({ environment: environment('stag') }), tenantEnvironment()],
});

describe('synthesize', () => {
  it('writes every stack, and returns the names in the order of application', () => {
    expect(synthesize(inventoryOf(checkout, search), { outputDirectory: directory })).toEqual([
      'nonprod-platform',
      'devel-engines',
      'stag-engines',
      'devel-payments',
      'devel-discovery',
      'stag-discovery',
    ]);
    expect(stacks()).toHaveLength(6);
  });

  it('is deterministic in any folder', () => {
    const other = mkdtempSync(path.join(tmpdir(), 'vault-platform-other-'));
    try {
      const names = synthesize(inventoryOf(checkout, search), { outputDirectory: directory });
      synthesize(inventoryOf(checkout, search), { outputDirectory: other });
      for (const name of names) expect(json(other, name)).toBe(json(directory, name));
      const manifest = (at: string): string => readFileSync(path.join(at, 'manifest.json'), 'utf8');
      expect(manifest(other)).toBe(manifest(directory));
    } finally {
      rmSync(other, { recursive: true });
    }
  });

  it.each(exampleInventories().map((example) => [example.name, example.inventory] as const))(
    'writes for %s what cdktf itself would write, byte for byte, and the server of each stack in the manifest',
    (_, inventory) => {
      const [ours, theirs] = [path.join(directory, 'ours'), path.join(directory, 'theirs')];
      synthesize(inventory, { outputDirectory: ours });
      const app = new App({ outdir: theirs });
      for (const { create } of planStacks(inventory)) create(app);
      app.synth();
      const { 'manifest.json': manifest = '', 'names.json': names = '', ...stacks } = contents(ours);
      const { 'manifest.json': theirManifest = '', ...theirStacks } = contents(theirs);
      expect(stacks).toEqual(theirStacks);
      const parsed = JSON.parse(manifest) as { stacks: Record<string, { origin?: unknown }> };
      for (const { name, origin } of planStacks(inventory)) {
        expect(parsed.stacks[name]?.origin).toEqual(origin);
        delete parsed.stacks[name]?.origin;
      }
      expect(parsed).toEqual(JSON.parse(theirManifest));
      expect(JSON.parse(names)).toEqual({ tenants: inventory.tenants.map(({ name }) => name), departed: [] });
    },
  );

  it('uses cdktf’s own synthesis for a stack with aspects', () => {
    const app = new App({ outdir: path.join(directory, 'aspects') });
    const stack = planStacks(inventoryOf(checkout))
      .find(({ name }) => name === 'devel-payments')!
      .create(app);
    const seen: string[] = [];
    Aspects.of(stack).add({ visit: ({ node }) => seen.push(node.id) });
    const { text, json } = renderStack(stack, app.manifest);
    expect(seen).toContain('checkout');
    expect(JSON.parse(text.toString())).toEqual(json);
  });

  it('removes the stacks of a team that left', () => {
    synthesize(inventoryOf(checkout, search), { outputDirectory: directory });
    synthesize(inventoryOf(checkout), { outputDirectory: directory });
    expect(stacks()).toEqual(['devel-engines', 'devel-payments', 'nonprod-platform']);
  });

  it('writes selected stacks, and keeps the others', () => {
    synthesize(inventoryOf(checkout, search), { outputDirectory: directory });
    const before = json(directory, 'devel-payments');
    const only = synthesize(inventoryOf(checkout, search), { outputDirectory: directory, only: '*-discovery' });
    expect(only).toEqual(['devel-discovery', 'stag-discovery']);
    expect(stacks()).toHaveLength(6);
    expect(json(directory, 'devel-payments')).toBe(before);
  });

  it('treats all characters except * literally', () => {
    const dotted = () => synthesize(inventoryOf(checkout), { outputDirectory: directory, only: 'devel.payments' });
    expect(dotted).toThrow(/no stack has this name\n {2}given: {3}devel.payments\n/);
    expect(dotted).toThrow(/did you mean devel-payments\?/);
  });

  it('refuses a folder with files that no synthesis wrote', () => {
    writeFileSync(path.join(directory, 'notes.txt'), '');
    expect(() => synthesize(inventoryOf(checkout), { outputDirectory: directory })).toThrow(
      /the output folder contains other files\n {2}given: .*, which contains notes\.txt/,
    );
  });

  it('removes nothing that its manifest does not list', () => {
    const kept = [
      'stacks/shared-environment.ts',
      'stacks/own/cdk.tf.json',
      'stacks/devel-discovery/terraform.tfstate',
      'notes.txt',
    ];
    synthesize(inventoryOf(checkout, search), { outputDirectory: directory });
    for (const file of kept) {
      mkdirSync(path.dirname(path.join(directory, file)), { recursive: true });
      writeFileSync(path.join(directory, file), '{}');
    }
    synthesize(inventoryOf(checkout), { outputDirectory: directory });
    expect(kept.filter((file) => !existsSync(path.join(directory, file)))).toEqual([]);
    expect(readdirSync(path.join(directory, 'stacks', 'devel-discovery'))).toEqual(['terraform.tfstate']);
  });

  it('leaves a folder named stacks of somebody else as it is', () => {
    mkdirSync(path.join(directory, 'stacks'));
    writeFileSync(path.join(directory, 'stacks', 'own.ts'), '');
    synthesize(inventoryOf(checkout), { outputDirectory: directory });
    expect(stacks()).toContain('own.ts');
  });

  it('removes a stack that a synthesis of selected stacks did not list anew', () => {
    synthesize(inventoryOf(checkout, search), { outputDirectory: directory });
    synthesize(inventoryOf(checkout, search), { outputDirectory: directory, only: 'devel-payments' });
    synthesize(inventoryOf(checkout), { outputDirectory: directory });
    expect(stacks()).toEqual(['devel-engines', 'devel-payments', 'nonprod-platform']);
  });

  it.each([
    ['a web application', { name: 'Shop', icons: [] }],
    ['another program', { stacks: { '../../etc': { name: '../../etc', synthesizedStackPath: '../etc/cdk.tf.json' } } }],
    ['another program', { stacks: { own: { name: 'own', synthesizedStackPath: 'index.ts' } } }],
  ])('refuses a folder with the manifest of %s', (_, manifest) => {
    writeFileSync(path.join(directory, 'manifest.json'), JSON.stringify(manifest));
    expect(() => synthesize(inventoryOf(checkout), { outputDirectory: directory })).toThrow(
      /the output folder contains other files\n {2}given: .*, which contains manifest\.json/,
    );
    expect(readdirSync(directory)).toEqual(['manifest.json']);
  });

  it('keeps the stack trace of a defect', () => {
    // In a process of its own: jest puts stack traces into words in its own way.
    const bundle = path.join(directory, 'synthesize.cjs');
    buildSync({ entryPoints: ['synthesis/synthesize.ts'], bundle: true, platform: 'node', outfile: bundle });
    const script = `require(process.argv[1]).synthesize({ clusters: [{ name: 'x' }], environments: [], tenants: [] }, { outputDirectory: process.argv[2] })`;
    const { stderr } = spawnSync(process.execPath, ['-e', script, bundle, path.join(directory, 'out')], {
      encoding: 'utf8',
    });
    expect(stderr).toMatch(/TypeError: .*\n {4}at PlatformStack\./);
  });
});
