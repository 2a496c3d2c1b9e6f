import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { TerraformStack } from 'cdktf';

import { ServerClient } from '../../../client/server-client';
import { serverContext } from '../../../constructs/kubernetes/server-part';
import { serverSeal } from '../../../constructs/seal/server-seal';
import { serverConfiguration } from '../../../constructs/server/configuration';
import { certificateFile, keyFile, prepareCertificates } from '../../../files/certificates';
import { freePorts } from '../../../local/cluster/ports';
import { Toolbox } from '../../../local/toolbox/toolbox';
import type { ServerSeal } from '../../../model/cluster/kubernetes/seal';
import type { Dialect } from '../../../model/dialect';
import { cluster, kubernetesServer } from '../inventory/model';
import { testApp } from '../template/template';
import { startDevServer } from '../vault/dev-server';
import type { DevServer } from '../vault/dev-server';

const host = '127.0.0.1';

/** A server whose key is encrypted by another one's, with what {@link serverSeal} gives a pod. */
export function describeTransitSeal(dialect: Dialect): void {
  let other: DevServer;
  let folder: string;
  let token: string;
  let client: ServerClient;
  let sealed: ChildProcess | undefined;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'vault-platform-seal-'));
    other = await startDevServer(dialect, host);
    await other.admin.write('sys/mounts/transit', { type: 'transit' });
    await other.admin.write('transit/keys/unseal');
    const paths = ['encrypt', 'decrypt'].map((verb) => `path "transit/${verb}/unseal" { capabilities = ["update"] }`);
    await other.admin.write('sys/policies/acl/unseal', { policy: paths.join('\n') });
    const created = await other.admin.write('auth/token/create-orphan', { policies: ['unseal'], period: '24h' });
    token = String(created.auth?.client_token);
  });

  afterAll(async () => {
    await stop();
    await client.close();
    await other.dispose();
    rmSync(folder, { recursive: true });
  });

  async function stop(): Promise<void> {
    if (sealed?.exitCode !== null) return;
    const ended = once(sealed, 'exit');
    sealed.kill('SIGTERM');
    await ended;
  }

  /** Writes what a pod would be given, with files in the folder of the test. */
  async function configure(): Promise<{ start: () => void }> {
    const toolbox = new Toolbox({ environment: process.env, projectDirectory: process.cwd() });
    const { path: program } = await toolbox.server(dialect, () => undefined);
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

    await prepareCertificates(folder, [{ name: 'server', commonName: 'server', hosts: [host], usage: 'server' }]);
    const [port = 0, clusterPort = 0] = await freePorts(2, []);
    const address = `https://${host}:${port}`;
    client = new ServerClient({ addresses: [address], ca: readFileSync(certificateFile(folder, 'ca'), 'utf8') });
    writeFileSync(path.join(folder, 'ca.crt'), other.ca);
    const configuration = serverConfiguration({
      dialect,
      clusterName: 'sealed',
      apiAddress: address,
      clusterAddress: `https://${host}:${clusterPort}`,
      listener: {
        address: `${host}:${port}`,
        clusterAddress: `${host}:${clusterPort}`,
        certificateFile: certificateFile(folder, 'server'),
        keyFile: keyFile(folder, 'server'),
      },
      // The one storage that both have, outlives a restart, and needs nothing else.
      stanzas: [{ storage: { raft: { path: folder, node_id: 'one' } } }, part.configuration ?? {}],
    });
    const file = path.join(folder, 'server.json');
    writeFileSync(file, JSON.stringify(configuration).replaceAll(volume!.mountPath, folder));
    const env = { HOME: folder, [variable!.name]: token };
    return { start: () => (sealed = spawn(program, ['server', `-config=${file}`], { env, stdio: 'ignore' })) };
  }

  const becomes = async (state: string): Promise<void> => {
    while ((await client.health()).state !== state) {
      if (sealed?.exitCode !== null) throw new Error('the server ended');
      await sleep(100);
    }
  };

  it('unseals itself, from the first start and after each other one', async () => {
    const { start } = await configure();
    start();
    await becomes('uninitialised');
    await client.write('sys/init', { recovery_shares: 1, recovery_threshold: 1 });
    await becomes('active');
    await stop();
    start();
    await becomes('active');
    expect(await client.sealStatus()).toMatchObject({ initialized: true, sealed: false });
  });
}
