import { readFileSync } from 'node:fs';
import path from 'node:path';

import { build } from 'esbuild';
import { execa } from 'execa';

import { World } from './fixture';

let world: World;
beforeEach(() => (world = new World()));
afterEach(() => world.remove());

test('the example of the README runs', async () => {
  const readme = readFileSync('local/toolbox/README.md', 'utf8');
  const contents = /^```ts\n([^]*?)^```/m.exec(readme)?.[1] ?? '';
  const outfile = path.join(world.root, 'example.cjs');
  const stdin = { contents, loader: 'ts', resolveDir: process.cwd() } as const;
  await build({ stdin, bundle: true, platform: 'node', format: 'cjs', outfile, logLevel: 'silent' });
  const terraform = world.program('terraform', 'echo Terraform v1.11.4');
  const { stdout } = await execa(process.execPath, [outfile], { env: world.environment(), extendEnv: false });
  expect(stdout).toBe(`Terraform 1.11.4 at ${terraform} (path)`);
});
