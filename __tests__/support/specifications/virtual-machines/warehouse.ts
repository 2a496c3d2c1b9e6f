import type { ServerClient } from '../../../../client/server-client';
import type { Session } from '../../postgresql/database-server';
import { statusOf } from '../../vault/status-of';
import type { Office } from './office';

/** The account of a lease, or of a static role. */
interface Account {
  readonly leaseId: string;
  readonly username: string;
  readonly password: string;
}

const engine = 'v1/office/database';

/**
 * From the first start, which has to wait for an operator, to accounts that come and go: the same on either server.
 *
 * @param people logs in as those who look after the program
 */
export function describeWarehouse(office: () => Office, people: () => Promise<ServerClient>): void {
  const program = (): Promise<ServerClient> => office().login('invoices.run.office-role');

  async function account(client: ServerClient, path: string): Promise<Account> {
    const { data, lease_id: leaseId } = await client.read(`${engine}/${path}`);
    const { username, password } = data as { username: string; password: string };
    office().secrets.set(`password of ${username}, ${office().secrets.size}`, password);
    return { leaseId: leaseId as string, username, password };
  }
  const open = ({ username, password }: Account): Promise<Session> => office().warehouse.login(username, password);
  const revoke = (lease: string): Promise<unknown> =>
    office().replica.admin.write('sys/leases/revoke', { lease_id: lease, sync: true });

  describe('the first start', () => {
    let printed: string;
    beforeAll(async () => {
      const { exitCode, stdout, stderr } = await office().start();
      expect(exitCode).toBe(1);
      printed = stdout + stderr;
    }, 300_000);

    it('fails at the role of the existing account, and reports the fix', () => {
      expect(printed).toContain('vault_database_secret_backend_static_role.invoices_database-nightly');
      expect(printed).toMatch(/fix: +set the password of the connection first.*credential list/);
      expect(printed.match(/✗ /g)).toHaveLength(1);
      expect(printed).not.toMatch(/\n\s+at |defect/);
    });

    it('creates everything else', async () => {
      const client = await program();
      await expect(client.read('v1/office/kv/data/invoices/configs')).resolves.toBeDefined();
      expect(office().replica.stateText('office-reports')).toContain('"invoices.run"');
    });

    it('issues no account', async () => {
      await expect(statusOf((await program()).read(`${engine}/creds/invoices.run`))).resolves.toBeGreaterThanOrEqual(
        400,
      );
    });
  });

  describe('the operator', () => {
    const name = 'office/database/warehouse';
    const password = (): string => office().secrets.get('password of vault')!;
    const refused = async (value: string): Promise<string> => {
      const { exitCode, stdout, stderr } = await office().setCredential(name, value);
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
      expect(stderr).not.toContain(value.trim());
      expect(stderr).not.toMatch(/\n\s+at |defect/);
      return stderr;
    };

    it('gets the list of credentials to set', async () => {
      const { exitCode, stdout } = await office().platform('credential', 'list');
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(
        /office\/database\/warehouse +password of vault at warehouse +rotated by the server at once/,
      );
    });

    it('refuses a wrong password, without showing it', async () => {
      expect(await refused(`${office().secret('wrong password')}\n`)).toContain('password authentication failed');
    });

    it('sets it, and from then on it is no longer valid', async () => {
      const { exitCode, stdout, stderr } = await office().setCredential(name, `${password()}\n`);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(stdout).toBe(`${name}: set, and rotated: the value you passed is no longer valid`);
      await expect(office().warehouse.login('vault', password())).rejects.toThrow('password authentication failed');
    });

    it('refuses a second initial password, which would replace the only valid one', async () => {
      await refused(password());
      await revoke((await account(await program(), 'creds/invoices.run')).leaseId);
    });

    it('starts again, which creates the rest; and again, which changes nothing', async () => {
      const second = await office().start();
      expect({ ...second, stdout: '' }).toEqual({ exitCode: 0, stdout: '', stderr: '' });
      expect(second.stdout).toMatch(/office-reports: 1 added/);
      await expect(office().start()).resolves.toMatchObject({
        exitCode: 0,
        stdout: expect.stringMatching(/\nno changes, \d/) as string,
      });
    }, 300_000);
  });

  describe('a run of the program', () => {
    it('has an account with the permissions of invoice_reader, which is deleted with its connections after it', async () => {
      const lease = await account(await program(), 'creds/invoices.run');
      expect(lease.username).toMatch(/^v-invoices\.run-/);
      const session = await open(lease);
      await expect(session.query('SELECT n FROM invoices')).resolves.toEqual([{ n: 7 }]);
      await expect(session.query('SELECT n FROM salaries')).rejects.toThrow('permission denied for table salaries');
      await expect(session.query('INSERT INTO invoices VALUES (8)')).rejects.toThrow('permission denied');
      await revoke(lease.leaseId);
      await expect(session.query('SELECT n FROM invoices')).rejects.toThrow();
      await session.close();
      await expect(open(lease)).rejects.toThrow('password authentication failed');
    });

    it('loses its account with its token', async () => {
      const client = await program();
      const lease = await account(client, 'creds/invoices.run');
      await (await open(lease)).close();
      await client.write('auth/token/revoke-self');
      await expect(open(lease)).rejects.toThrow('password authentication failed');
    });

    it('gets no password of the existing account, and cannot rotate it', async () => {
      const client = await program();
      await expect(statusOf(client.read(`${engine}/static-creds/invoices.nightly`))).resolves.toBe(403);
      await expect(statusOf(client.write(`${engine}/rotate-role/invoices.nightly`))).resolves.toBe(403);
      await expect(statusOf(client.read(`${engine}/config/warehouse`))).resolves.toBe(403);
    });
  });

  describe('the existing account', () => {
    it('has a password that its maintainers can read, until an administrator rotates it', async () => {
      const client = await people();
      const before = await account(client, 'static-creds/invoices.nightly');
      expect(before.username).toBe('invoices_nightly');
      const session = await open(before);
      await expect(session.query('SELECT n FROM invoices')).resolves.toEqual([{ n: 7 }]);
      await session.close();
      await office().replica.admin.write(`${engine}/rotate-role/invoices.nightly`);
      await expect(open(before)).rejects.toThrow('password authentication failed');
      await (await open(await account(client, 'static-creds/invoices.nightly'))).close();
    });

    it('has a new password', async () => {
      const password = office().secrets.get('first password of invoices_nightly')!;
      const login = office().warehouse.login('invoices_nightly', password);
      await expect(login).rejects.toThrow('password authentication failed');
    });
  });
}
