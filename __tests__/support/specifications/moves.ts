import { cpSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { ServerClient } from '../../../client/server-client';
import type { Dialect } from '../../../model/dialect';
import { writeFilesIn } from '../inventory/write-files';
import { TestReplica } from '../replica/replica';
import { statusOf } from '../vault/status-of';

const files = {
  'clusters/nonprod.yaml': `description: A cluster
address: https://vault.nonprod.example.com:8200
state: {backend: local}
`,
  'environments/devel.yaml': `description: An environment
cluster: nonprod
state: {backend: local}
engines:
  transit: {}
`,
  'tenants/shop/basket.yaml': `description: Baskets
environments: [devel]
keys:
  data:
    type: aes256-gcm96
    deletable: true
policies:
  - name: basket-{environment}-app
    environments: [devel]
    reason: Encrypts baskets
    grants:
      - key: data
        operations: [encrypt, decrypt]
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
  const at = (...parts: string[]): string => path.join(folder, ...parts);
  const start = (): Promise<string> => replica.start('--inventory', folder);
  const key = 'v1/devel/transit';
  const document = 'v1/devel/kv/data/basket/configs';

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'vault-platform-moves-'));
    writeFilesIn(folder, files);
    replica = new TestReplica(dialect);
    await start();
    const credentials = await replica.credentials('basket-devel-app-role');
    program = {
      login: async () => {
        const { auth } = await replica.cluster.client().write('auth/approle/login', credentials);
        return replica.cluster.client(auth?.client_token as string);
      },
    };
    const { data } = await (await program.login()).write(`${key}/encrypt/basket-data`, { plaintext: 'YQ==' });
    ciphertext = data?.ciphertext as string;
    const writer = await replica.login('basket-devel-rw-role');
    await writer.write(document, { data: { key_sets: ['k1'], active_kid: 0 }, options: { cas: 1 } });
  }, 600_000);
  afterAll(async () => {
    await replica.dispose();
    rmSync(folder, { recursive: true });
  }, 60_000);

  async function expectDocument(): Promise<void> {
    const { data } = await (await replica.login('basket-devel-ro-role')).read(document);
    expect(data?.data).toEqual({ key_sets: ['k1'], active_kid: 0 });
  }

  /** The program still logs in and decrypts, and the document has its content. */
  async function expectNothingLost(): Promise<void> {
    const client = await program.login();
    const { data } = await client.write(`${key}/decrypt/basket-data`, { ciphertext });
    expect(data?.plaintext).toBe('YQ==');
    await expectDocument();
  }

  it('a tenant that moves to another team keeps SecretIDs, keys and documents', async () => {
    renameSync(at('tenants/shop/basket.yaml'), at('tenants/pay/basket.yaml'));
    expect(await start()).toMatch(/resources moved: 8 from devel-shop to devel-pay/);
    await expectNothingLost();
    expect(replica.stateText('devel-shop')).not.toContain('basket');
    expect(await start()).toMatch(/\nno changes, \d/);
  }, 300_000);

  it('a team that gets another name keeps everything', async () => {
    renameSync(at('tenants/pay'), at('tenants/payments'));
    expect(await start()).toMatch(/resources moved: \d+ from devel-pay to devel-payments/);
    await expectNothingLost();
    expect(await start()).toMatch(/\nno changes, \d/);
  }, 300_000);

  it('an interrupted move, with a resource in both states, is completed', async () => {
    const working = (stack: string): string => path.join(replica.directory, 'terraform', stack);
    cpSync(working('devel-payments'), working('devel-pay'), { recursive: true });
    await start();
    await expectNothingLost();
    expect(await start()).toMatch(/\nno changes, \d/);
  }, 300_000);

  it('a tenant that leaves loses its logins and its deletable key, and its document stays', async () => {
    rmSync(at('tenants/payments/basket.yaml'));
    await start();
    await expect(statusOf(program.login())).resolves.toBe(400);
    writeFileSync(at('tenants/payments/basket.yaml'), files['tenants/shop/basket.yaml'] + 'keySet: existing\n');
    await start();
    // The document stays, as the guide of removal says; the key is another one.
    await expectDocument();
    const client = await replica.login('basket-devel-app-role');
    await expect(statusOf(client.write(`${key}/decrypt/basket-data`, { ciphertext }))).resolves.toBe(400);
  }, 300_000);
}
