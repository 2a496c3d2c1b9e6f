import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Dialect } from '../../../model/dialect';
import { writeOwners } from '../inventory/with-owners';
import { writeFilesIn } from '../inventory/write-files';
import { TestReplica } from '../replica/replica';
import { statusOf } from '../vault/status-of';

const { publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

const clusterFile = (methods: readonly string[]): string => `description: A cluster
address: https://vault.nonprod.example.com:8200
state: {backend: local}
${methods.length === 0 ? '' : 'auth:'}
${methods
  .map(
    (name) => `  ${name}:
    type: jwt
    description: Pipelines
    boundIssuer: https://ci.example.com
    userClaim: repository
    publicKeys: [${JSON.stringify(publicKey)}]`,
  )
  .join('\n')}
`;
const environmentFile = 'description: An environment\ncluster: nonprod\nstate: {backend: local}\n';
const withEngines = `engines:
  keyValue1: {}
  ssh: {}
  transit: {}
authorities:
  root:
    description: Root
    commonName: Root
    ttl: 3650d
    maxLeafTtl: 365d
`;
const trusts = (method: string): string => `trusts: [${method}]\n`;
const ownAppRole = 'appRoleMount: own\n';
const tenantFile = 'description: Baskets\nenvironments: [devel]\nidentity: {}\n';
const withKey = `keys:
  data:
    type: aes256-gcm96
`;
const withPolicy = `policies:
  - name: app
    environments: [devel]
    reason: Encrypts baskets
    grants:
      - key: data
        operations: [encrypt, decrypt]
`;
const withPipeline = `  - name: deploy
    environments: [devel]
    reason: The pipeline
    grants:
      - path: configs
        operations: [read]
    logins:
      - type: jwt
        audiences: [https://vault.example.com]
        boundClaims: {repository: [basket]}
`;

/** Engines, authorities, auth methods, own AppRole mounts and environments that leave the inventory and come back. */
export function describeRemovals(dialect: Dialect): void {
  let folder: string;
  let replica: TestReplica;
  let ciphertext: string;
  let credentials: { role_id: string; secret_id: string };
  const write = (file: string, text: string): void => writeFilesIn(folder, { [file]: text });
  const start = async (): Promise<string> => {
    writeOwners(folder);
    return await replica.start('--inventory', folder, 'devel');
  };
  const unchanged = /\nno changes, \d/;
  const transit = 'v1/devel/transit';
  const mounts = async (): Promise<string> => {
    const [engines, methods] = [await replica.admin.read('sys/mounts'), await replica.admin.read('sys/auth')];
    const own = /^v1\/|^(ci|pipelines|devel\/approle|approle)\/$/;
    return Object.keys({ ...engines.data, ...methods.data })
      .filter((mount) => own.test(mount))
      .sort()
      .join(' ');
  };
  const login = (mount: string): Promise<unknown> => replica.cluster.client().write(`auth/${mount}/login`, credentials);

  function writeEverything(): void {
    write('clusters/nonprod.yaml', clusterFile(['ci']));
    write('environments/devel.yaml', environmentFile + withEngines + trusts('ci') + ownAppRole);
    write('tenants/shop/basket.yaml', tenantFile + withKey + withPolicy + withPipeline);
  }
  const everything =
    'ci/ devel/approle/ approle/ v1/devel/kv/ v1/devel/kv1/ v1/devel/pki/root/ v1/devel/ssh/ v1/devel/transit/';
  const sorted = (list: string): string => list.split(' ').sort().join(' ');

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'vault-platform-removals-'));
    writeEverything();
    replica = new TestReplica(dialect);
    await start();
    credentials = await replica.credentials('basket.app.devel-role', 'devel/approle');
    const client = await replica.login('basket.app.devel-role', 'devel/approle');
    const { data } = await client.write(`${transit}/encrypt/basket.data`, { plaintext: 'YQ==' });
    ciphertext = data?.ciphertext as string;
  }, 600_000);
  afterAll(async () => {
    await replica.dispose();
    rmSync(folder, { recursive: true });
  }, 60_000);

  it('deletes auth methods and empty engines that left, and keeps and reports engines with contents', async () => {
    expect(await mounts()).toBe(sorted(everything));
    write('clusters/nonprod.yaml', clusterFile([]));
    write('environments/devel.yaml', environmentFile);
    write('tenants/shop/basket.yaml', tenantFile);
    const stdout = await start();
    expect(stdout).toMatch(
      /removed from the inventory: auth\/ci, auth\/devel\/approle, v1\/devel\/kv1, v1\/devel\/pki\/root, v1\/devel\/ssh, v1\/devel\/transit/,
    );
    expect(stdout).toMatch(
      /deleted auth\/ci with 1 role; deleted auth\/devel\/approle with 3 roles; deleted v1\/devel\/kv1;/,
    );
    expect(stdout).toContain(
      'kept v1/devel/pki/root with 1 issuer, 1 key; kept v1/devel/ssh with 1 CA key; kept v1/devel/transit with 1 key',
    );
    expect(await mounts()).toBe(sorted('approle/ v1/devel/kv/ v1/devel/pki/root/ v1/devel/ssh/ v1/devel/transit/'));
    expect(await statusOf(login('devel/approle'))).toBe(403);
    // Its policy is gone, and so is the access of every token to the key.
    await expect(replica.login('basket-devel-ro-role')).resolves.toBeDefined();
    expect(await start()).toMatch(unchanged);
  }, 300_000);

  it('uses a kept engine again when it comes back', async () => {
    writeEverything();
    expect(await start()).toMatch(/in the inventory again: v1\/devel\/pki\/root, v1\/devel\/ssh, v1\/devel\/transit/);
    expect(await mounts()).toBe(sorted(everything));
    const client = await replica.login('basket.app.devel-role', 'devel/approle');
    const { data } = await client.write(`${transit}/decrypt/basket.data`, { ciphertext });
    expect(data?.plaintext).toBe('YQ==');
    expect(await start()).toMatch(unchanged);
  }, 300_000);

  it('renames an auth method, and gives up an AppRole mount of its own', async () => {
    write('clusters/nonprod.yaml', clusterFile(['pipelines']));
    write('environments/devel.yaml', environmentFile + withEngines + trusts('pipelines'));
    expect(await start()).toMatch(/deleted auth\/ci with 1 role; deleted auth\/devel\/approle with 3 roles/);
    expect(await mounts()).toBe(sorted(everything.replace('ci/', 'pipelines/').replace(' devel/approle/', '')));
    expect(await replica.admin.list('auth/pipelines/role')).toHaveLength(1);
    expect(await replica.admin.list('auth/approle/role')).toHaveLength(3);
    expect(await start()).toMatch(unchanged);
  }, 300_000);

  it('a kept key does not return with its engine unless the inventory lists it', async () => {
    write('environments/devel.yaml', environmentFile + trusts('pipelines'));
    write('tenants/shop/basket.yaml', `${tenantFile}policies:\n${withPipeline}`);
    expect(await start()).toContain('kept v1/devel/transit with 1 key');
    write('environments/devel.yaml', environmentFile + withEngines + trusts('pipelines'));
    await start();
    expect(await replica.admin.list(`${transit}/keys`)).toEqual(['basket.data']);
    expect(await start()).toMatch(unchanged);
  }, 300_000);

  it('the printed commands delete a kept engine, which can then be created again', async () => {
    write('environments/devel.yaml', environmentFile + trusts('pipelines'));
    const commands = (await start()).split('\n').filter((line) => /^ {2}\. |secrets disable/.test(line));
    expect(commands).toHaveLength(5);
    const { exitCode, stderr } = await replica.shell(`set -e\n${commands.join('\n')}`);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(await mounts()).toBe(sorted('approle/ pipelines/ v1/devel/kv/'));
    expect(await start()).toMatch(unchanged);
    writeEverything();
    await start();
    const client = await replica.login('basket.app.devel-role', 'devel/approle');
    expect(await statusOf(client.write(`${transit}/decrypt/basket.data`, { ciphertext }))).toBe(400);
    expect(await start()).toMatch(unchanged);
  }, 300_000);

  it('keeps a connection that leaves its engine, and replaces an auth method that has another type', async () => {
    const connection = (name: string): string => `      ${name}:
        plugin: postgresql
        username: maker
        url: postgresql://{{username}}:{{password}}@127.0.0.1:5432/app?sslmode=verify-full
`;
    const database = `${environmentFile}${trusts('ci')}engines:\n  database:\n    connections:\n`;
    write('clusters/nonprod.yaml', clusterFile(['ci']));
    write('environments/devel.yaml', database + connection('main') + connection('other'));
    write('tenants/shop/basket.yaml', `${tenantFile}policies:\n${withPipeline}`);
    await start();
    const oidc = /type: jwt[^]*/.exec(clusterFile(['ci']))![0];
    const sso = `type: oidc
    description: People
    discoveryUrl: https://sso.example.com
    clientId: vault
    redirectUris: [https://vault.example.com/ui/vault/auth/ci/oidc/callback]
`;
    write('clusters/nonprod.yaml', clusterFile(['ci']).replace(oidc, sso));
    write('environments/devel.yaml', database + connection('main'));
    write('tenants/shop/basket.yaml', tenantFile);
    const stdout = await start();
    expect(stdout).toContain('deleted auth/ci with 1 role, whose path has another type now');
    expect(stdout).toContain('kept v1/devel/database/config/other with the password of its account');
    expect((await replica.admin.read('sys/auth')).data?.['ci/']).toMatchObject({ type: 'oidc' });
    const command = stdout.split('\n').filter((line) => /^ {2}\. | delete v1/.test(line));
    expect((await replica.shell(`set -e\n${command.join('\n')}`)).exitCode).toBe(0);
    expect(await replica.admin.list('v1/devel/database/config')).toEqual(['main']);
  }, 300_000);

  it('keeps the documents of an environment that leaves, and uses them when it comes back', async () => {
    write('environments/perf.yaml', `${environmentFile}quotas: {requestsPerSecond: 100}\n`);
    write('tenants/shop/wishlist.yaml', 'description: Wish lists\nenvironments: [devel, perf]\n');
    await replica.start('--inventory', folder, 'perf');
    rmSync(path.join(folder, 'environments/perf.yaml'));
    write('tenants/shop/wishlist.yaml', 'description: Wish lists\nenvironments: [devel]\n');
    const stdout = await start();
    expect(stdout).toContain('kept v1/perf/kv with 1 document');
    expect(await replica.admin.list('sys/policies/acl')).not.toContain('wishlist-perf-ro');
    expect(await replica.admin.list('sys/quotas/rate-limit')).not.toContain('environment.perf');
    expect(await start()).toMatch(unchanged);
    write('environments/perf.yaml', environmentFile);
    write('tenants/shop/wishlist.yaml', 'description: Wish lists\nenvironments: [devel, perf]\n');
    await replica.start('--inventory', folder, 'perf');
    const reader = await replica.login('wishlist-perf-ro-role');
    await expect(statusOf(reader.read('v1/perf/kv/data/wishlist/configs'))).resolves.toBe(200);
    expect(await replica.start('--inventory', folder, 'perf')).toMatch(unchanged);
  }, 300_000);
}
