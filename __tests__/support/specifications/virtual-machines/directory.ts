import { generateKeyPairSync, randomUUID } from 'node:crypto';

import { execa } from 'execa';

import type { ServerClient } from '../../../../client/server-client';
import { missingSlapd, startSlapd } from '../../ldap/slapd';
import type { Directory } from '../../ldap/slapd';
import { itUnless } from '../../skips';
import { statusOf } from '../../vault/status-of';
import { clusterFile, type Office } from './office';

/** Alice looks after the program, Bob does not. */
const passwords = { alice: `canary-${randomUUID()}`, bob: `canary-${randomUUID()}` } as const;
type Person = keyof typeof passwords;

export const startDirectory = async (): Promise<Directory | undefined> =>
  missingSlapd() === undefined
    ? await startSlapd({
        people: Object.entries(passwords).map(([uid, password]) => ({ uid, password })),
        groups: { 'vault-office-invoices': ['alice'], 'vault-office-forecasts': ['bob'] },
      })
    : undefined;

/** People of a directory, and what they may do. */
export function describePeople(office: () => Office): void {
  const it = itUnless(missingSlapd(), 'people of a directory');

  async function login(person: Person, password: string = passwords[person]): Promise<ServerClient> {
    const { cluster } = office().replica;
    const { auth } = await cluster.client().write(`auth/corporate/login/${person}`, { password });
    return cluster.client(auth?.client_token as string);
  }
  const policiesOf = async (client: ServerClient): Promise<unknown> =>
    (await client.read('auth/token/lookup-self')).data?.policies;

  describe('people', () => {
    beforeAll(() => {
      for (const [person, password] of Object.entries(passwords))
        office().secrets.set(`password of ${person}`, password);
    });

    it('are in no group before the server can search the directory', async () => {
      await expect(policiesOf(await login('alice'))).resolves.toEqual(['default']);
    });

    it('are, after an operator set the password of its account', async () => {
      const { password } = office().peers.directory!.reader;
      office().secrets.set('password of the account that searches', password);
      const { exitCode, stdout, stderr } = await office().setCredential('two-zones/auth/corporate', `${password}\n`);
      expect({ exitCode, stdout, stderr }).toEqual({
        exitCode: 0,
        stdout: 'two-zones/auth/corporate: set',
        stderr: '',
      });
      await expect(policiesOf(await login('alice'))).resolves.toEqual(['default', 'invoices.people.office']);
    });

    it('with a wrong password, or none, are refused', async () => {
      await expect(login('alice', passwords.bob)).rejects.toThrow('invalid credentials');
      await expect(login('alice', '')).rejects.toThrow('zero length');
    });

    it('of another group get only the default policy', async () => {
      const bob = await login('bob');
      await expect(policiesOf(bob)).resolves.toEqual(['default']);
      await expect(statusOf(bob.read('v1/office/database/static-creds/invoices.nightly'))).resolves.toBe(403);
      await expect(statusOf(bob.write('v1/office/ssh/sign/invoices.maintenance', sshRequest()))).resolves.toBe(403);
    });

    it('of the group read the password of the existing account, and get no account of their own', async () => {
      const alice = await login('alice');
      const { data } = await alice.read('v1/office/database/static-creds/invoices.nightly');
      office().secrets.set('password that alice read', data?.password as string);
      await (await office().warehouse.login('invoices_nightly', data?.password as string)).close();
      await expect(statusOf(alice.read('v1/office/database/creds/invoices.run'))).resolves.toBe(403);
    });

    it('of the group have their SSH key signed: for one account, and for half an hour', async () => {
      const alice = await login('alice');
      const { data } = await alice.write('v1/office/ssh/sign/invoices.maintenance', sshRequest());
      const certificate = office().file('id_ed25519-cert.pub', data?.signed_key as string);
      const { stdout } = await execa('ssh-keygen', ['-L', '-f', certificate], { env: { TZ: 'UTC' } });
      expect(stdout).toContain('Type: ssh-ed25519-cert-v01@openssh.com user certificate');
      expect(stdout).toMatch(/Principals: *\n +invoices *\n +Critical Options: \(none\)/);
      expect(stdout).toMatch(/Extensions: *\n +permit-pty *$/m);
      const [, from, to] = /Valid: from (\S+) to (\S+)/.exec(stdout)!;
      // It begins half a minute before, for hosts whose clock is behind.
      expect((Date.parse(to!) - Date.parse(from!)) / 1000).toBe(30 * 60 + 30);
    });

    it('do not have it signed for another account, nor for longer than two hours', async () => {
      const alice = await login('alice');
      const path = 'v1/office/ssh/sign/invoices.maintenance';
      await expect(statusOf(alice.write(path, { ...sshRequest(), valid_principals: 'root' }))).resolves.toBe(400);
      await expect(statusOf(alice.write(path, { ...sshRequest(), ttl: '3h' }))).resolves.toBe(400);
    });
  });

  describe('a directory without TLS', () => {
    test('is refused before any change', async () => {
      const before = office().inventory.read(clusterFile);
      office().inventory.change(clusterFile, { 'auth.corporate.url': 'ldap://127.0.0.1:389' });
      const { exitCode, stdout, stderr } = await office().start();
      office().inventory.write(clusterFile, before);
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
      expect(stderr).toContain('passwords would be sent without TLS');
    });
  });
}

/** A request for a new key of somebody, in the form that SSH gives a public key. */
function sshRequest(): { public_key: string; valid_principals: string } {
  const { publicKey } = generateKeyPairSync('ed25519');
  const part = (bytes: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
  const blob = Buffer.concat([part(Buffer.from('ssh-ed25519')), part(raw)]);
  return { public_key: `ssh-ed25519 ${blob.toString('base64')}`, valid_principals: 'invoices' };
}
