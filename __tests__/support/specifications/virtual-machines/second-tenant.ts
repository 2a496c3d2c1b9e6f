import type { ServerClient } from '../../../../client/server-client';
import { statusOf } from '../../vault/status-of';
import type { Office } from './office';

const file = 'tenants/reports/forecasts.yaml';
const role = 'forecasts.run.office-role';
const account = 'v1/office/database/creds/forecasts.run';

export interface SecondTenantOptions {
  /** Lines of its file with one more role, and one more grant to the program. @default - none */
  readonly more?: { readonly roles: string; readonly grant: string };
  /** More tests while it is there. @default - none */
  readonly whileThere?: (program: () => Promise<ServerClient>) => void;
}

/** Another tenant of the same team, whose Terraform state is the same, comes and goes again: nothing of the first one is touched. */
export function describeSecondTenant(office: () => Office, { more, whileThere }: SecondTenantOptions = {}): void {
  const text = `description: Guesses the next month from the warehouse
environments: [office]
databases:
  run: {connection: warehouse, kind: dynamic, memberOf: [invoice_reader], ttl: 1h}
${more?.roles ?? ''}policies:
  - name: run
    environments: [office]
    reason: The program
    grants:
      - {database: run}
${more?.grant ?? ''}`;
  const program = (): Promise<ServerClient> => office().login(role);
  /** What the state knows of the first tenant. */
  const invoices = (): unknown[] => {
    // The provider reads an empty list after an apply where it wrote null.
    const text = office()
      .replica.stateText('office-reports')
      .replaceAll(/(?<=": )\[\]/g, 'null');
    const { resources } = JSON.parse(text) as { resources: { name: string }[] };
    return resources.filter(({ name }) => name.startsWith('invoices_'));
  };
  const start = async (): Promise<string> => {
    const { exitCode, stdout, stderr } = await office().start();
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    return stdout;
  };

  describe('a second tenant of the team', () => {
    let before: unknown[];
    let invoicesProgram: ServerClient;
    let lease: { readonly id: string; readonly username: string; readonly password: string };
    beforeAll(async () => {
      before = invoices();
      expect(before.length).toBeGreaterThan(5);
      invoicesProgram = await office().login('invoices.run.office-role');
    });

    it('is added, and its program gets its own account', async () => {
      office().inventory.write(file, text);
      expect(await start()).toMatch(/office-reports: \d+ added \[/);
      const { lease_id: id, data } = await (await program()).read(account);
      lease = { ...(data as Omit<typeof lease, 'id'>), id: id as string };
      office().secrets.set('password of an account of forecasts', lease.password);
      await (await office().warehouse.login(lease.username, lease.password)).close();
    });

    it('gets no access to the first one', async () => {
      const client = await program();
      for (const path of [
        'database/creds/invoices.run',
        'database/static-creds/invoices.nightly',
        'kv/data/invoices/configs',
      ]) {
        expect([path, await statusOf(client.read(`v1/office/${path}`))]).toEqual([path, 403]);
      }
    });

    whileThere?.(program);

    it('is removed, and the first one is not changed', async () => {
      office().inventory.remove(file);
      expect(await start()).toMatch(/office-reports: \d+ removed \[/);
      expect(invoices()).toEqual(before);
      await expect(invoicesProgram.read('v1/office/kv/data/invoices/configs')).resolves.toBeDefined();
      const { admin } = office().replica;
      await expect(statusOf(admin.read(`auth/office/approle/role/${role}`))).resolves.toBe(404);
      await expect(statusOf(admin.read('sys/policies/acl/forecasts.run.office'))).resolves.toBe(404);
    });

    it('drops its account although the role no longer exists', async () => {
      await office().replica.admin.write('sys/leases/revoke', { lease_id: lease.id, sync: true });
      const login = office().warehouse.login(lease.username, lease.password);
      await expect(login).rejects.toThrow('password authentication failed');
    });
  });
}
