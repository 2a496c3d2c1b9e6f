import type { Dialect } from '../../../../model/dialect';
import { itUnless } from '../../skips';
import { withoutOpenssl } from '../../tls/openssl';
import { mutualTls, type Verdicts } from '../../tls/tls-pair';
import { useTestCluster } from '../../vault/embedded-cluster';
import { specifyAcme } from './acme';
import { specifyGenerations } from './generations';
import { specifyIssuers } from './issuers';
import { specifyCertificateRoles } from './roles';
import { PkiWorld, servicesMount, urlIn, type Leaf } from './world';

const name = { common_name: 'shop.devel.example' };

/** What certificate authorities do on a real server, whichever of the two programs serves. */
export function specifyCertificateAuthorities(dialect: Dialect): void {
  if (withoutOpenssl !== undefined) {
    itUnless(withoutOpenssl, `certificate authorities on ${dialect}`)('are judged by OpenSSL', () => undefined);
    return;
  }
  const cluster = useTestCluster(dialect, 1);
  let world: PkiWorld;
  beforeAll(async () => {
    world = await PkiWorld.make(cluster());
  }, 300_000);
  afterAll(async () => {
    await world.close();
  });

  it('has no changes in the next plan', async () => {
    expect(await world.engines.plan()).toEqual([]);
    expect(await world.shop.plan()).toEqual([]);
  });

  describe('a certificate', () => {
    let server: Leaf;
    let client: Leaf;
    let peer: Leaf;
    beforeAll(async () => {
      server = await world.issue('shop-server', { common_name: 'web.shop.devel.example' });
      client = await world.issue('shop-client', name);
      peer = await world.issue('shop-peer', { ...name, ip_sans: '127.0.0.1' });
    });

    it('is verified up to the root with its chain', async () => {
      expect(await world.verify(server)).toBe('OK');
      const chain = [server.issuing_ca, await world.root()].map((one) => one.trim());
      expect(server.ca_chain.map((one) => one.trim())).toEqual(chain);
    });

    it('is valid for the use of its role, and for no other', async () => {
      const good = async (leaf: Leaf): Promise<string[]> => {
        const purposes = ['sslserver', 'sslclient', 'smimesign'];
        const verdicts = await Promise.all(purposes.map((purpose) => world.verify(leaf, { purpose })));
        expect(verdicts.filter((verdict) => !/^OK$|certificate purpose$/.test(verdict))).toEqual([]);
        return purposes.filter((_, index) => verdicts[index] === 'OK');
      };
      expect(await good(server)).toEqual(['sslserver']);
      expect(await good(client)).toEqual(['sslclient']);
      expect(await good(peer)).toEqual(['sslserver', 'sslclient']);
    });

    it('cannot be used on the wrong side of a TLS connection', async () => {
      const root = await world.root();
      const talk = async (serves: Leaf, asks: Leaf): Promise<Verdicts> => await mutualTls(serves, asks, root);
      expect(await talk(server, client)).toEqual({ client: 'OK', server: 'OK' });
      expect(await talk(peer, peer)).toEqual({ client: 'OK', server: 'OK' });
      expect(await talk(client, client)).toEqual({ client: 'INVALID_PURPOSE', server: 'OK' });
      expect(await talk(server, server)).toEqual({ client: 'OK', server: 'INVALID_PURPOSE' });
    });

    it('contains the URLs of its issuer, revocation list and OCSP responder, which respond to every client', async () => {
      const text = world.text(server);
      const issuer = await world.get(urlIn(text, 'CA Issuers - '));
      expect(issuer.body.toString('base64')).toBe(server.issuing_ca.replaceAll(/-----.*-----|\s/g, ''));
      const list = await world.crlOf(server.certificate);
      expect(world.openssl.crlText(list)).toContain('CN = Example devel services 2025');
      expect(await world.verify(server, { crls: true })).toBe('OK');
      expect(await world.ocsp(server)).toBe('good');
    });

    it('has a revocation list that is not sent again to a client that has it', async () => {
      await world.admin.read(`${servicesMount}/crl/rotate`);
      const url = urlIn(world.text(server), 'CRL Distribution Points');
      const since = async (day: string): Promise<number> => (await world.get(url, { 'if-modified-since': day })).status;
      expect(await since('Thu, 01 Jan 2015 00:00:00 GMT')).toBe(200);
      expect(await since('Sun, 01 Jan 2040 00:00:00 GMT')).toBe(304);
    });

    it('of the authority contains the URL of the list of the root, and that of the root contains none', async () => {
      const list = await world.crlOf(server.issuing_ca);
      expect(world.openssl.crlText(list)).toContain('CN = Example devel root 2025');
      expect(world.openssl.text(await world.root())).not.toMatch(/CRL Distribution|Authority Information/);
    });

    it('is in no state, and no private key is', () => {
      for (const state of [world.engines.stateText(), world.shop.stateText()]) {
        expect(state).not.toContain('PRIVATE KEY');
        for (const leaf of [server, client, peer]) {
          expect(state).not.toContain(leaf.serial_number);
          expect(state).not.toContain(leaf.certificate.split('\n')[3]);
        }
      }
      expect(world.engines.stateText()).toContain('BEGIN CERTIFICATE REQUEST');
    });
  });

  specifyCertificateRoles(() => world);

  it('destroying one tenant does not change another', async () => {
    const before = await world.issue('shop-server', name);
    expect(await world.bank.destroy()).toEqual({ added: 0, changed: 0, removed: 6 });
    const roles = await world.admin.list(`${servicesMount}/roles`);
    expect(roles.sort()).toEqual(['shop-client', 'shop-peer', 'shop-server']);
    expect(await world.shop.plan()).toEqual([]);
    expect(await world.engines.plan()).toEqual([]);
    expect(await world.ocsp(before)).toBe('good');
  });

  specifyAcme(() => world);
  specifyGenerations(() => world);
  specifyIssuers(() => world, cluster);
}
