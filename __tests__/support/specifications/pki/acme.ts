import { AcmeClient, type AccountBinding } from '../../acme/acme';
import { TextNameServer } from '../../acme/dns-server';
import { firstGeneration, servicesMount, type PkiWorld } from './world';

const commonName = 'shop.devel.example';

/** How certificates are had by ACME. Leaves it switched off. */
export function specifyAcme(world: () => PkiWorld): void {
  describe('ACME', () => {
    const directory = (role: string): string => `${world().address}/v1/${servicesMount}/${role}acme/directory`;
    const status = async (role: string): Promise<number> => (await world().get(directory(role))).status;
    const client = async (role: string): Promise<AcmeClient> =>
      new AcmeClient(
        JSON.parse((await world().get(directory(`roles/${role}/`))).body.toString()) as never,
        world().agent,
      );
    let dns: TextNameServer;
    beforeAll(async () => {
      dns = await TextNameServer.start();
    });
    afterAll(() => dns.close());

    /** What a certificate is for that an account gets by a role. */
    const usage = async (role: string): Promise<string | undefined> => {
      const { data } = await world().admin.write(`${servicesMount}/roles/${role}/acme/new-eab`);
      const account = await client(role);
      await account.register(data as unknown as AccountBinding);
      const { csr } = world().openssl.request({ commonName, extensions: [`subjectAltName=DNS:${commonName}`] });
      const certificate = await account.certificate(commonName, csr, dns);
      return /Extended Key Usage:.*\n\s*(.*)/.exec(world().openssl.text(certificate))?.[1];
    };

    it('is available when it is enabled, for roles only', async () => {
      expect(await status('roles/shop-server/')).toBeGreaterThanOrEqual(400);
      await world().engines.apply(world().generations({ ...firstGeneration, acme: true }));
      expect(await world().engines.plan()).toEqual([]);
      expect(await status('roles/shop-server/')).toBe(200);
      for (const other of ['', 'roles/nobody/']) expect(await status(other)).toBeGreaterThanOrEqual(400);
    });

    it('requires an account that the server has', async () => {
      const stranger = await client('shop-server');
      await expect(stranger.register({ id: 'nobody', key: 'bm9ib2R5' })).rejects.toThrow();
    });

    it('issues only certificates for the use of the role', async () => {
      // Where the tests' names are; Terraform leaves it alone.
      await world().admin.write(`${servicesMount}/config/acme`, { dns_resolver: dns.address });
      expect(await world().engines.plan()).toEqual([]);
      expect(await usage('shop-server')).toBe('TLS Web Server Authentication');
      expect(await usage('shop-client')).toBe('TLS Web Client Authentication');
    });

    it('is unavailable when it is disabled', async () => {
      await world().engines.apply(world().generations(firstGeneration));
      expect(await status('roles/shop-server/')).toBeGreaterThanOrEqual(400);
    });
  });
}
