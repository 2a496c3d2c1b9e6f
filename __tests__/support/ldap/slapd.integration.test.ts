import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { execa } from 'execa';

import { systemProgram } from '../programs/programs';
import { itUnless } from '../skips';
import { type Directory, missingSlapd, startSlapd } from './slapd';

// The directory itself is looked at with the tools of OpenLDAP, so that a test of the LDAP auth method tests nothing but that.
const search = systemProgram('ldapsearch');
const missing = missingSlapd() ?? (search === undefined ? 'ldapsearch not installed (Debian: ldap-utils)' : undefined);
const it = itUnless(missing, 'a directory for tests');

let directory: Directory;
let folder: string;
beforeAll(async () => {
  if (missing !== undefined) return;
  folder = mkdtempSync(path.join(os.tmpdir(), 'slapd-test-'));
  directory = await startSlapd({
    people: [
      { uid: 'alice', password: 'correct horse' },
      { uid: 'bob', password: 'battery' },
    ],
    groups: { 'platform-admins': ['alice'], developers: ['alice', 'bob'] },
  });
  writeFileSync(path.join(folder, 'ca.pem'), directory.ca);
});
afterAll(async () => {
  if (missing !== undefined) return;
  await directory.stop();
  rmSync(folder, { recursive: true });
});

/** What somebody finds. */
async function find(dn: string, password: string, base: string, filter: string): Promise<string[]> {
  const passwordFile = path.join(folder, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  const login = dn === '' ? ['-x'] : ['-x', '-D', dn, '-y', passwordFile];
  const args = [
    '-LLL',
    '-o',
    'ldif-wrap=no',
    '-H',
    directory.address,
    ...login,
    '-b',
    base,
    filter,
    'cn',
    'userPassword',
  ];
  const { stdout } = await execa(search ?? '', args, { env: { LDAPTLS_CACERT: path.join(folder, 'ca.pem') } });
  return stdout.split('\n').filter((line) => line !== '' && !line.startsWith('dn:'));
}

it('shows groups and members to the bind DN, and no passwords', async () => {
  const { reader, groupsDn, peopleDn } = directory;
  const filter = `(member=uid=bob,${peopleDn})`;
  expect(await find(reader.dn, reader.password, groupsDn, filter)).toEqual(['cn: developers']);
  expect((await find(reader.dn, reader.password, peopleDn, '(uid=*)')).sort()).toEqual(['cn: alice', 'cn: bob']);
});

it('allows people to log in with their own password only', async () => {
  const alice = `uid=alice,${directory.peopleDn}`;
  expect(await find(alice, 'correct horse', alice, '(uid=alice)')).toEqual(['cn: alice']);
  await expect(find(alice, 'battery', alice, '(uid=alice)')).rejects.toThrow('Invalid credentials (49)');
});

it('refuses requests without a login', async () => {
  await expect(find('', '', directory.peopleDn, '(uid=*)')).rejects.toThrow();
});

it('leaves nothing behind', async () => {
  const other = await startSlapd({ people: [], groups: {} });
  await other.stop();
  await expect(execa(search ?? '', ['-H', other.address, '-x', '-b', '', '-s', 'base'])).rejects.toThrow(
    "Can't contact LDAP server",
  );
});
