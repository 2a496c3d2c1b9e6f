import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { rename } from '../../../cli/rename';
import type { ServerClient } from '../../../client/server-client';
import type { Dialect } from '../../../model/dialect';
import type { RenameKind } from '../../../model/rename/references';
import { writeOwners } from '../inventory/with-owners';
import { writeFilesIn } from '../inventory/write-files';
import { CiSystem } from '../oidc/ci-system';
import { TestReplica } from '../replica/replica';
import { statusOf } from '../vault/status-of';
import { Repetition } from './repetition';

const ci = new CiSystem();
const indented = (text: string): string => text.trim().replaceAll('\n', '\n        ');

const files = {
  'clusters/nonprod.yaml': `description: A cluster
address: https://vault.nonprod.example.com:8200
state: {backend: local}
auth:
  ci:
    type: jwt
    description: Pipelines
    supportedAlgorithms: [ES256]
    boundIssuer: https://ci.example.com
    publicKeys:
      - |
        ${indented(ci.publicKey)}
`,
  'environments/devel.yaml': `description: An environment
cluster: nonprod
state: {backend: local}
trusts: [ci]
engines:
  transit: {}
authorities:
  web: {description: Web servers, commonName: Web, ttl: 365d, maxLeafTtl: 30d}
`,
  'tenants/shop/basket.yaml': `description: Baskets
environments: [devel]
keys:
  data:
    type: aes256-gcm96
    deletable: true
certificates:
  web: {authority: web, use: server, domains: [basket.example.com], ttl: 1d}
policies:
  - name: app
    environments: [devel]
    reason: Encrypts baskets
    grants:
      - key: data
        operations: [encrypt, decrypt]
      - certificate: web
      - path: configs
        operations: [read]
    logins:
      - type: approle
      - type: jwt
        audiences: [vault]
        boundClaims: {repository: [shop/basket]}
`,
  'tenants/shop/wishlist.yaml': 'description: Wish lists\nenvironments: [devel]\n',
  'tenants/pay/ledger.yaml': 'description: Ledger\nenvironments: [devel]\n',
};

/** A client of a running program, with a SecretID that nobody can issue again for it. */
interface Program {
  login: () => Promise<ServerClient>;
}

/** What a tenant keeps while its file moves to another team, or its team gets another name. */
export function describeMoves(dialect: Dialect): void {
  let folder: string;
  let replica: TestReplica;
  let program: Program;
  let ciphertext: string;
  /** Certificate of the authority. */
  let authority: string;
  let work: Repetition;
  let environment = 'devel';
  const at = (...parts: string[]): string => path.join(folder, 'inventory', ...parts);
  const start = async (): Promise<string> => {
    writeOwners(at());
    return await replica.start(environment, '--inventory', at());
  };
  const key = 'v1/devel/transit';
  const document = 'v1/devel/kv/data/basket/configs';

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'vault-platform-moves-'));
    writeFilesIn(at(), files);
    replica = new TestReplica(dialect);
    await start();
    const credentials = await replica.credentials('basket.app.devel-role');
    program = {
      login: async () => {
        const stranger = replica.cluster.client();
        const { auth } = await stranger.write('auth/approle/login', credentials).finally(() => stranger.close());
        return replica.cluster.client(auth?.client_token as string);
      },
    };
    const { data } = await (await program.login()).write(`${key}/encrypt/basket.data`, { plaintext: 'YQ==' });
    ciphertext = data?.ciphertext as string;
    const { data: issuer } = await replica.admin.read('v1/devel/pki/web/cert/ca');
    authority = String(issuer?.certificate).trim();
    const writer = await replica.login('basket-devel-rw-role');
    await writer.write(document, { data: { key_sets: ['k1'], active_kid: 0 }, options: { cas: 1 } });
    // A program that works all the time while everything around it gets other names.
    work = new Repetition(async () => {
      const client = await program.login();
      await expectUse(client);
      await client.close();
    });
  }, 600_000);
  afterAll(async () => {
    await work.stop();
    await replica.dispose();
    rmSync(folder, { recursive: true });
  }, 60_000);

  /** `platform rename`, for an inventory outside of this clone. */
  async function renamed(kind: RenameKind, from: string, to: string): Promise<void> {
    const print = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    await rename({ inventoryDirectory: at() }, kind, [from, to], { dryRun: false });
    print.mockRestore();
  }

  async function expectDocument(): Promise<void> {
    const { data } = await (await replica.login('basket-devel-ro-role')).read(document);
    expect(data?.data).toEqual({ key_sets: ['k1'], active_kid: 0 });
  }

  /** The ciphertext and the document are as they were at the beginning. */
  async function expectUse(client: ServerClient): Promise<void> {
    const { data: decrypted } = await client.write(`${key}/decrypt/basket.data`, { ciphertext });
    expect(decrypted?.plaintext).toBe('YQ==');
    const { data: read } = await client.read(document);
    expect(read?.data).toEqual({ key_sets: ['k1'], active_kid: 0 });
  }

  /** The program still logs in with its first SecretID, pipelines log in, and both use keys, certificates and documents. */
  async function expectNothingLost(): Promise<void> {
    const client = await program.login();
    await expectUse(client);
    const { data } = await client.write('v1/devel/pki/web/issue/basket.web', { common_name: 'basket.example.com' });
    expect(String(data?.issuing_ca).trim()).toBe(authority);
    const jwt = ci.token({ iss: 'https://ci.example.com', sub: 'job', aud: 'vault', repository: 'shop/basket' });
    const { auth } = await replica.cluster.client().write('auth/ci/login', { jwt, role: 'basket.app.devel-role' });
    await expectUse(replica.cluster.client(auth?.client_token as string));
    await expectDocument();
    expect(work.failures).toEqual([]);
  }

  it('a team that is renamed and split keeps SecretIDs, keys and documents', async () => {
    await renamed('team', 'shop', 'store');
    await renamed('tenant', 'store/basket', 'pay/basket');
    const printed = await start();
    expect(printed).toMatch(/\d+ from devel-shop to devel-pay/);
    expect(printed).toMatch(/\d+ from devel-shop to devel-store/);
    await expectNothingLost();
    expect(existsSync(path.join(replica.directory, 'terraform', 'devel-shop'))).toBe(false);
    expect(await start()).toMatch(/\nno changes, \d/);
  }, 300_000);

  it('a tenant, its team, environment, engine and auth method that are renamed keep everything', async () => {
    await renamed('team', 'pay', 'payments');
    await renamed('tenant', 'payments/basket', 'payments/cart');
    await renamed('engine', 'web', 'servers');
    await renamed('method', 'ci', 'pipelines');
    await renamed('environment', 'devel', 'development');
    environment = 'development';
    const printed = await start();
    expect(printed).toMatch(/resources moved: \d+ from devel-pay to devel-payments/);
    await expectNothingLost();
    expect(await start()).toMatch(/\nno changes, \d/);
    await work.stop();
    expect(work.rounds).toBeGreaterThan(0);
    expect(work.failures).toEqual([]);
  }, 300_000);

  it('an interrupted move, with a resource in both states, is completed', async () => {
    const working = (stack: string): string => path.join(replica.directory, 'terraform', stack);
    cpSync(working('devel-payments'), working('devel-pay'), { recursive: true });
    await start();
    await expectNothingLost();
    expect(await start()).toMatch(/\nno changes, \d/);
  }, 300_000);

  it('a tenant that leaves loses its logins and its deletable key, and its document stays', async () => {
    const file = at('tenants/payments/cart.yaml');
    const text = readFileSync(file, 'utf8');
    rmSync(file);
    await start();
    await expect(statusOf(program.login())).resolves.toBe(400);
    writeFileSync(file, `${text}keySet: existing\n`);
    await start();
    // The document stays, as the guide of removal says; the key is another one.
    await expectDocument();
    const client = await replica.login('basket.app.devel-role');
    await expect(statusOf(client.write(`${key}/decrypt/basket.data`, { ciphertext }))).resolves.toBe(400);
  }, 300_000);
}
