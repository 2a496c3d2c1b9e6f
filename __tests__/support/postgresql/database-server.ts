import { appendFileSync, chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { Client } from 'pg';

import { certificateFile, keyFile, prepareCertificates } from '../../../files/certificates';
import { freePorts } from '../../../local/cluster/ports';
import { Postgresql } from '../../../local/cluster/postgresql';
import { databaseRoles } from '../../../local/cluster/postgresql-settings';
import { GuardedFolder } from '../../../local/guard/guarded-folder';
import { Toolbox } from '../../../local/toolbox/toolbox';

type Row = Readonly<Record<string, unknown>>;

/** A connection of an account that stays open until it is closed, by either side. */
export interface Session {
  /** @throws what the database says; after the other side closed it, anything */
  query(sql: string): Promise<readonly Row[]>;
  close(): Promise<void>;
}

/** A database as programs have one: over TLS, with passwords. Its superuser comes without one. */
export interface TestDatabase {
  readonly port: number;
  /** Certificate of the authority that its certificate is from, PEM. */
  readonly ca: string;
  query(sql: string): Promise<readonly Row[]>;
  /** Logs in. @throws what the database says */
  login(username: string, password: string): Promise<Session>;
  /** Ends it and removes its data. */
  dispose(): Promise<void>;
}

export interface TestPostgresql extends TestDatabase {
  /** Ends it, unkindly to who is connected, and starts it again with the same data. @param away milliseconds in between */
  restart(away?: number): Promise<void>;
}

export interface TestDatabaseOptions {
  /** An address of this machine besides the loopback; those in the same network come in. @default - none */
  readonly address?: string;
  /** @default 50 */
  readonly maxConnections?: number;
  /** Another PostgreSQL of this machine. @default - the one of the embedded cluster */
  readonly programs?: { readonly binDirectory: string; readonly version: string };
}

/**
 * The PostgreSQL of the embedded cluster, by itself, with passwords for all but its superuser.
 *
 * @param database in which everybody is; it is made. @default - the one that every PostgreSQL has
 */
export async function startPostgresql(
  database = 'postgres',
  { address, maxConnections = 50, programs }: TestDatabaseOptions = {},
): Promise<TestPostgresql> {
  const toolbox = new Toolbox({ environment: process.env, projectDirectory: process.cwd() });
  const program = { ...(await toolbox.postgresql(() => undefined)), ...programs };
  const guarded = GuardedFolder.create('database');
  const folder = guarded.directory;
  // Its user has to get through.
  chmodSync(folder, 0o711);
  const directory = path.join(folder, 'postgresql');
  mkdirSync(directory);
  const certificates = path.join(folder, 'certificates');
  const hosts = ['localhost', '127.0.0.1', ...(address === undefined ? [] : [address])];
  await prepareCertificates(certificates, [
    { name: 'postgresql', commonName: 'postgresql', hosts, usage: 'server' },
    { name: databaseRoles.operator, commonName: databaseRoles.operator, usage: 'client' },
  ]);
  const [port = 0] = await freePorts(1, []);
  const logFile = path.join(folder, 'log');
  const server = new Postgresql({ directory, logFile, address: { port, certificates }, maxConnections });
  server.configure(program);
  const peers = ['127.0.0.1/32', ...(address === undefined ? [] : ['samenet'])];
  const access = [
    `hostssl all ${databaseRoles.operator} 127.0.0.1/32 cert`,
    ...peers.map((peer) => `hostssl all all ${peer} scram-sha-256`),
  ];
  writeFileSync(path.join(directory, 'pg_hba.conf'), `${access.join('\n')}\n`);
  // The last one counts.
  if (address !== undefined)
    appendFileSync(path.join(directory, 'postgresql.conf'), `listen_addresses = '127.0.0.1,${address}'\n`);
  await server.start(program);

  const read = (file: string): string => readFileSync(file, 'utf8');
  const ca = read(certificateFile(certificates, 'ca'));
  const cert = read(certificateFile(certificates, databaseRoles.operator));
  const key = read(keyFile(certificates, databaseRoles.operator));
  const openIn = async (database: string, user: string, password?: string): Promise<Session> => {
    const ssl = password === undefined ? { ca, cert, key } : { ca };
    const client = new Client({ host: '127.0.0.1', port, user, password, database, ssl });
    // One that the other side closes says so here, and again in the next query.
    client.on('error', () => undefined);
    await client.connect();
    return {
      query: async (sql) => (await client.query<Row>(sql)).rows,
      close: () => client.end().catch(() => undefined),
    };
  };
  if (database !== 'postgres') {
    const first = await openIn('postgres', databaseRoles.operator);
    await first.query(`CREATE DATABASE ${database}`);
    await first.close();
  }
  let superuser = await openIn(database, databaseRoles.operator);
  return {
    port,
    ca,
    query: (sql) => superuser.query(sql),
    restart: async (away = 0) => {
      await server.stop();
      await sleep(away);
      await server.start(program);
      await superuser.close();
      superuser = await openIn(database, databaseRoles.operator);
    },
    login: (user, password) => openIn(database, user, password),
    dispose: async () => {
      await superuser.close();
      await server.stop();
      await guarded.dispose();
    },
  };
}
