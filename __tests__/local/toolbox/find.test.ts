import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { acceptable, find, type Wanted } from '../../../local/toolbox/find';
import { failureOf, World } from './fixture';

const wanted: Wanted = {
  variable: 'THE_PROGRAM',
  commands: ['terraform', 'tofu'],
  versionArguments: ['version'],
  products: [
    { name: 'Terraform', pattern: /^Terraform v(\S+)/m, oldest: '1.11', below: '2' },
    {
      name: 'OpenTofu',
      pattern: /^OpenTofu v(\S+)/m,
      oldest: '1.10',
      refuse: (v) => (v.endsWith('-bad') ? 'is bad' : undefined),
    },
  ],
};

let world: World;
beforeEach(() => (world = new World()));
afterEach(() => world.remove());

const search = (more: NodeJS.ProcessEnv = {}): ReturnType<typeof find> =>
  find(wanted, world.environment(more), (message) => world.messages.push(message));

test('a variable takes precedence over PATH', async () => {
  world.program('terraform', 'echo Terraform v1.11.4');
  const file = world.program('other', 'echo OpenTofu v1.12.0', path.join(world.root, 'elsewhere'));
  expect(await search({ THE_PROGRAM: file })).toEqual({
    name: 'OpenTofu',
    version: '1.12.0',
    path: file,
    origin: 'environment',
  });
});

test('an empty variable is ignored', async () => {
  const file = world.program('terraform', 'echo Terraform v1.11.4');
  expect(await search({ THE_PROGRAM: '' })).toMatchObject({ path: file, origin: 'path' });
});

test('finds nothing on an empty PATH, and prints nothing', async () => {
  expect(await search()).toBeUndefined();
  expect(world.messages).toEqual([]);
});

test('an old program is rejected with the reason, and the search continues with the next folder and name', async () => {
  const old = world.program('terraform', 'echo Terraform v1.9.8');
  const second = path.join(world.root, 'second');
  const broken = world.program('terraform', 'echo no licence >&2; exit 3', second);
  const tofu = world.program('tofu', 'echo OpenTofu v1.10.0', second);
  expect(await search({ PATH: `${world.bin}:relative:${second}` })).toMatchObject({ name: 'OpenTofu', path: tofu });
  expect(world.messages).toEqual([
    `skipped ${old}: it is Terraform 1.9.8; needed: Terraform 1.11 or newer (older than 2), OpenTofu 1.10 or newer`,
    `skipped ${broken}: it does not run: no licence`,
  ]);
});

test.each([
  ['Terraform v1.11.0', true],
  ['Terraform v1.100.0', true],
  ['Terraform v1.10.9', false],
  ['Terraform v2.0.0', false],
  ['OpenTofu v1.10.0-rc1', true],
  ['OpenTofu v1.12.0-bad', false],
  ['Terragrunt v1.11.4', false],
])('%s is accepted: %s', async (line, expected) => {
  world.program('terraform', `echo ${line}`);
  expect((await search()) !== undefined).toBe(expected);
});

test('a program runs without the secrets of the user to print its version', async () => {
  const seen = path.join(world.root, 'seen');
  world.program('terraform', `/usr/bin/env > ${seen}; echo Terraform v1.11.4`);
  await search({ VAULT_TOKEN: 'hvs.secret', AWS_SECRET_ACCESS_KEY: 'secret', GOOGLE_CREDENTIALS: 'secret', LANG: 'C' });
  const environment = readFileSync(seen, 'utf8');
  expect(environment).not.toContain('secret');
  expect(environment).toContain('LANG=C');
});

describe('a variable that cannot be used', () => {
  const cases: readonly [string, () => string, RegExp][] = [
    ['does not exist', () => path.join(world.root, 'nowhere'), /nowhere does not exist/],
    ['is a folder', () => world.bin, /is not a file/],
    ['is too old', () => world.program('terraform', 'echo Terraform v1.5.7'), /it is Terraform 1\.5\.7; needed/],
    [
      'is something else',
      () => world.program('terraform', 'echo hello'),
      /cannot be used: it is not Terraform or OpenTofu/,
    ],
    ['does not run', () => world.program('terraform', 'echo oh no >&2; exit 1'), /it does not run: oh no/],
    [
      'is not executable',
      () => {
        const file = path.join(world.root, 'plain');
        writeFileSync(file, 'text', { mode: 0o644 });
        return file;
      },
      /plain is not executable/,
    ],
  ];
  test.each(cases)('%s', async (_, make, message) => {
    const given = make();
    const error = await failureOf(search({ THE_PROGRAM: given }));
    expect(error.code).toBe('toolbox');
    expect(error.problems).toEqual([
      {
        message: expect.stringMatching(message) as string,
        given,
        allowed: `an executable: ${acceptable(wanted)}`,
        fix: expect.stringContaining('THE_PROGRAM') as string,
      },
    ]);
  });
});
