import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { ServerClient } from '../../../client/server-client';
import { certificateFile, keyFile, prepareCertificates } from '../../../files/certificates';
import { freePorts } from '../../../local/cluster/ports';
import { Toolbox } from '../../../local/toolbox/toolbox';
import { dialects } from '../../../model/dialect';
import type { Dialect } from '../../../model/dialect';

/** A server in memory with TLS, for what has to reach it by another address than the embedded cluster's loopback. */
export interface DevServer {
  readonly address: string;
  /** PEM of the authority that signed its certificate. */
  readonly ca: string;
  /** With the root token. */
  readonly admin: ServerClient;
  /** The server's program. */
  readonly program: string;
  readonly dispose: () => Promise<void>;
}

/** @param host an address of this machine */
export async function startDevServer(dialect: Dialect, host: string): Promise<DevServer> {
  const toolbox = new Toolbox({ environment: process.env, projectDirectory: process.cwd() });
  const { path: program } = await toolbox.server(dialect, () => undefined);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'vault-platform-dev-'));
  await prepareCertificates(folder, [{ name: 'server', commonName: 'server', hosts: [host], usage: 'server' }]);
  const [loopbackPort = 0, port = 0] = await freePorts(2, []);
  const token = randomUUID();
  const configuration = path.join(folder, 'listener.json');
  const tls = { tls_cert_file: certificateFile(folder, 'server'), tls_key_file: keyFile(folder, 'server') };
  writeFileSync(configuration, JSON.stringify({ listener: [{ tcp: { address: `${host}:${port}`, ...tls } }] }));
  const loopback = `-dev-listen-address=127.0.0.1:${loopbackPort}`;
  const child = spawn(program, ['server', '-dev', '-dev-no-store-token', loopback, `-config=${configuration}`], {
    env: { HOME: folder, [`${dialects[dialect].envPrefix}_DEV_ROOT_TOKEN_ID`]: token },
    stdio: 'ignore',
  });
  const address = `https://${host}:${port}`;
  const ca = readFileSync(certificateFile(folder, 'ca'), 'utf8');
  const admin = new ServerClient({ addresses: [address], ca, token });
  const dispose = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
    await admin.close();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    while ((await admin.health()).state !== 'active') {
      if (child.exitCode !== null) throw new Error('the server ended');
      await sleep(100);
    }
    return { address, ca, admin, program, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}
