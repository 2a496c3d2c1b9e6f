import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import { buildSync } from 'esbuild';

import { type Installation, install } from '../../../local/toolbox/install';
import { failureOf, World } from './fixture';

let world: World;
beforeEach(() => (world = new World()));
afterEach(() => world.remove());

const progress = (message: string): void => void world.messages.push(message);
const folder = (): string => path.join(world.cache, 'thing', '1.0');

function thing(more: Partial<Installation> = {}): Installation {
  return {
    name: 'Thing',
    version: '1.0',
    folder: folder(),
    platform: 'linux-x64',
    spaceBytes: 1,
    build: (directory) => writeFile(path.join(directory, 'thing'), 'whole'),
    ...more,
  };
}

test('installs once, and finds it the next time', async () => {
  const directory = path.join(folder(), 'linux-x64');
  expect(await install(thing(), progress)).toEqual({ directory, origin: 'installed' });
  const never = (): Promise<void> => Promise.reject(new Error('built again'));
  expect(await install(thing({ build: never }), progress)).toEqual({ directory, origin: 'cache' });
  expect(readdirSync(folder())).toEqual(['linux-x64']);
  expect(world.messages).toEqual([expect.stringMatching(/^installed Thing 1\.0 in \d+ s$/)]);
});

test('two concurrent installations build once; the second reports the process that it waits for', async () => {
  let builds = 0;
  let release: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  const build = async (directory: string): Promise<void> => {
    builds += 1;
    await gate;
    await writeFile(path.join(directory, 'thing'), 'whole');
  };
  const second = (message: string): void => {
    progress(message);
    release();
  };
  const outcomes = await Promise.all([install(thing({ build }), second), install(thing({ build }), second)]);
  expect(builds).toBe(1);
  expect(outcomes.map(({ origin }) => origin).sort()).toEqual(['cache', 'installed']);
  expect(world.messages[0]).toBe(`waiting for process ${process.pid}, which is installing Thing 1.0`);
});

test('a failed build leaves nothing behind, and its error is thrown', async () => {
  const build = async (directory: string): Promise<void> => {
    await writeFile(path.join(directory, 'thing'), 'half');
    throw new Error('gave up');
  };
  await expect(install(thing({ build }), progress)).rejects.toThrow('gave up');
  expect(readdirSync(folder())).toEqual([]);
});

describe('an installation that was killed', () => {
  let child: ChildProcess | undefined;
  afterEach(() => child?.kill('SIGKILL'));

  test('is completed by the next one, which cleans up', async () => {
    const bundle = path.join(world.root, 'install.cjs');
    buildSync({ entryPoints: ['local/toolbox/install.ts'], bundle: true, platform: 'node', outfile: bundle });
    const script = `
      const { install } = require(process.argv[1]);
      install({ ...${JSON.stringify(thing())}, build: async (directory) => {
        require('fs').writeFileSync(directory + '/thing', 'half');
        process.stdout.write('half');
        await new Promise((resolve) => setTimeout(resolve, 600_000));
      } }, () => {});`;
    child = spawn(process.execPath, ['-e', script, bundle], { stdio: ['ignore', 'pipe', 'inherit'] });
    if (child.stdout === null) throw new Error('no output');
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(existsSync(path.join(folder(), 'linux-x64'))).toBe(false);
    expect(readdirSync(folder())).toHaveLength(2); // the lock, the half

    await install(thing(), progress);
    expect(readFileSync(path.join(folder(), 'linux-x64', 'thing'), 'utf8')).toBe('whole');
    expect(readdirSync(folder())).toEqual(['linux-x64']);
  });
});

describe('an obstacle is reported', () => {
  test('a disk without enough space', async () => {
    const error = await failureOf(install(thing({ spaceBytes: 1e18 }), progress));
    expect(error.problems[0]).toMatchObject({
      message: 'not enough free space to install Thing 1.0',
      given: expect.stringMatching(/^\d+ MB free in /) as string,
      allowed: '1000000000000 MB or more',
    });
  });

  test('a disk that becomes full during the installation', async () => {
    const build = (): Promise<void> => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }));
    const error = await failureOf(install(thing({ build }), progress));
    expect(error.message).toContain('the disk is full');
  });

  test('a cache folder that is a file', async () => {
    mkdirSync(path.dirname(world.cache), { recursive: true });
    writeFileSync(world.cache, '');
    const error = await failureOf(install(thing(), progress));
    expect(error.message).toMatch(/cannot write there[^]*\(ENOTDIR\)[^]*VAULT_PLATFORM_CACHE/);
  });
});

(process.platform === 'linux' ? test : test.skip)('a cache folder below /proc is a problem with a fix', async () => {
  expect(await failureOf(install(thing({ folder: '/proc/nothing/thing' }), progress))).toMatchObject({
    message: expect.stringMatching(/cannot write there\n {2}given: +\/proc\/nothing \(EROFS\)/) as string,
  });
});
