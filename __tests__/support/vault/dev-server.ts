import { randomUUID } from 'node:crypto';
import path from 'node:path';

import { ServerClient } from '../../../client/server-client';
import { fileAudit } from '../../../constructs/server/configuration';
import { writePrivateFile } from '../../../files/private-files';
import { Toolbox } from '../../../local/toolbox/toolbox';
import { fileAuditDevice } from '../../../model/audit-device';
import { dialects } from '../../../model/dialect';
import type { Dialect } from '../../../model/dialect';
import { TestServers } from '../processes/test-servers';

/** A server in memory with TLS, for what has to reach it by another address than the embedded cluster's loopback. */
export interface DevServer {
  readonly address: string;
  /** PEM of the authority that signed its certificate. */
  readonly ca: string;
  /** With the root token. */
  readonly admin: ServerClient;
  /** The server's program. */
  readonly program: string;
  /** File of the audit log. */
  readonly auditFile: string;
  readonly dispose: () => Promise<void>;
}

/** @param host an address of this machine */
export async function startDevServer(dialect: Dialect, host: string): Promise<DevServer> {
  const toolbox = new Toolbox({ environment: process.env, projectDirectory: process.cwd() });
  const { path: program } = await toolbox.server(dialect, () => undefined);
  return await TestServers.use('dev', async (servers) => {
    const { ca, certificateFile, keyFile } = await servers.certificate(host);
    const [loopbackPort = 0, port = 0] = await servers.ports(2);
    const token = randomUUID();
    const configuration = path.join(servers.directory, 'listener.json');
    const tls = { tls_cert_file: certificateFile, tls_key_file: keyFile };
    const listener = [{ tcp: { address: `${host}:${port}`, ...tls } }];
    const auditFile = path.join(servers.directory, 'audit.log');
    writePrivateFile(configuration, JSON.stringify({ listener, ...fileAudit(dialect, auditFile) }));
    const loopback = `-dev-listen-address=127.0.0.1:${loopbackPort}`;
    const server = await servers.start({
      name: dialect,
      command: program,
      args: ['server', '-dev', '-dev-no-store-token', loopback, `-config=${configuration}`],
      environment: { HOME: servers.directory, [`${dialects[dialect].envPrefix}_DEV_ROOT_TOKEN_ID`]: token },
    });
    const address = `https://${host}:${port}`;
    const admin = new ServerClient({ addresses: [address], ca, token });
    await server.until('to be active', async () => (await admin.health()).state === 'active');
    if (dialects[dialect].audit === 'api') await admin.write('sys/audit/file', { ...fileAuditDevice(auditFile) });
    const dispose = async (): Promise<void> => {
      await admin.close();
      await servers.dispose();
    };
    return { address, ca, admin, program, auditFile, dispose };
  });
}
