import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { execa } from 'execa';

import { loginScript } from '../../../local/replica/login-script';
import type { Dialect } from '../../../model/dialect';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'vault-platform-login-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** Stands in for the server's command line: notes how it was called, and answers as a server would. */
const fake = (prefix: string): string => `#!/bin/sh
echo "$${prefix}_ADDR|$${prefix}_CACERT|$${prefix}_TOKEN|$*" >> "\${0%/*}/calls"
case "$*" in
  status) [ "$${prefix}_ADDR" = https://127.0.0.1:8202 ] ;;
  *refused-role/role-id) exit 2 ;;
  *role-id) echo the-role-id ;;
  *secret-id) echo the-wrapping-token ;;
  unwrap*) echo the-secret-id ;;
  *login*) read -r secret; [ "$secret" = the-secret-id ] && echo the-token ;;
esac
`;

async function login(
  dialect: Dialect,
  role: string,
  place: string,
): Promise<{ readonly directory: string; readonly lines: readonly string[]; readonly stderr: string }> {
  const directory = path.join(folder, place);
  mkdirSync(directory);
  const at = (name: string): string => path.join(directory, name);
  const [command, prefix] = dialect === 'openbao' ? ['bao', 'BAO'] : ['vault', 'VAULT'];
  writeFileSync(at('server'), fake(prefix));
  chmodSync(at('server'), 0o755);
  writeFileSync(at('admin'), 'the-admin-token');
  const script = loginScript({
    dialect,
    program: at('server'),
    addresses: ['https://127.0.0.1:8200', 'https://127.0.0.1:8202', 'https://127.0.0.1:8204'],
    caFile: at('ca.crt'),
    adminTokenFile: at('admin'),
  });
  writeFileSync(at('login.sh'), script);
  const probe = `. "$0" && platform_login ${role}; echo "status $?"; echo "token $${prefix}_TOKEN"; echo "left [$admin$role_id$role]"; type ${command} >&2; cat "\${0%/*}/calls"`;
  const { stdout, stderr } = await execa('sh', ['-c', probe, at('login.sh')], { extendEnv: false });
  return { directory, lines: stdout.split('\n'), stderr };
}

describe('the login script', () => {
  it.each([
    ['openbao', 'bao', 'plain'],
    ['vault', 'vault', 'plain'],
    ['openbao', 'bao', 'it\'s a "place" with $HOME, `ls` and ünï'],
  ] as const)('logs a plain shell in on %s, by %s, from a folder called %s', async (dialect, command, place) => {
    const { directory, lines, stderr } = await login(dialect, 'checkout-devel-ro-role', place);
    expect(lines.slice(0, 3)).toEqual(['status 0', 'token the-token', 'left []']);
    expect(stderr).toContain(`${command} is a shell function`);
    const where = `https://127.0.0.1:8202|${path.join(directory, 'ca.crt')}`;
    const role = 'auth/approle/role/checkout-devel-ro-role';
    const calls = lines.slice(3).filter((line) => !line.endsWith('|status'));
    expect(calls.sort()).toEqual(
      [
        `${where}|the-admin-token|read -field=role_id ${role}/role-id`,
        `${where}|the-admin-token|write -f -wrap-ttl=1m -field=wrapping_token ${role}/secret-id`,
        `${where}|the-wrapping-token|unwrap -field=secret_id`,
        `${where}||write -field=token auth/approle/login role_id=the-role-id secret_id=-`,
      ].sort(),
    );
  });

  it('fails if the server refuses, and leaves no token, not even that of the administrator', async () => {
    const { lines } = await login('openbao', 'refused-role', 'plain');
    expect(lines.slice(0, 3)).toEqual(['status 1', 'token ', 'left []']);
  });
});
