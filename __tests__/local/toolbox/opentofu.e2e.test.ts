import { existsSync } from 'node:fs';
import path from 'node:path';

import { execa } from 'execa';

import { childEnvironment } from '../../../local/toolbox/children';
import { Toolbox } from '../../../local/toolbox/toolbox';
import { itUnless } from '../../support/skips';
import { soak } from '../../support/soak';
import { World } from './fixture';

let world: World;
beforeAll(() => (world = new World()));
afterAll(() => world.remove());

const title = 'where there is neither Terraform nor OpenTofu, OpenTofu is built and runs';

/** Where no package of it was compiled before, Go occupies all processors for a quarter of an hour. */
itUnless(soak ? undefined : 'only in npm run soak, because the build takes 15 minutes', title)(
  title,
  async () => {
    const folders = (process.env.PATH ?? '').split(path.delimiter);
    const without = folders.filter(
      (folder) => !['terraform', 'tofu'].some((name) => existsSync(path.join(folder, name))),
    );
    const toolbox = new Toolbox({
      environment: { ...process.env, PATH: without.join(path.delimiter), VAULT_PLATFORM_TERRAFORM: '' },
      cacheDirectory: world.cache,
      projectDirectory: process.cwd(),
    });
    const messages: string[] = [];
    const program = await toolbox.terraform((message) => messages.push(message));
    expect(program).toMatchObject({ name: 'OpenTofu', version: '1.12.6', origin: 'installed' });
    const { stdout } = await execa(program.path, ['version'], {
      env: childEnvironment(process.env),
      extendEnv: false,
      cwd: world.root,
    });
    expect(stdout).toMatch(/^OpenTofu v1\.12\.6$/m);
    expect(messages.at(-1)).toMatch(/^installed OpenTofu 1\.12\.6 in \d+ s$/);
  },
  30 * 60_000,
);
