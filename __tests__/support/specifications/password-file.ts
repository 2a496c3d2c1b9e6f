import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { TerraformStack } from 'cdktf';

import type { ServerClient } from '../../../client/server-client';
import { serverContext } from '../../../constructs/kubernetes/server-part';
import { storageTableStatements } from '../../../constructs/server/storage-tables';
import { serverStorage } from '../../../constructs/storage/server-storage';
import { authorityFile, passwordFile } from '../../../constructs/storage/storage-database';
import type { ServerStorage } from '../../../model/cluster/kubernetes/storage';
import { dialects } from '../../../model/dialect';
import type { Dialect } from '../../../model/dialect';
import { cluster, kubernetesServer } from '../inventory/model';
import { startAskingDatabase, type AskingDatabase } from '../postgresql/asking-database';
import { startPostgresql, type TestPostgresql } from '../postgresql/database-server';
import { TestServers } from '../processes/test-servers';
import { testApp } from '../template/template';
import { ConfiguredServer } from '../vault/configured-server';

const host = '127.0.0.1';
const password = String.raw`S3cr%t:&/?\#pw`;

/** A server with the storage that {@link serverStorage} gives it, and engines whose databases would like to have its password. */
export function describePasswordFile(dialect: Dialect): void {
  let database: TestPostgresql;
  let asking: AskingDatabase;
  let client: ServerClient;
  let file: string;
  let dispose: () => Promise<void>;

  beforeAll(async () => {
    [database, asking] = await Promise.all([startPostgresql(dialect), startAskingDatabase()]);
    await database.query(`CREATE ROLE server LOGIN PASSWORD '${password}'`);
    await database.query('GRANT ALL ON SCHEMA public TO server');
    if (!dialects[dialect].createsTables) {
      const session = await database.login('server', password);
      for (const statement of storageTableStatements(dialect)) await session.query(statement);
      await session.close();
    }
    client = await TestServers.use('password', async (servers) => (await configure(servers)).initialise());
    await client.write('sys/mounts/database', { type: 'database' });
  });

  afterAll(async () => {
    await client.close();
    await dispose();
    await asking.dispose();
    await database.dispose();
  });

  /** A server as in a pod, with the mounted files in the folder of the test. */
  async function configure(servers: TestServers): Promise<ConfiguredServer> {
    dispose = () => servers.dispose();
    const storage: ServerStorage = {
      kind: 'postgresql',
      host,
      port: database.port,
      database: dialect,
      user: 'server',
      passwordFile: { secret: 'database', key: 'pgpass' },
      authority: { secret: 'database', key: 'ca.crt' },
      connections: { maxParallel: 8 },
      clientImage: 'none',
      peers: [],
    };
    const context = serverContext(cluster({ dialect }), kubernetesServer({ storage }));
    const part = serverStorage(storage).bind(new TerraformStack(testApp(), 'storage'), context);
    file = path.join(servers.directory, 'pgpass');
    const authority = path.join(servers.directory, 'database.crt');
    const escaped = password.replaceAll(/[\\:]/g, String.raw`\$&`);
    writeFileSync(file, `${host}:${database.port}:${dialect}:server:${escaped}\n`, { mode: 0o440 });
    writeFileSync(authority, database.ca);
    const edit = (json: string): string =>
      json.replaceAll(passwordFile(context), file).replaceAll(authorityFile(context), authority);
    const server = await ConfiguredServer.prepare(servers, { dialect, stanzas: [part.configuration ?? {}], edit });
    expect(readFileSync(path.join(servers.directory, 'server.json'), 'utf8')).not.toContain('S3cr');
    return await server.start();
  }

  /** Whoever may configure an engine gives it a URL. @returns what the server says, and the passwords that it sent */
  async function connect(url: string): Promise<{ readonly said: string; readonly sent: readonly string[] }> {
    const before = asking.passwords.length;
    const said = await client
      .write('database/config/theirs', { plugin_name: 'postgresql-database-plugin', connection_url: url })
      .then(() => 'connected')
      .catch(String);
    return { said, sent: asking.passwords.slice(before) };
  }

  it('accepts the connections of the server and of its lock', async () => {
    expect(await client.health()).toMatchObject({ state: 'active' });
    await expect(database.login('server', 'another')).rejects.toThrow(/password authentication failed/);
    const { lockTable } = dialects[dialect];
    expect(await database.query(`SELECT ha_key FROM ${lockTable}`)).toHaveLength(1);
  });

  const url = (hosts: string, settings: string): string => `postgres://server@${hosts}/${dialect}?${settings}`;

  it.each(['', '&passfile='])('is not sent to a host that an engine names%s', async (naming) => {
    const settings = `sslmode=disable${naming === '' ? '' : naming + file}`;
    const { said, sent } = await connect(url(`${host}:${asking.port}`, settings));
    expect(said).toContain('FATAL: no');
    expect(sent).toEqual(['']);
  });

  // Known, and said in docs/decisions/0026-database-password.md: whoever configures engines is trusted with the database.
  it('accepts an engine that sets the password file and its database, and uses its other hosts', async () => {
    const own = `${host}:${database.port}`;
    expect(await connect(url(own, `sslmode=require&passfile=${file}`))).toEqual({ said: 'connected', sent: [] });
    const { sent } = await connect(url(`${own},${host}:${asking.port}`, `sslmode=disable&passfile=${file}`));
    expect(sent).toEqual([password]);
  });
}
