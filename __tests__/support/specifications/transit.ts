import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

import { TransitEngine, type ITransitEngine } from '../../../constructs/engines/transit-engine';
import { TransitKey } from '../../../constructs/engines/transit-key';
import { keyOperations } from '../../../constructs/policy/operations';
import { PolicyDocument } from '../../../constructs/policy/policy-document';
import type { Dialect } from '../../../model/dialect';
import type { KeyOperation } from '../../../model/tenant/grants/key';
import type { TransitKeyType } from '../../../model/tenant/key';
import { testApp } from '../template/template';
import { TerraformRun } from '../terraform/terraform-run';
import { useTestCluster } from '../vault/embedded-cluster';
import { provisionerToken } from '../vault/provisioner';
import { RawClient } from '../vault/raw-request';

const mountPath = 'v1/devel/transit';
const types: readonly TransitKeyType[] = [
  'aes256-gcm96',
  'chacha20-poly1305',
  'ed25519',
  'ecdsa-p256',
  'ecdsa-p384',
  'rsa-2048',
  'rsa-3072',
  'rsa-4096',
  'hmac',
];
const operations = Object.keys(keyOperations) as KeyOperation[];

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** The transit engine as Terraform makes it with a provisioner's token, and as programs use it. */
export function describeTransit(dialect: Dialect): void {
  const cluster = useTestCluster(dialect, 1);
  const clients: RawClient[] = [];
  let admin: RawClient;
  let run: TerraformRun;
  let engine: ITransitEngine;

  const build = (scope: Construct, withKeys = true): void => {
    const transit = new TransitEngine(scope, 'transit', { mountPath, description: 'Keys of devel' });
    if (!withKeys) return;
    for (const type of types) new TransitKey(scope, type, { engine: transit, keyName: `checkout-${type}`, type });
    const key = { engine: transit, type: 'aes256-gcm96' as const };
    new TransitKey(scope, 'rotated', { ...key, keyName: 'checkout-rotated', autoRotateSeconds: 3600 });
    new TransitKey(scope, 'convergent', { ...key, keyName: 'checkout-convergent', convergent: true });
    new TransitKey(scope, 'deletable', { ...key, keyName: 'checkout-deletable', deletable: true });
  };

  beforeAll(async () => {
    admin = await RawClient.admin(cluster());
    clients.push(admin);
    engine = TransitEngine.fromTransitEngineAttributes(new TerraformStack(testApp(), 'grants'), 'transit', {
      mountPath,
    });
    const token = await provisionerToken(cluster(), { transit: { tuning: {} } });
    run = await TerraformRun.on(cluster(), build, { token });
  }, 120_000);
  afterAll(async () => {
    await Promise.all(clients.map((client) => client.close()));
  });

  const withGrant = async (name: string, grant: (policy: PolicyDocument) => void): Promise<RawClient> => {
    const policy = new PolicyDocument(name);
    grant(policy);
    const client = await RawClient.withPolicy(cluster(), name, policy.toHcl());
    clients.push(client);
    return client;
  };
  const write = async (path: string, body: object): Promise<Record<string, string>> => {
    const { data } = await admin.send('POST', `${mountPath}/${path}`, body);
    return (data as { data: Record<string, string> }).data;
  };

  it('is created by the provisioner in one apply, and the next plan has no changes', async () => {
    expect(run.applied).toEqual({ added: types.length + 5, changed: 0, removed: 0 });
    expect(await run.plan()).toEqual([]);
  });

  it('a second plan is empty also after a rotation', async () => {
    await write('keys/checkout-aes256-gcm96/rotate', {});
    expect(await run.plan()).toEqual([]);
  });

  it('no key can be exported or backed up in plaintext', async () => {
    for (const path of ['export/encryption-key/checkout-aes256-gcm96', 'backup/checkout-aes256-gcm96']) {
      expect(await admin.statusOf('GET', `${mountPath}/${path}`)).toBeGreaterThanOrEqual(400);
    }
  });

  it('a convergent key gives one ciphertext for one plaintext and context, and needs the context', async () => {
    const request = { plaintext: base64('4242'), context: base64('cards') };
    const [first, second] = [
      await write('encrypt/checkout-convergent', request),
      await write('encrypt/checkout-convergent', request),
    ];
    expect(first.ciphertext).toMatch(/^vault:v1:/);
    expect(second.ciphertext).toBe(first.ciphertext);
    const without = { plaintext: request.plaintext };
    expect(await admin.statusOf('POST', `${mountPath}/encrypt/checkout-convergent`, without)).toBe(400);
  });

  it('automatic rotation is enabled, and disabled again', async () => {
    const period = async (): Promise<unknown> => {
      const { data } = await admin.send('GET', `${mountPath}/keys/checkout-rotated`);
      return (data as { data: { auto_rotate_period: number } }).data.auto_rotate_period;
    };
    expect(await period()).toBe(3600);
    await run.apply((scope) => {
      build(scope);
      const key = scope.node.findChild('rotated').node.findChild('Resource') as unknown as { autoRotatePeriod: number };
      key.autoRotatePeriod = 0;
    });
    expect(await period()).toBe(0);
  });

  describe('grants', () => {
    const symmetric = 'checkout-aes256-gcm96';
    const signing = 'checkout-ed25519';
    const attempts: Readonly<Record<KeyOperation, (ciphertext: string) => readonly [string, string, object?]>> = {
      encrypt: () => [symmetric, 'encrypt/$', { plaintext: base64('a') }],
      decrypt: (ciphertext) => [symmetric, 'decrypt/$', { ciphertext }],
      rewrap: (ciphertext) => [symmetric, 'rewrap/$', { ciphertext }],
      sign: () => [signing, 'sign/$', { input: base64('a') }],
      verify: () => [signing, 'verify/$', { input: base64('a'), signature: `vault:v1:${base64('x'.repeat(64))}` }],
      hmac: () => [symmetric, 'hmac/$/sha2-256', { input: base64('a') }],
      datakey: () => [symmetric, 'datakey/plaintext/$', {}],
      rotate: () => [symmetric, 'keys/$/rotate', {}],
      read: () => [symmetric, 'keys/$'],
    };

    it.each(operations)('%s, and none of the other eight', async (operation) => {
      const client = await withGrant(`transit-${operation}`, (policy) => {
        engine.grant(policy, symmetric, [operation]);
        engine.grant(policy, signing, [operation]);
      });
      const { ciphertext = '' } = await write(`encrypt/${symmetric}`, { plaintext: base64('a') });
      const allowed: KeyOperation[] = [];
      for (const other of operations) {
        const [key, path, body] = attempts[other](ciphertext);
        const method = body === undefined ? 'GET' : 'POST';
        const status = await client.statusOf(method, `${mountPath}/${path.replace('$', key)}`, body);
        expect([other, status < 300 || status === 403, status]).toEqual([other, true, status]);
        if (status < 300) allowed.push(other);
      }
      expect(allowed).toEqual([operation]);
    });

    it('encrypting with a missing key does not create it', async () => {
      const client = await withGrant('transit-missing', (policy) => engine.grantEncrypt(policy, 'checkout-missing'));
      const path = `${mountPath}/encrypt/checkout-missing`;
      expect(await client.statusOf('POST', path, { plaintext: base64('a') })).toBe(403);
    });
  });

  it('a removed key is protected by the server; a deletable one is deleted', async () => {
    await expect(run.apply((scope) => build(scope, false))).rejects.toThrow(/deletion is not allowed/);
    const status = (key: string): Promise<number> => admin.statusOf('GET', `${mountPath}/keys/${key}`);
    expect(await status('checkout-aes256-gcm96')).toBe(200);
    expect(await status('checkout-deletable')).toBe(404);
  });
}
