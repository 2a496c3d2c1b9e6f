import { randomBytes, randomUUID, X509Certificate } from 'node:crypto';

import type { ServerClient } from '../../../../client/server-client';
import type { Dialect } from '../../../../model/dialect';
import { kubernetesMissing } from '../../kubernetes/kubernetes';
import { CiSystem } from '../../oidc/ci-system';
import { filesHolding } from '../../processes/files-holding';
import { itUnless } from '../../skips';
import { statusOf } from '../../vault/status-of';
import { describeLeaving } from './leaving';
import { apiServers, ours, useShop, type Shop } from './shop';

/** The example `kubernetes` as its README says to try it, with a real API server. */
export function describeKubernetesExample(dialect: Dialect): void {
  const missing = kubernetesMissing();
  if (missing === undefined) describeShop(useShop(dialect));
  else itUnless(missing, `the example kubernetes on ${dialect}`)('works', () => undefined);
}

const basket = ['apps-blue', 'basket.app.live-role'] as const;
const priceList = ['apps-green', 'price-list.app.live-role'] as const;
const pipeline = ['pipelines', 'basket.deploy.live-role'] as const;

const configs = 'v1/live/kv/data/basket/configs';
const database = 'v1/live/kv/data/price-list/database';
const legacy = 'v1/live/kv1/price-list/legacy';
const transit = (operation: string, key = 'basket.customer-data'): string => `v1/live/transit/${operation}/${key}`;
const issue = 'v1/live/pki/services/issue/basket.server';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

function describeShop(shop: () => Shop): void {
  let firstStart: string;
  beforeAll(async () => {
    const { exitCode, stdout, stderr } = await shop().start();
    if (exitCode !== 0) throw new Error(stdout + stderr);
    firstStart = stdout;
    await shop().accounts.create('shop', 'basket', 'checkout');
    await shop().accounts.create('legacy', 'price-list', 'stock-list');
    await shop().accounts.create('vault-review', 'basket', 'price-list', 'reviewer');
  }, 300_000);

  it('starts, and a second start changes nothing', async () => {
    expect(firstStart).toMatch(/live-shop: \d+ added/);
    const { stdout } = await shop().start();
    expect(stdout).toMatch(/\nno changes, \d/);
  });

  describe('a cluster whose tokens ask for their own review', () => {
    const token = (audience = apiServers, account = 'shop:basket') => shop().accounts.token(account, audience);

    it('refuses an account without the permission to review tokens', async () => {
      expect(await shop().loginStatus(...basket, await token())).toBe(403);
    });

    it('accepts a ServiceAccount after its role allows it', async () => {
      // The others too, so that nothing but the role keeps them out.
      await shop().accounts.letReview('shop:basket', 'shop:checkout', 'vault-review:basket');
      expect(await shop().loginStatus(...basket, await token())).toBe(200);
    });

    it('refuses a token that is not issued for the API server, because it cannot authenticate the review', async () => {
      expect(await shop().loginStatus(...basket, await token(ours))).toBe(403);
    });

    it('refuses another account of the namespace, and the same name in another namespace', async () => {
      expect(await shop().loginStatus(...basket, await token(apiServers, 'shop:checkout'))).toBe(403);
      expect(await shop().loginStatus(...basket, await token(apiServers, 'vault-review:basket'))).toBe(403);
    });

    it('refuses an invalid token, a modified one, and one whose owner was deleted', async () => {
      const [header, claims, signature = ''] = (await token()).split('.');
      const forged = [header, claims, [...signature].reverse().join('')].join('.');
      expect(await shop().loginStatus(...basket, 'garbage')).toBe(403);
      expect(await shop().loginStatus(...basket, forged)).toBe(403);
      expect(await shop().loginStatus(...basket, await shop().accounts.orphanedToken('shop:basket'))).toBe(403);
    });

    it('returns no role of another method', async () => {
      expect(await shop().loginStatus('apps-blue', priceList[1], await token())).not.toBe(200);
    });
  });

  describe('a cluster with a reviewer', () => {
    const token = (audience = ours, account = 'legacy:price-list') => shop().accounts.token(account, audience);
    let reviewer: string;

    it('refuses every client before the token of the reviewer is set', async () => {
      expect(await shop().loginStatus(...priceList, await token())).not.toBe(200);
    });

    it('gets that token on standard input, and accepts accounts without the permission to review', async () => {
      await shop().accounts.letReview('vault-review:reviewer');
      reviewer = await shop().accounts.token('vault-review:reviewer');
      expect((await shop().platform('credential', 'list')).stdout).toContain('shop/auth/apps-green');
      const { exitCode, stdout, stderr } = await shop().setCredential('shop/auth/apps-green', reviewer);
      expect({ exitCode, stdout, stderr }).toMatchObject({ exitCode: 0, stdout: 'shop/auth/apps-green: set' });
      expect(await shop().loginStatus(...priceList, await token())).toBe(200);
    });

    it('refuses a token for the API server, another account, and the same name in another namespace', async () => {
      expect(await shop().loginStatus(...priceList, await token(apiServers))).toBe(403);
      expect(await shop().loginStatus(...priceList, await token(ours, 'legacy:stock-list'))).toBe(403);
      expect(await shop().loginStatus(...priceList, await token(ours, 'vault-review:price-list'))).toBe(403);
    });

    it('refuses an invalid token, and one whose owner was deleted', async () => {
      expect(await shop().loginStatus(...priceList, 'garbage')).toBe(403);
      const orphan = await shop().accounts.orphanedToken('legacy:price-list', ours);
      expect(await shop().loginStatus(...priceList, orphan)).toBe(403);
    });

    it('keeps the reviewer over another start, and shows its token nowhere', async () => {
      const { stdout } = await shop().start();
      expect(stdout).toMatch(/\nno changes, \d/);
      expect(await shop().loginStatus(...priceList, await token())).toBe(200);
      expect(filesHolding(shop().replica.directory, reviewer)).toEqual([]);
      expect(shop().printed).not.toContain(reviewer);
      expect(shop().watch.holding(reviewer)).toEqual([]);
    });
  });

  describe('pipelines', () => {
    const status = (jwt: string): Promise<number> => shop().loginStatus(...pipeline, jwt);

    it('log in with a token for the main branch of their repository', async () => {
      expect(await status(shop().job())).toBe(200);
    });

    it.each([
      ['another repository', { repository: 'shop/price-list' }],
      ['another branch', { ref: 'refs/heads/feature' }],
      ['no branch', { ref: undefined }],
      ['another audience', { aud: 'https://registry.example.com' }],
      ['another issuer', { iss: 'https://ci.example.org' }],
      ['a time that is over', { iat: 1, exp: 1000 }],
    ])('are refused with a token for %s', async (_, claims) => {
      expect(await status(shop().job(claims))).toBe(400);
    });

    it('are refused with a token of another issuer', async () => {
      expect(await status(shop().job({}, new CiSystem()))).toBe(400);
    });
  });

  describe('the basket', () => {
    const canary = `canary-${randomUUID()}`;
    let client: ServerClient;
    beforeAll(async () => {
      client = await shop().login(...basket, await shop().accounts.token('shop:basket'));
    });

    it('reads what its pipeline wrote, and cannot write it', async () => {
      const job = await shop().login(...pipeline, shop().job());
      await job.write(configs, { data: { theme: canary }, options: { cas: 1 } });
      expect((await client.read(configs)).data?.data).toEqual({ theme: canary });
      expect(await statusOf(client.write(configs, { data: {} }))).toBe(403);
      expect(await statusOf(job.write(transit('encrypt'), { plaintext: base64('x') }))).toBe(403);
    });

    it('encrypts and decrypts with its key, which it can neither read nor rotate', async () => {
      const { data } = await client.write(transit('encrypt'), { plaintext: base64(canary) });
      const { data: decrypted } = await client.write(transit('decrypt'), { ciphertext: data?.ciphertext });
      expect(data?.ciphertext).toMatch(/^vault:v1:/);
      expect(decrypted?.plaintext).toBe(base64(canary));
      expect(await statusOf(client.read(transit('keys')))).toBe(403);
      expect(await statusOf(client.write(`${transit('keys')}/rotate`))).toBe(403);
      expect(await statusOf(client.write(transit('encrypt', 'other'), { plaintext: base64('x') }))).toBe(403);
    });

    it('is issued a certificate of its own name, which no file of the replica holds the key of', async () => {
      const { data } = await client.write(issue, { common_name: 'basket.shop.svc.cluster.local' });
      const certificate = new X509Certificate(data?.certificate as string);
      expect(certificate.subjectAltName).toBe('DNS:basket.shop.svc.cluster.local');
      expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
      expect(await statusOf(client.write(issue, { common_name: 'checkout.shop.svc.cluster.local' }))).toBe(400);
      const key = (data?.private_key as string).split('\n')[2] ?? '';
      expect(key).toHaveLength(64);
      for (const secret of [key, canary]) expect(filesHolding(shop().replica.directory, secret)).toEqual([]);
    });

    it('sees nothing of other tenants, and no list', async () => {
      expect(await statusOf(client.read(database))).toBe(403);
      expect(await statusOf(client.read(`${legacy}/prices`))).toBe(403);
      expect(await statusOf(client.list('v1/live/kv/metadata/basket'))).toBe(403);
      expect(await statusOf(client.list('v1/live/kv/metadata'))).toBe(403);
    });
  });

  it('the price list reads documents of both versions, and writes none', async () => {
    const keeper = await shop().replica.login('price-list.keeper.live-role');
    await keeper.write(database, { data: { password: 'one' }, options: { cas: 0 } });
    await keeper.write(`${legacy}/prices`, { bread: '2.40' });
    const client = await shop().login(...priceList, await shop().accounts.token('legacy:price-list', ours));
    expect((await client.read(database)).data?.data).toEqual({ password: 'one' });
    expect((await client.read(`${legacy}/prices`)).data).toEqual({ bread: '2.40' });
    expect(await client.list(legacy)).toEqual(['prices']);
    expect(await statusOf(client.write(`${legacy}/prices`, { bread: '0' }))).toBe(403);
    expect(await statusOf(client.read(configs))).toBe(403);
  });

  it('a tenant with an identity is one group of entities with its metadata, whichever way it logs in', async () => {
    const entityOf = async (client: ServerClient): Promise<Record<string, unknown>> => {
      const { data: self } = await client.read('auth/token/lookup-self');
      const { data } = await shop().replica.admin.read(`identity/entity/id/${self?.entity_id as string}`);
      return data ?? {};
    };
    const program = await entityOf(await shop().login(...basket, await shop().accounts.token('shop:basket')));
    const job = await entityOf(await shop().login(...pipeline, shop().job()));
    const reader = await entityOf(await shop().replica.login('basket-live-ro-role'));
    const metadata = { 'cost-center': '4711', tenant: 'basket', team: 'shop', environment: 'live' };
    expect(program).toMatchObject({ name: 'basket.app.live-role', metadata });
    expect(job).toMatchObject({ name: 'basket.deploy.live-role', metadata });
    expect(reader).toMatchObject({ name: 'basket-live-ro-role', metadata });
    expect(program.aliases).toMatchObject([{ name: 'shop/basket', mount_path: 'auth/apps-blue/' }]);
    expect(job.aliases).toMatchObject([{ name: 'shop/basket', mount_path: 'auth/pipelines/' }]);
    const { data: group } = await shop().replica.admin.read('identity/group/name/basket.live');
    for (const { id } of [program, job, reader]) expect(group?.member_entity_ids).toContain(id);
  });

  it('logins above its quota are refused, and those of other tenants are not', async () => {
    const { admin, cluster } = shop().replica;
    const { data } = await admin.read('sys/quotas/rate-limit/role.apps-blue.basket.app.live-role');
    expect(data).toMatchObject({ path: 'auth/apps-blue/', role: basket[1], rate: 20 });
    const active = cluster.client().with({ addresses: [await cluster.activeAddress()] });
    const attempt = (): Promise<number> =>
      statusOf(active.write('auth/apps-blue/login', { role: basket[1], jwt: randomBytes(8).toString('hex') }));
    const statuses = await Promise.all(Array.from({ length: 300 }, attempt));
    expect(new Set(statuses)).toEqual(new Set([403, 429]));
    const token = await shop().accounts.token('legacy:price-list', ours);
    expect(await shop().loginStatus(...priceList, token)).toBe(200);
    await active.close();
  });

  it.each(['basket', 'price-list'])('the manifests of an agent for %s pass the API server', async (tenant) => {
    const file = await shop().agentManifests(tenant);
    const applied = await shop().kubernetes.kubectl(['apply', '--dry-run=server', `--filename=${file}`]);
    expect(applied).toContain(`deployment.apps/${tenant}-app created (server dry run)`);
  });

  describeLeaving(shop);
}
