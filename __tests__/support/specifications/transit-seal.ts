import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { TerraformStack } from 'cdktf';

import { serverContext } from '../../../constructs/kubernetes/server-part';
import { serverSeal } from '../../../constructs/seal/server-seal';
import type { ServerSeal } from '../../../model/cluster/kubernetes/seal';
import type { Dialect } from '../../../model/dialect';
import { cluster, kubernetesServer } from '../inventory/model';
import { TestServers } from '../processes/test-servers';
import { testApp } from '../template/template';
import { ConfiguredServer } from '../vault/configured-server';
import { startDevServer, type DevServer } from '../vault/dev-server';

/** A server whose key is encrypted by another one's, with what {@link serverSeal} gives a pod. */
export function describeTransitSeal(dialect: Dialect): void {
  let other: DevServer;
  let token: string;
  let sealed: ConfiguredServer;
  let dispose: () => Promise<void>;

  beforeAll(async () => {
    other = await startDevServer(dialect, '127.0.0.1');
    await other.admin.write('sys/mounts/transit', { type: 'transit' });
    await other.admin.write('transit/keys/unseal');
    const paths = ['encrypt', 'decrypt'].map((verb) => `path "transit/${verb}/unseal" { capabilities = ["update"] }`);
    await other.admin.write('sys/policies/acl/unseal', { policy: paths.join('\n') });
    const created = await other.admin.write('auth/token/create-orphan', { policies: ['unseal'], period: '24h' });
    token = String(created.auth?.client_token);
  });

  afterAll(async () => {
    await sealed.client.close();
    await dispose();
    await other.dispose();
  });

  /** Writes what a pod would be given, with files in the folder of the test. */
  async function configure(servers: TestServers): Promise<ConfiguredServer> {
    dispose = () => servers.dispose();
    const seal: ServerSeal = {
      kind: 'transit',
      address: other.address,
      mountPath: 'transit',
      keyName: 'unseal',
      token: { secret: 'seal', key: 'token' },
      authority: { secret: 'seal', key: 'ca.crt' },
      egress: [],
    };
    const context = serverContext(cluster({ dialect }), kubernetesServer({ seal }));
    const part = serverSeal(seal).bind(new TerraformStack(testApp(), 'seal'), context);
    const [volume] = part.volumes ?? [];
    const [variable] = part.environment ?? [];
    writeFileSync(path.join(servers.directory, 'ca.crt'), other.ca);
    return await ConfiguredServer.prepare(servers, {
      dialect,
      // The one storage that both have, outlives a restart, and needs nothing else.
      stanzas: [{ storage: { raft: { path: servers.folder('data'), node_id: 'one' } } }, part.configuration ?? {}],
      environment: { [variable!.name]: token },
      edit: (json) => json.replaceAll(volume!.mountPath, servers.directory),
    });
  }

  it('unseals itself at the first start and after each restart', async () => {
    sealed = await TestServers.use('seal', configure);
    await sealed.start();
    await sealed.becomes('uninitialised');
    await sealed.client.write('sys/init', { recovery_shares: 1, recovery_threshold: 1 });
    await sealed.becomes('active');
    await sealed.stop();
    await sealed.start();
    await sealed.becomes('active');
    expect(await sealed.client.sealStatus()).toMatchObject({ initialized: true, sealed: false });
  });
}
