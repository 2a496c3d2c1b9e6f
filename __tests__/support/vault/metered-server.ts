import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { Agent, request } from 'undici';

import { ServerClient } from '../../../client/server-client';
import {
  connectionUrlVariable,
  fileAudit,
  postgresqlStorage,
  serverConfiguration,
} from '../../../constructs/server/configuration';
import { storageTableStatements } from '../../../constructs/server/storage-tables';
import { certificateFile, keyFile, prepareCertificates } from '../../../files/certificates';
import { readIfThere } from '../../../files/private-files';
import { freePorts } from '../../../local/cluster/ports';
import { Toolbox } from '../../../local/toolbox/toolbox';
import type { Dialect } from '../../../model/dialect';
import { startPostgresql } from '../postgresql/database-server';

/** A server over PostgreSQL with the configuration that a deployment has: its metrics are those of production. */
export interface MeteredServer {
  /** Sealed and empty at first. */
  readonly client: ServerClient;
  /** Names of the series that it gives to Prometheus now. */
  readonly metrics: () => Promise<ReadonlySet<string>>;
  /** Status of an answer at the port of the metrics. */
  readonly status: (path: string) => Promise<number>;
  readonly dispose: () => Promise<void>;
}

export async function startMeteredServer(dialect: Dialect): Promise<MeteredServer> {
  const toolbox = new Toolbox({ environment: process.env, projectDirectory: process.cwd() });
  const program = await toolbox.server(dialect, () => undefined);
  const database = await startPostgresql(dialect);
  const folder = mkdtempSync(path.join(tmpdir(), 'vault-platform-metered-'));
  chmodSync(folder, 0o700);
  const password = 'of-this-test';
  await database.query(`CREATE ROLE server LOGIN PASSWORD '${password}'`);
  await database.query(`GRANT ALL ON SCHEMA public TO server`);
  const session = await database.login('server', password);
  for (const statement of storageTableStatements(dialect)) await session.query(statement);
  await session.close();

  await prepareCertificates(folder, [{ name: 'server', commonName: 'server', hosts: ['127.0.0.1'], usage: 'server' }]);
  const [port = 0, clusterPort = 0, metricsPort = 0] = await freePorts(3, []);
  const at = (number: number): string => `127.0.0.1:${number}`;
  const databaseAuthority = path.join(folder, 'database.crt');
  writeFileSync(databaseAuthority, database.ca);
  const configuration = serverConfiguration({
    dialect,
    clusterName: 'test',
    apiAddress: `https://${at(port)}`,
    clusterAddress: `https://${at(clusterPort)}`,
    listener: {
      address: at(port),
      clusterAddress: at(clusterPort),
      certificateFile: certificateFile(folder, 'server'),
      keyFile: keyFile(folder, 'server'),
    },
    metricsAddress: at(metricsPort),
    stanzas: [
      postgresqlStorage(dialect, { maxParallel: 8, maxIdleConnections: 8 }),
      fileAudit(dialect, path.join(folder, 'audit.log')),
    ],
  });
  const file = path.join(folder, 'server.json');
  writeFileSync(file, JSON.stringify(configuration));
  const url = `postgres://server:${password}@${at(database.port)}/${dialect}?sslmode=verify-full&sslrootcert=${databaseAuthority}`;
  const child = spawn(program.path, ['server', `-config=${file}`], {
    env: { HOME: folder, [connectionUrlVariable(dialect)]: url },
    stdio: 'ignore',
  });
  const ca = readIfThere(certificateFile(folder, 'ca')) ?? '';
  const client = new ServerClient({ addresses: [`https://${at(port)}`], ca });
  const agent = new Agent({ connect: { ca } });
  const get = (target: string): ReturnType<typeof request> =>
    request(`https://${at(metricsPort)}${target}`, { dispatcher: agent });
  const dispose = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
    await client.close();
    await agent.close();
    await database.dispose();
    rmSync(folder, { recursive: true });
  };
  try {
    while ((await client.health()).state === 'down') {
      if (child.exitCode !== null) throw new Error('the server ended');
      await sleep(100);
    }
  } catch (error) {
    await dispose();
    throw error;
  }
  return {
    client,
    metrics: async () => {
      const { body } = await get('/v1/sys/metrics?format=prometheus');
      return new Set([...(await body.text()).matchAll(/^\w+/gm)].map(([name]) => name));
    },
    status: async (target) => {
      const { statusCode, body } = await get(target);
      await body.dump();
      return statusCode;
    },
    dispose,
  };
}
