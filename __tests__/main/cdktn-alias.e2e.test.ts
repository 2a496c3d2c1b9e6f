import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { execa } from 'execa';

import { npmInstall } from '../support/processes/npm-install';
import { contents, synth } from '../support/processes/synth';
import { itUnless } from '../support/skips';

const folder = mkdtempSync(path.join(tmpdir(), 'vault-platform-cdktn-'));
afterAll(() => rmSync(folder, { recursive: true }));

const missing = npmInstall(folder, 'cdktf@npm:cdktn@0.24.0');

/** This project with another package in the place of cdktf, as an alias in package.json would put it. */
async function projectWith(cdktf: string): Promise<string> {
  const project = path.join(folder, 'project');
  const { stdout } = await execa('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
  for (const file of stdout.split('\0').filter(existsSync)) cpSync(file, path.join(project, file));
  const modules = path.join(project, 'node_modules');
  mkdirSync(modules);
  for (const name of readdirSync('node_modules')) {
    // Bundlers resolve a link to where it leads, and from there find the other cdktf; so what imports it is copied.
    if (name === '@cdktf') cpSync(path.join('node_modules', name), path.join(modules, name), { recursive: true });
    else if (name !== 'cdktf') symlinkSync(path.resolve('node_modules', name), path.join(modules, name));
  }
  cpSync(cdktf, path.join(modules, 'cdktf'), { recursive: true });
  return project;
}

/** The version is that of the package itself, and cdktn writes empty lists without a line break. */
const normal = (files: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(files).map(([file, text]) => [
      file,
      JSON.stringify(JSON.parse(text), null, 2).replace(/^( *"version": )"[\d.]+"/m, '$1"…"'),
    ]),
  );

itUnless(missing, 'the alias of cdktn')('cdktn in the place of cdktf writes the same stacks', async () => {
  const [byCdktn, byCdktf] = [path.join(folder, 'cdktn-out'), path.join(folder, 'cdktf-out')];
  const project = await projectWith(path.join(folder, 'node_modules', 'cdktf'));
  const inventory = ['--inventory', path.join(project, 'inventory')];
  expect(await synth([...inventory, '--output', byCdktn], { project })).toMatchObject({ exitCode: 0, stderr: '' });
  await synth([...inventory, '--output', byCdktf]);
  const [cdktn, cdktf] = [contents(byCdktn), contents(byCdktf)];
  // Otherwise the alias was not used, and the test would show nothing.
  expect(cdktn['manifest.json']).toContain('"version": "0.24.0"');
  expect(Object.keys(cdktf).length).toBeGreaterThan(20);
  expect(normal(cdktn)).toEqual(normal(cdktf));
});
