import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { terraform } from '../../../local/toolbox/terraform';
import { vault } from '../../../local/toolbox/vault';
import { failureOf, World } from './fixture';

const vaultSum = 'h1:4bYxh55jSitPOs5+iPshEdDhBLeXCm6BjGDIV1vYzys=';

let world: World;
beforeEach(() => (world = new World()));
afterEach(() => world.remove());

/** A go that answers `version`, `mod download` and `build` with the given scripts; it notes its environment. */
function go(answers: { version?: string; download?: string; build?: string }): void {
  const { version = 'echo go version go1.26.8 linux/amd64', download = `echo '{"Sum": "${vaultSum}"}'` } = answers;
  const build = answers.build ?? 'while [ "$1" != -o ]; do shift; done; echo built > "$2"';
  const note = `/usr/bin/env > ${world.root}/env-$1; [ ! -e go.mod ] || /bin/cp go.mod ${world.root}/go.mod`;
  world.program('go', `${note}\ncase "$1" in\nversion) ${version};;\nmod) ${download};;\nbuild) ${build};;\nesac`);
}

test('builds Vault from the pinned module, with the installed Go and without the secrets of the user', async () => {
  go({});
  const secrets = { VAULT_TOKEN: 'hvs.secret', GOOGLE_CREDENTIALS: 'secret' };
  const program = await vault(world.context({ ...secrets, GOFLAGS: '-mod=vendor', GOOS: 'plan9', GOPROXY: 'off' }));
  expect(program).toMatchObject({ name: 'Vault', version: '1.21.1', origin: 'installed' });
  expect(readFileSync(program.path, 'utf8')).toBe('built\n');
  expect(existsSync(path.join(path.dirname(program.path), 'work'))).toBe(false);

  const environment = readFileSync(path.join(world.root, 'env-build'), 'utf8').split('\n');
  expect(environment).toEqual(
    expect.arrayContaining(['GOFLAGS=-mod=mod -buildvcs=false', 'GOTOOLCHAIN=local', 'GOPROXY=off', 'GONOSUMDB=']),
  );
  expect(environment.filter((line) => /secret|GOOS/.test(line))).toEqual([]);
  const module = readFileSync(path.join(world.root, 'go.mod'), 'utf8');
  expect(module).toContain('require github.com/hashicorp/vault v1.21.1\n');
  expect(module.match(/^replace /gm)).toHaveLength(3);

  expect(await vault(world.context())).toMatchObject({ origin: 'cache', path: program.path });
});

test.each(['Vault v1.21.4 (abc), built today', 'Vault v1.21.4, built today (cgo)'])(
  '%s is Vault 1.21.4',
  async (line) => {
    const file = world.program('vault', `echo "${line}"`);
    expect(await vault(world.context())).toEqual({ name: 'Vault', version: '1.21.4', path: file, origin: 'path' });
  },
);

test('a Vault that requires a licence is rejected', async () => {
  go({});
  const file = world.program('vault', 'echo "Vault v1.21.1+ent (abc), built today"');
  expect(await vault(world.context())).toMatchObject({ origin: 'installed' });
  expect(world.messages[0]).toBe(`skipped ${file}: it is Vault 1.21.1+ent, which does not start without a licence`);
});

describe('a failed build is reported with the reason', () => {
  test('no Terraform, and no Go to build OpenTofu', async () => {
    expect((await failureOf(terraform(world.context()))).problems).toEqual([
      {
        message: 'Go is required to build OpenTofu 1.12.6 and is not on PATH',
        allowed: 'Go 1.26.6 or newer',
        fix: 'install Go, or put Terraform 1.11 or newer on PATH, or set VAULT_PLATFORM_TERRAFORM to one',
      },
    ]);
  });

  test('Go is too old', async () => {
    go({ version: 'echo go version go1.25.2 linux/amd64' });
    expect((await failureOf(vault(world.context()))).problems[0]).toMatchObject({
      message: 'Go is required to build Vault 1.21.1 and this version is too old',
      given: 'Go 1.25.2',
      allowed: 'Go 1.25.3 or newer',
    });
  });

  test('the module is unavailable', async () => {
    const answer = '{\n\t"Path": "x",\n\t"Error": "x@v1: module lookup disabled by GOPROXY=off"\n}';
    go({ download: `echo '${answer}'; exit 1` });
    expect((await failureOf(vault(world.context()))).problems[0]).toMatchObject({
      message: 'downloading the source of Vault 1.21.1 failed',
      given: 'x@v1: module lookup disabled by GOPROXY=off',
      fix: expect.stringContaining('VAULT_PLATFORM_VAULT') as string,
    });
  });

  test('the module has another checksum: it is not built', async () => {
    go({ download: `echo '{"Sum": "h1:other="}'`, build: `echo > ${world.root}/was-built` });
    expect((await failureOf(vault(world.context()))).problems[0]).toMatchObject({
      given: 'github.com/hashicorp/vault v1.21.1 h1:other=',
      allowed: vaultSum,
    });
    expect(existsSync(path.join(world.root, 'was-built'))).toBe(false);
  });

  test.each([
    ['echo "undefined: x" >&2; exit 1', /building Vault 1\.21\.1 from \S+ v1\.21\.1 failed\n {2}given: +undefined: x/],
    ['echo "write /tmp/x: no space left on device" >&2; exit 1', /the disk is full/],
  ])('the build fails: %s', async (build, message) => {
    go({ build });
    expect((await failureOf(vault(world.context()))).message).toMatch(message);
  });
});
