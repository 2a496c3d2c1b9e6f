import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { TerraformStack } from 'cdktf';

import { ServerClient } from '../../../client/server-client';
import { serverContext } from '../../../constructs/kubernetes/server-part';
import { serverConfiguration } from '../../../constructs/server/configuration';
import { storageTableStatements } from '../../../constructs/server/storage-tables';
import { serverStorage } from '../../../constructs/storage/server-storage';
import { authorityFile, passwordFile } from '../../../constructs/storage/storage-database';
import { certificateFile, keyFile, prepareCertificates } from '../../../files/certificates';
import { freePorts } from '../../../local/cluster/ports';
import { Toolbox } from '../../../local/toolbox/toolbox';
import type { ServerStorage } from '../../../model/cluster/kubernetes/storage';
import { dialects } from '../../../model/dialect';
import type { Dialect } from '../../../model/dialect';
import { cluster, kubernetesServer } from '../inventory/model';
import { startAskingDatabase } from '../postgresql/asking-database';
import type { AskingDatabase } from '../postgresql/asking-database';
import { startPostgresql } from '../postgresql/database-server';
import type { TestPostgresql } from '../postgresql/database-server';
import { testApp } from '../template/template';

const host = '127.0.0.1';
const password = String.raw`S3cr%t:&/?\#pw`;

/** A server with the storage that {@link serverStorage} gives it, and engines whose databases would like to have its password. */
export function describePasswordFile(dialect: Dialect): void {
  let folder: string;
  let database: TestPostgresql;
  let asking: AskingDatabase;
  let server: ChildProcess;
  let client: ServerClient;
  let file: string;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'vault-platform-password-'));
    [database, asking] = await Promise.all([startPostgresql(dialect), startAskingDatabase()]);
    await database.query(`CREATE ROLE server LOGIN PASSWORD '${password}'`);
    await database.query('GRANT ALL ON SCHEMA public TO server');
    if (!dialects[dialect].createsTables) {
      const session = await database.login('server', password);
      for (const statement of storageTableStatements(dialect)) await session.query(statement);
      await session.close();
    }
    server = await start();
    const { keys_base64: keys, root_token: token } = await client.write('sys/init', {
      secret_shares: 1,
      secret_threshold: 1,
    });
    client = client.with({ token: String(token) });
    await client.write('sys/unseal', { key: (keys as string[])[0] });
    while ((await client.health()).state !== 'active') await sleep(100);
    await client.write('sys/mounts/database', { type: 'database' });
  });

  afterAll(async () => {
    if (server.exitCode === null) {
      const ended = once(server, 'exit');
      server.kill('SIGKILL');
      await ended;
    }
    await client.close();
    await asking.dispose();
    await database.dispose();
    rmSync(folder, { recursive: true });
  });

  /** A server as in a pod, with the mounted files in the folder of the test. */
  async function start(): Promise<ChildProcess> {
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
    file = path.join(folder, 'pgpass');
    const authority = path.join(folder, 'database.crt');
    const escaped = password.replaceAll(/[\\:]/g, String.raw`\$&`);
    writeFileSync(file, `${host}:${database.port}:${dialect}:server:${escaped}\n`, { mode: 0o440 });
    writeFileSync(authority, database.ca);

    await prepareCertificates(folder, [{ name: 'server', commonName: 'server', hosts: [host], usage: 'server' }]);
    const [port = 0, clusterPort = 0] = await freePorts(2, []);
    const address = `https://${host}:${port}`;
    client = new ServerClient({ addresses: [address], ca: readFileSync(certificateFile(folder, 'ca'), 'utf8') });
    const configuration = serverConfiguration({
      dialect,
      clusterName: 'test',
      apiAddress: address,
      clusterAddress: `https://${host}:${clusterPort}`,
      listener: {
        address: `${host}:${port}`,
        clusterAddress: `${host}:${clusterPort}`,
        certificateFile: certificateFile(folder, 'server'),
        keyFile: keyFile(folder, 'server'),
      },
      stanzas: [part.configuration ?? {}],
    });
    const text = JSON.stringify(configuration)
      .replaceAll(passwordFile(context), file)
      .replaceAll(authorityFile(context), authority);
    expect(text).not.toContain('S3cr');
    writeFileSync(path.join(folder, 'server.json'), text);
    const toolbox = new Toolbox({ environment: process.env, projectDirectory: process.cwd() });
    const { path: program } = await toolbox.server(dialect, () => undefined);
    const child = spawn(program, ['server', `-config=${path.join(folder, 'server.json')}`], {
      env: { HOME: folder },
      stdio: 'ignore',
    });
    while ((await client.health()).state === 'down') {
      if (child.exitCode !== null) throw new Error('the server ended');
      await sleep(100);
    }
    return child;
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

  it('lets the server in, and its lock', async () => {
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
  it('lets in an engine that names the file and its database, and is sent to further hosts that it names then', async () => {
    const own = `${host}:${database.port}`;
    expect(await connect(url(own, `sslmode=require&passfile=${file}`))).toEqual({ said: 'connected', sent: [] });
    const { sent } = await connect(url(`${own},${host}:${asking.port}`, `sslmode=disable&passfile=${file}`));
    expect(sent).toEqual([password]);
  });
}
