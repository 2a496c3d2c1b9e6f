import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { smallInventory } from '../model/small-inventory';
import { contents, synth } from '../support/processes/synth';

let folder: string;
let inventory: string;
let output: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'vault-platform-synth-'));
  inventory = path.join(folder, 'inventory');
  output = path.join(folder, 'out');
  for (const [file, text] of Object.entries(smallInventory)) write(file, text);
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(file: string, text: string): void {
  const target = path.join(inventory, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, text);
}

const here = (...more: string[]): string[] => ['--inventory', inventory, '--output', output, ...more];

const stacksIn = (directory: string): string[] => readdirSync(path.join(directory, 'stacks')).sort();

describe('npm run synth', () => {
  it('writes every stack, and says how many and where', async () => {
    expect(await synth(here())).toEqual({
      exitCode: 0,
      stdout: `9 stacks in ${path.relative('.', output)}`,
      stderr: '',
    });
    expect(stacksIn(output)).toEqual([
      'devel-engines',
      'devel-payments',
      'devel-storefront',
      'east-platform',
      'prod-engines',
      'prod-payments',
      'stag-engines',
      'stag-payments',
      'west-platform',
    ]);
  });

  it('writes the same bytes wherever it runs, and whoever runs it', async () => {
    const elsewhere = path.join(folder, 'a much longer path', 'ünï');
    cpSync(inventory, path.join(elsewhere, 'inventory'), { recursive: true });
    const other = { HOME: elsewhere, USER: 'somebody', TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'C' };
    await synth(here(), { env: { HOME: folder, TZ: 'UTC', LANG: 'C' } });
    await synth(['--inventory', 'inventory', '--output', 'out'], { cwd: elsewhere, env: other });
    expect(Object.keys(contents(output)).length).toBeGreaterThan(9);
    expect(contents(path.join(elsewhere, 'out'))).toEqual(contents(output));
  });

  it('checks that the output is what the inventory says, and writes nothing', async () => {
    await synth(here());
    expect(await synth(here('--check'))).toMatchObject({
      exitCode: 0,
      stdout: `9 stacks in ${path.relative('.', output)} are up to date`,
    });
    write('environments/devel.yaml', `${smallInventory['environments/devel.yaml']}appRole: {secretIdTtl: 5d}\n`);
    write('tenants/storefront/cart.yaml', 'description: A cart\nenvironments: [stag]\n');
    rmSync(path.join(inventory, 'tenants/storefront/shop.yaml'));
    rmSync(path.join(output, 'stacks/west-platform'), { recursive: true });
    const before = contents(output);
    const { exitCode, stderr } = await synth(here('--check'));
    const relative = path.relative('.', output);
    expect(stderr.split('\n').filter((line) => line.startsWith('✗'))).toEqual([
      `✗ ${relative}/stacks/west-platform/cdk.tf.json  the file is missing`,
      `✗ ${relative}/stacks/devel-payments/cdk.tf.json  the file is not what the inventory says`,
      `✗ ${relative}/stacks/stag-storefront/cdk.tf.json  the file is missing`,
      `✗ ${relative}/names.json  the file is not what the inventory says`,
      `✗ ${relative}/manifest.json  the file is not what the inventory says`,
      `✗ ${relative}/stacks/devel-storefront/cdk.tf.json  the inventory has no such stack`,
    ]);
    expect(exitCode).toBe(1);
    expect(contents(output)).toEqual(before);
  });

  it('checks that Terraform applies nothing else, which reviewers of the inventory would not see', async () => {
    await synth(here());
    mkdirSync(path.join(output, 'stacks/more'));
    for (const file of ['devel-payments/more.tf', 'devel-payments/a_override.tf.json', 'more/cdk.tf.json']) {
      writeFileSync(path.join(output, 'stacks', file), '{}');
    }
    for (const file of ['terraform.tfstate', '.terraform.lock.hcl']) {
      writeFileSync(path.join(output, 'stacks/devel-payments', file), '{}');
    }
    const { exitCode, stderr } = await synth(here('--check'));
    const relative = path.relative('.', output);
    const message = 'Terraform applies this file, and no synthesis wrote it';
    expect(stderr.split('\n').filter((line) => line.startsWith('✗'))).toEqual([
      `✗ ${relative}/stacks/devel-payments/a_override.tf.json  ${message}`,
      `✗ ${relative}/stacks/devel-payments/more.tf  ${message}`,
      `✗ ${relative}/stacks/more/cdk.tf.json  ${message}`,
    ]);
    expect(exitCode).toBe(1);
  });

  it('checks an output of which parts are gone or are folders, and says once that there is none', async () => {
    await synth(here());
    rmSync(path.join(output, 'manifest.json'));
    rmSync(path.join(output, 'stacks/devel-payments/cdk.tf.json'));
    mkdirSync(path.join(output, 'stacks/devel-payments/cdk.tf.json'));
    const headlines = async (): Promise<string[]> =>
      (await synth(here('--check'))).stderr.split('\n').filter((line) => line.startsWith('✗'));
    const relative = path.relative('.', output);
    expect(await headlines()).toEqual([
      `✗ ${relative}/stacks/devel-payments/cdk.tf.json  the file is not what the inventory says`,
      `✗ ${relative}/manifest.json  the file is missing`,
    ]);
    rmSync(output, { recursive: true });
    expect(await headlines()).toEqual(['✗ there is no output to check']);
  });

  it('writes no path of the machine', async () => {
    await synth(here());
    for (const text of Object.values(contents(output))) {
      expect(text).not.toContain(folder);
      expect(text).not.toContain(process.cwd());
    }
  });

  it('writes where CDKTF_OUTDIR says, as cdktf-cli asks for it', async () => {
    const { exitCode } = await synth(['--inventory', inventory], { env: { CDKTF_OUTDIR: output } });
    expect(exitCode).toBe(0);
    expect(stacksIn(output)).toHaveLength(9);
  });

  it('--only writes some stacks and leaves the others as they are', async () => {
    const first = await synth(here('--only', 'devel-*'));
    expect(first.stdout).toMatch(/^3 stacks in /);
    expect(first.stderr).toBe('access is proven only when all stacks are synthesised: leave out --only');
    expect(stacksIn(output)).toEqual(['devel-engines', 'devel-payments', 'devel-storefront']);
    await synth(here('--only', 'prod-payments'));
    expect(stacksIn(output)).toEqual(['devel-engines', 'devel-payments', 'devel-storefront', 'prod-payments']);
  });

  it('--only with a name that no stack has says which one is near, and writes nothing', async () => {
    const { exitCode, stdout, stderr } = await synth(here('--only', 'devel-payment'));
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain('no stack has this name\n  given:   devel-payment\n');
    expect(stderr).toContain('did you mean devel-payments?');
    expect(existsSync(output)).toBe(false);
  });

  it('--help tells every option, and does nothing', async () => {
    const { exitCode, stdout, stderr } = await synth(['--help'], { cwd: folder });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    for (const option of ['--only', '--inventory', '--output', '--help'])
      expect(stdout).toMatch(new RegExp(`^  (-h, )?${option} `, 'm'));
    expect(readdirSync(folder)).toEqual(['inventory']);
  });

  it.each([
    [['--onyl', 'x'], "unknown option '--onyl'", 'did you mean --only?'],
    [['devel-payments'], 'too many arguments. Expected 0 arguments but got 1.', 'npm run synth -- --help'],
    [['--only'], "option '--only <stack>' argument missing", 'npm run synth -- --help'],
  ])('refuses %j in a few words', async (parameters, message, fix) => {
    const { exitCode, stdout, stderr } = await synth(parameters, { cwd: folder });
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr.split('\n')).toEqual([
      `✗ ${message}`,
      `  given:   ${parameters.join(' ')}`,
      '  allowed: --only, --inventory, --output, --check, --help',
      `  fix:     ${fix}`,
    ]);
  });

  it('an output that cannot be written to is told, not taken for a defect', async () => {
    writeFileSync(output, 'a file');
    const { exitCode, stderr } = await synth(here());
    expect(exitCode).toBe(1);
    expect(stderr.split('\n')).toEqual([
      '✗ the Terraform JSON cannot be written (ENOTDIR)',
      `  given:   ${output}`,
      '  fix:     choose a folder that you may write to, on a disk with free space',
    ]);
  });

  it('a broken inventory: every problem at once with its place, no stack trace, and an earlier output stays', async () => {
    await synth(here());
    const before = contents(output);
    write('environments/stag.yaml', 'description: One\ncluster: wset\nstate:\n  backend: local\nengines: [many]\n');
    write('tenants/payments/ledger.yaml', 'description: Books\nenvironments: [devel, pord]\ncolour: red\n');
    rmSync(path.join(inventory, 'tenants', 'storefront'), { recursive: true });
    const { exitCode, stdout, stderr } = await synth(here());
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    const places = stderr.split('\n').filter((line) => line.startsWith('✗'));
    expect(places.map((line) => line.split('  ')[0])).toEqual([
      '✗ inventory/environments/stag.yaml:2:10',
      '✗ inventory/environments/stag.yaml:5:10',
      '✗ inventory/tenants/payments/ledger.yaml:2:23',
      '✗ inventory/tenants/payments/ledger.yaml:3:1',
    ]);
    expect(stderr).toContain('\n4 problems');
    expect(stderr).not.toMatch(/\n\s+at |defect/);
    expect(contents(output)).toEqual(before);
  });

  it('the stacks of a team that left go', async () => {
    await synth(here());
    rmSync(path.join(inventory, 'tenants', 'storefront'), { recursive: true });
    await synth(here());
    expect(stacksIn(output)).not.toContain('devel-storefront');
    expect(stacksIn(output)).toHaveLength(8);
    expect(readFileSync(path.join(output, 'manifest.json'), 'utf8')).not.toContain('storefront');
  });
});
