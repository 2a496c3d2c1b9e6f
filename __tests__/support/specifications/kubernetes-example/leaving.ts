import type { ServerClient } from '../../../../client/server-client';
import { statusOf } from '../../vault/status-of';
import { apiServers, basketFile, ours, priceListFile, type Shop } from './shop';

const key = 'v1/live/transit/keys/basket.customer-data';
const use = (operation: string): string => `v1/live/transit/${operation}/basket.customer-data`;
const plaintext = Buffer.from('customer 1').toString('base64');

/** What becomes of a tenant's access, documents and keys when its file leaves the inventory; other tenants notice nothing. */
export function describeLeaving(shop: () => Shop): void {
  describe('a tenant that leaves', () => {
    let basket: ServerClient;
    let ciphertext: unknown;
    let text: string;

    const login = async (): Promise<ServerClient> => {
      const token = await shop().accounts.token('shop:basket', apiServers);
      return await shop().login('apps-blue', 'basket.app.live-role', token);
    };
    const priceListStatus = async (): Promise<number> => {
      const token = await shop().accounts.token('legacy:price-list', ours);
      const client = await shop().login('apps-green', 'price-list.app.live-role', token);
      return await statusOf(client.read('v1/live/kv1/price-list/legacy/prices'));
    };
    const keyStatus = async (): Promise<number> => {
      const { cluster } = shop().replica;
      return await cluster.withProvisionerToken('teams', (token) => statusOf(cluster.client(token).read(key)));
    };
    /** The basket comes back; its document and its key are there already. */
    const comeBack = async (more: (text: string) => string = (same) => same): Promise<void> => {
      shop().inventory.write(basketFile, more(text.replace(/^environments:.*$/m, '$&\nkeySet: existing')));
      expect(await shop().start()).toMatchObject({ exitCode: 0 });
    };

    beforeAll(async () => {
      text = shop().inventory.read(basketFile);
      basket = await login();
      ciphertext = (await basket.write(use('encrypt'), { plaintext })).data?.ciphertext;
    });

    it('loses all access at once, and the start reports that its key stays', async () => {
      shop().inventory.remove(basketFile);
      const { exitCode, stderr } = await shop().start();
      expect(exitCode).toBe(1);
      expect(stderr).toContain('deletion is not allowed for this key');
      expect(stderr).toMatch(/fix: .*docs\/guides\/platform\.md, "Keys of a tenant that leaves"/);
      await expect(login()).rejects.toThrow();
      expect(await statusOf(basket.write(use('decrypt'), { ciphertext }))).toBe(403);
      const { admin } = shop().replica;
      const gone = [
        'sys/policies/acl/basket.app.live',
        'auth/approle/role/basket-live-ro-role',
        'auth/pipelines/role/basket.deploy.live-role',
        'identity/entity/name/basket.app.live-role',
        'identity/group/name/basket.live',
        'sys/quotas/rate-limit/tenant.basket.live',
      ];
      expect(await Promise.all(gone.map((path) => statusOf(admin.read(path))))).toEqual(gone.map(() => 404));
      expect(await keyStatus()).toBe(200);
    });

    it('does not affect another tenant', async () => {
      expect(await priceListStatus()).toBe(200);
    });

    it('is destroyed after Terraform forgets the key', async () => {
      const { replica } = shop();
      const forget = 'terraform state rm vault_transit_secret_backend_key.basket_key-customer-data';
      expect(await replica.shell(`cd '${replica.directory}/terraform/live-shop' && ${forget}`)).toMatchObject({
        exitCode: 0,
      });
      expect((await shop().start()).stdout).toContain('live-shop: no changes');
    });

    it('uses its document and its key again after it returns', async () => {
      await comeBack();
      const client = await login();
      expect((await client.read('v1/live/kv/data/basket/configs')).data?.data).toHaveProperty('theme');
      const { data } = await client.write(use('decrypt'), { ciphertext });
      expect(data?.plaintext).toBe(plaintext);
    });

    it('leaves with its team, and its key stays', async () => {
      const priceList = shop().inventory.read(priceListFile);
      for (const file of [basketFile, priceListFile]) shop().inventory.remove(file);
      const { stdout } = await shop().start();
      expect(stdout).toContain('removed live-shop; their documents and keys stay');
      await expect(login()).rejects.toThrow();
      await expect(priceListStatus()).rejects.toThrow();
      expect(await keyStatus()).toBe(200);
      shop().inventory.write(priceListFile, priceList);
      await comeBack();
      const { data } = await (await login()).write(use('decrypt'), { ciphertext });
      expect(data?.plaintext).toBe(plaintext);
    });

    it('deletes a key that was deletable', async () => {
      await comeBack((file) => file.replace('autoRotate: 90d', '$&\n    deletable: true'));
      shop().inventory.remove(basketFile);
      expect(await shop().start()).toMatchObject({ exitCode: 0 });
      expect(await keyStatus()).toBe(404);
      expect(await priceListStatus()).toBe(200);
    });
  });
}
