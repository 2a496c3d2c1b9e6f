import { statusOf } from '../../vault/status-of';
import { servicesMount, type Leaf, type PkiWorld } from './world';

const clientAuth = 'TLS Web Client Authentication';
const serverAuth = 'TLS Web Server Authentication';
const name = { common_name: 'shop.devel.example' };
const commonName = name.common_name;

/** What roles give out, and what they refuse, to whoever has the policy of one. */
export function specifyCertificateRoles(world: () => PkiWorld): void {
  const uses = (leaf: Leaf): string | undefined => /Extended Key Usage:.*\n\s*(.*)/.exec(world().text(leaf))?.[1];
  const csrFor = (...extensions: readonly string[]): string => world().openssl.request({ commonName, extensions }).csr;

  describe('a role for clients', () => {
    it('issues no certificate that a server could use, for any request', async () => {
      const asked = { server_flag: true, ext_key_usage: 'ServerAuth', ext_key_usage_oids: '1.3.6.1.5.5.7.3.1' };
      expect(uses(await world().issue('shop-client', { ...name, ...asked }))).toBe(clientAuth);
      const extensions = ['extendedKeyUsage=serverAuth,anyExtendedKeyUsage', 'basicConstraints=CA:TRUE'];
      const signed = await world().sign('shop-client', csrFor(...extensions, 'keyUsage=keyCertSign'), asked);
      expect(uses(signed)).toBe(clientAuth);
      expect(world().text(signed)).toContain('CA:FALSE');
      expect(world().text(signed)).not.toContain('Certificate Sign');
      expect(await world().verify(signed, { purpose: 'sslserver' })).toMatch(/certificate purpose$/);
      expect(await world().verify(signed, { purpose: 'sslclient' })).toBe('OK');
    });

    it('a role for servers issues no client certificates', async () => {
      const signed = await world().sign('shop-server', csrFor('extendedKeyUsage=clientAuth'), { client_flag: true });
      expect(uses(signed)).toBe(serverAuth);
    });

    it.each([
      ['another name', { common_name: 'bank.devel.example' }],
      ['a name below', { common_name: 'a.shop.devel.example' }],
      ['a wildcard', { common_name: '*.shop.devel.example' }],
      ['localhost', { common_name: 'localhost' }],
      ['no name', { common_name: '' }],
      ['one more name', { ...name, alt_names: 'bank.devel.example' }],
      ['an address', { ...name, ip_sans: '10.0.0.1' }],
      ['a URI', { ...name, uri_sans: 'spiffe://devel/bank' }],
      ['a user name', { ...name, other_sans: '1.3.6.1.4.1.311.20.2.3;utf8:root' }],
      ['a user id', { ...name, user_ids: 'root' }],
      ['a serial number', { ...name, serial_number: '1' }],
    ])('refuses %s', async (_, body) => {
      expect(await statusOf(world().issue('shop-client', body))).toBe(400);
    });

    it.each([
      ['another name', 'subjectAltName=DNS:bank.devel.example'],
      ['an address', 'subjectAltName=IP:10.0.0.1'],
      ['a URI', 'subjectAltName=URI:spiffe://devel/bank'],
      ['a user name', 'subjectAltName=otherName:1.3.6.1.4.1.311.20.2.3;UTF8:root'],
    ])('refuses to sign a request with %s', async (_, extension) => {
      expect(await statusOf(world().sign('shop-client', csrFor(extension)))).toBe(400);
    });

    it('gives no access to other roles or to issuing without a role', async () => {
      const client = await world().as('shop-client');
      const body = { csr: csrFor(), ...name };
      for (const path of [
        'issue/shop-server',
        'sign/shop-server',
        'issue/bank-client',
        'sign-verbatim',
        'sign-verbatim/shop-client',
        'issuer/default/issue/shop-client',
        'issuer/default/sign/shop-client',
        'issuer/default/sign-verbatim',
        'issuer/default/sign-intermediate',
        'root/sign-intermediate',
        'roles/shop-client',
        'roles/shop-client/acme/new-eab',
        'revoke',
      ]) {
        expect([path, await statusOf(client.write(`${servicesMount}/${path}`, body))]).toEqual([path, 403]);
      }
    });

    it('issues no certificate with a longer lifetime, by TTL or by date', async () => {
      const lifeOf = ({ data }: { data?: Readonly<Record<string, unknown>> }): number =>
        Number(data?.expiration) - Date.now() / 1000;
      const client = await world().as('shop-client');
      const issue = `${servicesMount}/issue/shop-client`;
      expect(lifeOf(await client.write(issue, { ...name, ttl: '20h' }))).toBeLessThanOrEqual(3600);
      const not_after = new Date(Date.now() + 40 * 86_400_000).toISOString().replace(/\.\d+/, '');
      expect(await statusOf(client.write(issue, { ...name, not_after }))).toBe(403);
      expect(await statusOf(client.write(`${servicesMount}/sign/shop-client`, { csr: csrFor(), not_after }))).toBe(403);
      // It is the policy that refuses: the role alone lets it pass, on both servers.
      expect(lifeOf(await world().admin.write(issue, { ...name, not_after }))).toBeGreaterThan(39 * 86_400);
    });
  });

  describe('revoking', () => {
    it('requires only the private key and the policy of the role', async () => {
      const mine = await world().issue('shop-client', name);
      const other = await world().issue('shop-client', name);
      const owner = await world().as('shop-client');
      const path = `${servicesMount}/revoke-with-key`;
      const { serial_number, private_key } = mine;
      expect(await statusOf(owner.write(path, { serial_number, private_key: other.private_key }))).not.toBe(200);
      expect(await statusOf(owner.write(path, { serial_number }))).not.toBe(200);
      expect(await world().ocsp(mine)).toBe('good');
      await owner.write(path, { serial_number, private_key });
      expect([await world().ocsp(mine), await world().ocsp(other)]).toEqual(['revoked', 'good']);

      await world().admin.read(`${servicesMount}/crl/rotate`);
      expect(await world().verify(mine, { crls: true })).toBe('certificate revoked');
      expect(await world().verify(other, { crls: true })).toBe('OK');
    });
  });
}
