import path from 'node:path';

import { Agent, request } from 'undici';

import { connectionUrlVariable, fileAudit, postgresqlStorage } from '../../../constructs/server/configuration';
import { storageTableStatements } from '../../../constructs/server/storage-tables';
import { writePrivateFile } from '../../../files/private-files';
import type { Dialect } from '../../../model/dialect';
import { startPostgresql } from '../postgresql/database-server';
import { TestServers } from '../processes/test-servers';
import { ConfiguredServer } from './configured-server';

/** A server over PostgreSQL with the configuration that a deployment has: its metrics are those of production. */
export interface MeteredServer {
  /** Sealed and empty at first. */
  readonly server: ConfiguredServer;
  /** Names of the series that it gives to Prometheus now. */
  readonly metrics: () => Promise<ReadonlySet<string>>;
  /** Status of an answer at the port of the metrics. */
  readonly status: (path: string) => Promise<number>;
  readonly dispose: () => Promise<void>;
}

export async function startMeteredServer(dialect: Dialect): Promise<MeteredServer> {
  const database = await startPostgresql(dialect);
  const password = 'of-this-test';
  const start = async (servers: TestServers): Promise<MeteredServer> => {
    await database.query(`CREATE ROLE server LOGIN PASSWORD '${password}'`);
    await database.query(`GRANT ALL ON SCHEMA public TO server`);
    const session = await database.login('server', password);
    for (const statement of storageTableStatements(dialect)) await session.query(statement);
    await session.close();

    const databaseAuthority = path.join(servers.directory, 'database.crt');
    writePrivateFile(databaseAuthority, database.ca);
    const url = `postgres://server:${password}@127.0.0.1:${database.port}/${dialect}?sslmode=verify-full&sslrootcert=${databaseAuthority}`;
    const server = await ConfiguredServer.prepare(servers, {
      dialect,
      stanzas: [
        postgresqlStorage(dialect, { maxParallel: 8, maxIdleConnections: 8 }),
        fileAudit(dialect, path.join(servers.directory, 'audit.log')),
      ],
      withMetrics: true,
      environment: { [connectionUrlVariable(dialect)]: url },
    });
    await server.start();
    const agent = new Agent({ connect: { ca: server.ca } });
    const get = (target: string): ReturnType<typeof request> =>
      request(`${server.metricsAddress}${target}`, { dispatcher: agent });
    return {
      server,
      metrics: async () => {
        const { body } = await get('/v1/sys/metrics?format=prometheus');
        return new Set([...(await body.text()).matchAll(/^\w+/gm)].map(([name]) => name));
      },
      status: async (target) => {
        const { statusCode, body } = await get(target);
        await body.dump();
        return statusCode;
      },
      dispose: async () => {
        await server.client.close();
        await agent.close();
        await servers.dispose();
        await database.dispose();
      },
    };
  };
  return await TestServers.use('metered', start).catch(async (error: unknown) => {
    await database.dispose();
    throw error;
  });
}
