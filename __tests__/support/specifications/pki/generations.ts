import { servicesMount, type Generations, type Leaf, type PkiWorld } from './world';

const name = { common_name: 'shop.devel.example' };
const both: Generations = { issuers: ['2025', '2026'], defaultIssuer: '2026' };

/** How one issuer of an authority takes over from another. Leaves the authority with the new one alone. */
export function specifyGenerations(world: () => PkiWorld): void {
  describe('another generation', () => {
    let old: Leaf;
    let fresh: Leaf;

    it('signs nothing before it is the default', async () => {
      const applied = await world().engines.apply(world().generations({ ...both, defaultIssuer: '2025' }));
      expect(applied).toEqual({ added: 4, changed: 0, removed: 0 });
      old = await world().issue('shop-server', name);
      expect(world().issuerOf(old)).toBe('Example devel services 2025');
    });

    it('signs all further certificates, and replaces none', async () => {
      expect(await world().engines.apply(world().generations(both))).toEqual({ added: 0, changed: 3, removed: 0 });
      expect(await world().engines.plan()).toEqual([]);
      fresh = await world().issue('shop-server', name);
      expect(world().issuerOf(fresh)).toBe('Example devel services 2026');
      expect(await world().verify(fresh, { purpose: 'sslserver' })).toBe('OK');
    });

    it('keeps certificates of the old one valid, and each contains the URL of the list of its own issuer', async () => {
      expect(await world().verify(old, { purpose: 'sslserver' })).toBe('OK');
      expect([await world().ocsp(old), await world().ocsp(fresh)]).toEqual(['good', 'good']);
      expect([await world().verify(old, { crls: true }), await world().verify(fresh, { crls: true })]).toEqual([
        'OK',
        'OK',
      ]);
      expect(await world().crlOf(old.certificate)).not.toEqual(await world().crlOf(fresh.certificate));
    });

    it('prevents the old one from signing for any client', async () => {
      const signing = world().admin.write(`${servicesMount}/issuer/2025/issue/shop-server`, name);
      await expect(signing).rejects.toThrow(/usage|issuing-certificates/);
    });

    it('keeps the list of the old one, which contains new revocations of its certificates', async () => {
      const { serial_number, private_key } = old;
      const owner = await world().as('shop-server');
      await owner.write(`${servicesMount}/revoke-with-key`, { serial_number, private_key });
      await world().admin.read(`${servicesMount}/crl/rotate`);
      const serial = serial_number.replaceAll(':', '').toUpperCase();
      const list = async (leaf: Leaf): Promise<string> =>
        world().openssl.crlText(await world().crlOf(leaf.certificate));
      expect(await list(old)).toContain(serial);
      expect(await list(fresh)).not.toContain(serial);
      expect([await world().ocsp(old), await world().ocsp(fresh)]).toEqual(['revoked', 'good']);
    });

    it('can be reverted: the old one signs as before', async () => {
      await world().engines.apply(world().generations({ ...both, defaultIssuer: '2025' }));
      expect(world().issuerOf(await world().issue('shop-server', name))).toBe('Example devel services 2025');
      await world().engines.apply(world().generations(both));
    });

    it('is not changed when the old one leaves the configuration; the server keeps that one until an administrator removes it', async () => {
      const alone = world().generations({ ...both, issuers: ['2026'] });
      expect(await world().engines.apply(alone)).toEqual({ added: 0, changed: 0, removed: 4 });
      const pem = `${world().address}/v1/${servicesMount}/issuer/2025/pem`;
      expect((await world().get(pem)).status).toBe(200);
      await world().admin.delete(`${servicesMount}/issuer/2025`);
      expect((await world().get(pem)).status).not.toBe(200);
      expect(await world().engines.plan()).toEqual([]);
      expect(await world().verify(await world().issue('shop-server', name))).toBe('OK');
    });

    it('cannot be destroyed by mistake', async () => {
      await expect(world().engines.destroy()).rejects.toThrow(/Instance cannot be destroyed/);
    });
  });
}
