import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { execa } from 'execa';

import type { CommandResult } from '../support/replica/replica';

const example = path.join('examples', 'virtual-machines', 'inventory');
const canary = 'canary-of-credential';

let home: string;
beforeAll(() => (home = mkdtempSync(path.join(tmpdir(), 'vault-platform-credential-'))));
afterAll(() => rmSync(home, { recursive: true }));

interface Options {
  readonly input?: string;
  readonly inventory?: string;
  readonly variables?: Readonly<Record<string, string>>;
}

/** The command with something on its standard input, and no variable of a server but these. */
async function credential(parameters: readonly string[], options: Options = {}): Promise<CommandResult> {
  const { input = canary, inventory = example, variables = {} } = options;
  const { exitCode, stdout, stderr } = await execa(
    process.execPath,
    ['bin/run.mjs', 'cli/platform.ts', '--inventory', inventory, 'credential', ...parameters],
    {
      env: { PATH: process.env.PATH, HOME: home, VAULT_PLATFORM_HOME: home, NO_COLOR: '1', ...variables },
      extendEnv: false,
      input,
      reject: false,
    },
  );
  return { exitCode: exitCode ?? -1, stdout, stderr };
}

describe('credential list', () => {
  it('lists the credentials that operators must set, and which ones the server rotates', async () => {
    const { exitCode, stdout } = await credential(['list']);
    expect(exitCode).toBe(0);
    expect(stdout.split('\n').map((line) => line.trim().split(/ {2,}/))).toEqual([
      ['two-zones/auth/corporate', 'password of cn=vault,ou=services,dc=example,dc=com'],
      ['two-zones/auth/cloud', 'access key for identity lookups; not needed with an instance role'],
      ['office/database/warehouse', 'password of vault at warehouse', 'rotated by the server at once'],
      [
        'office/aws',
        'access key for issuing credentials; not needed with an instance role',
        'rotated by the server at once',
      ],
    ]);
  });

  it('reports that no credential is needed', async () => {
    const { stdout } = await credential(['list'], { inventory: 'inventory' });
    expect(stdout).toBe('no credential is needed in this inventory');
  });
});

describe('credential set fails', () => {
  /** Nobody listens there; what is refused before a request is refused at once. */
  const server = { VAULT_TOKEN: 'token', VAULT_ADDR: 'https://127.0.0.1:1' };
  const name = 'office/database/warehouse';

  it.each([
    ['unknown credential', ['office/database/warehose'], {}, 'did you mean office/database/warehouse?'],
    ['no token is set for the cluster two-zones', [name], {}, 'set VAULT_TOKEN, or use --replica'],
    ['no token is set for the cluster two-zones', [name], { variables: { VAULT_TOKEN: '' } }, 'set VAULT_TOKEN'],
    ['VAULT_CACERT cannot be read: ENOENT', [name], { variables: { ...server, VAULT_CACERT: '/none' } }, 'unset it'],
    ['there is no replica of two-zones', [name, '--replica'], {}, 'npm start'],
    ['must be the credential, on one line', [name], { variables: server, input: '' }, 'given:   nothing'],
    ['must be the credential, on one line', [name], { variables: server, input: `${canary}\n${canary}` }, '2 lines'],
    ['must be an access key as JSON', ['office/aws'], { variables: server }, 'aws iam create-access-key'],
  ])('%s: %j', async (message, parameters, options, detail) => {
    const { exitCode, stdout, stderr } = await credential(['set', ...parameters], options);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain(detail);
    expect(stderr).not.toContain(canary);
    expect(stderr).not.toMatch(/\n\s+at |defect/);
  });

  it('refuses a terminal, which would show the credential', async () => {
    // `script` gives the command a terminal of its own.
    const command = `${process.execPath} bin/run.mjs cli/platform.ts --inventory ${example} credential set ${name}`;
    const parameters =
      process.platform === 'linux' ? ['-qec', command, '/dev/null'] : ['-q', '/dev/null', 'sh', '-c', command];
    const { exitCode, stdout } = await execa('script', parameters, {
      env: { NO_COLOR: '1', ...server },
      reject: false,
    });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('a credential cannot be typed');
  });
});
