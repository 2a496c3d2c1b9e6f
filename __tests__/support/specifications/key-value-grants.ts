import { randomUUID } from 'node:crypto';

import { TerraformStack } from 'cdktf';

import { KeyValueEngine, type IKeyValueEngine } from '../../../constructs/engines/key-value-engine';
import { KeyValue1Engine, type IKeyValue1Engine } from '../../../constructs/engines/key-value1-engine';
import { document1Operations, documentOperations } from '../../../constructs/policy/operations';
import { PolicyDocument } from '../../../constructs/policy/policy-document';
import type { Dialect } from '../../../model/dialect';
import type { Document1Operation, DocumentOperation } from '../../../model/tenant/grants/documents';
import { eventually } from '../eventually';
import { testApp } from '../template/template';
import { useTestCluster } from '../vault/embedded-cluster';
import { RawClient, type Method } from '../vault/raw-request';

type Attempt = readonly [method: Method, path: string, body?: unknown];

/** How each operation looks on the wire, on a document that has two versions, the first of them deleted. */
const attempts: Readonly<Record<DocumentOperation, (path: string) => Attempt>> = {
  create: (path) => ['POST', `data/${path}-new`, { data: { n: 1 } }],
  read: (path) => ['GET', `data/${path}`],
  update: (path) => ['POST', `data/${path}`, { data: { n: 3 } }],
  patch: (path) => ['PATCH', `data/${path}`, { data: { more: true } }],
  delete: (path) => ['DELETE', `data/${path}`],
  list: (path) => ['LIST', `metadata/${path.slice(0, path.lastIndexOf('/') + 1)}`],
  'read-metadata': (path) => ['GET', `metadata/${path}`],
  'write-metadata': (path) => ['POST', `metadata/${path}`, { custom_metadata: { owner: 'checkout' } }],
  'delete-versions': (path) => ['POST', `delete/${path}`, { versions: [2] }],
  undelete: (path) => ['POST', `undelete/${path}`, { versions: [1] }],
  destroy: (path) => ['POST', `destroy/${path}`, { versions: [1] }],
  purge: (path) => ['DELETE', `metadata/${path}`],
};
const attempts1: Readonly<Record<Document1Operation, (path: string) => Attempt>> = {
  create: (path) => ['POST', `${path}-new`, { n: 1 }],
  read: (path) => ['GET', path],
  update: (path) => ['POST', path, { n: 3 }],
  delete: (path) => ['DELETE', path],
  list: (path) => ['LIST', path.slice(0, path.lastIndexOf('/') + 1)],
};

const operations = Object.keys(documentOperations) as DocumentOperation[];
const operations1 = Object.keys(document1Operations) as Document1Operation[];

/** For each operation of the key-value engines: a token with its grant can do just that. */
export function describeKeyValueGrants(dialect: Dialect): void {
  const cluster = useTestCluster(dialect, 1);
  const clients: RawClient[] = [];
  let admin: RawClient;
  let engine: IKeyValueEngine;
  let engine1: IKeyValue1Engine;

  beforeAll(async () => {
    admin = await RawClient.admin(cluster());
    clients.push(admin);
    const scope = new TerraformStack(testApp(), 'grants');
    engine = KeyValueEngine.fromKeyValueEngineAttributes(scope, 'kv', { mountPath: 'v1/devel/kv' });
    engine1 = KeyValue1Engine.fromKeyValue1EngineAttributes(scope, 'kv1', { mountPath: 'v1/devel/kv1' });
    await admin.send('POST', `sys/mounts/${engine.mountPath}`, { type: 'kv', options: { version: '2' } });
    await admin.send('POST', `sys/mounts/${engine1.mountPath}`, { type: 'kv', options: { version: '1' } });
    // The engine of version 2 prepares itself, and says so until it is done.
    const isReady = async (): Promise<boolean> =>
      (await admin.statusOf('POST', `${engine.mountPath}/data/first`, { data: {} })) < 400;
    await eventually('the engine to be ready', isReady, { interval: 20 });
  }, 60_000);
  afterAll(async () => {
    await Promise.all(clients.map((client) => client.close()));
  });

  const grantedOnly = async (grant: (policy: PolicyDocument) => void): Promise<RawClient> => {
    const policy = new PolicyDocument('only');
    grant(policy);
    const client = await RawClient.withPolicy(cluster(), `only-${randomUUID()}`, policy.toHcl());
    clients.push(client);
    return client;
  };

  /** A document of its own for each attempt, so that none depends on one before. */
  const freshDocument = async (): Promise<string> => {
    const path = `app/${randomUUID()}`;
    for (const n of [1, 2]) await admin.send('POST', `${engine.mountPath}/data/${path}`, { data: { n } });
    await admin.send('POST', `${engine.mountPath}/delete/${path}`, { versions: [1] });
    return path;
  };
  const freshDocument1 = async (): Promise<string> => {
    const path = `app/${randomUUID()}`;
    await admin.send('POST', `${engine1.mountPath}/${path}`, { n: 1 });
    return path;
  };

  const allowedTo = async <Name extends string>(
    client: RawClient,
    mountPath: string,
    table: Readonly<Record<Name, (path: string) => Attempt>>,
    fresh: () => Promise<string>,
  ): Promise<Name[]> => {
    const allowed: Name[] = [];
    for (const name of Object.keys(table) as Name[]) {
      const [method, path, body] = table[name](await fresh());
      const status = await client.statusOf(method, `${mountPath}/${path}`, body);
      // Anything but a refusal or success would prove nothing.
      expect([name, status < 300 || status === 403, status]).toEqual([name, true, status]);
      if (status < 300) allowed.push(name);
    }
    return allowed;
  };

  describe('version 2', () => {
    it.each(operations)('%s, and none of the other eleven', async (operation) => {
      const client = await grantedOnly((policy) => engine.grant(policy, 'app/*', [operation]));
      expect(await allowedTo(client, engine.mountPath, attempts, freshDocument)).toEqual([operation]);
    });

    it.each(operations)('%s of documents in one folder does not allow those of another', async (operation) => {
      const client = await grantedOnly((policy) => engine.grant(policy, 'other/*', [operation]));
      expect(await allowedTo(client, engine.mountPath, attempts, freshDocument)).toEqual([]);
    });

    it('a list of one folder shows no folder below', async () => {
      await admin.send('POST', `${engine.mountPath}/data/listed/below/one`, { data: {} });
      const client = await grantedOnly((policy) => engine.grantList(policy, 'listed/'));
      expect(await client.statusOf('LIST', `${engine.mountPath}/metadata/listed/`)).toBe(200);
      expect(await client.statusOf('LIST', `${engine.mountPath}/metadata/listed/below/`)).toBe(403);
      expect(await client.statusOf('LIST', `${engine.mountPath}/metadata/`)).toBe(403);
    });

    it('combines operations without adding any', async () => {
      const client = await grantedOnly((policy) => engine.grantReadWrite(policy, 'app/*'));
      const expected = ['create', 'read', 'update', 'patch'];
      expect(await allowedTo(client, engine.mountPath, attempts, freshDocument)).toEqual(expected);
    });
  });

  describe('version 1', () => {
    it.each(operations1)('%s, and none of the other four', async (operation) => {
      const client = await grantedOnly((policy) => engine1.grant(policy, 'app/*', [operation]));
      expect(await allowedTo(client, engine1.mountPath, attempts1, freshDocument1)).toEqual([operation]);
    });
  });
}
