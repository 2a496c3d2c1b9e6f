import { readFileSync } from 'node:fs';

import { Client } from 'pg';

import { storageTableStatements } from '../../constructs/server/storage-tables';
import { certificateFile, keyFile } from '../../files/certificates';
import { dialects } from '../../model/dialect';
import type { Dialect } from '../../model/dialect';
import { databaseRoles } from './postgresql-settings';

/** How to connect to the database: over TLS, as the role in the common name of a client certificate. */
export interface DatabaseAddress {
  readonly port: number;
  /** Folder with `ca.crt` and the certificates of the clients. */
  readonly certificates: string;
}

/** The role and the database of the servers have the same name. */
export const databaseName = (dialect: Dialect): string => dialect;

/** Connection URL of a server, with certificate files instead of a password. */
export function connectionUrl(address: DatabaseAddress, dialect: Dialect): string {
  const url = new URL(`postgres://127.0.0.1:${address.port}/${databaseName(dialect)}`);
  url.username = databaseName(dialect);
  url.searchParams.set('sslmode', 'verify-full');
  url.searchParams.set('sslrootcert', certificateFile(address.certificates, 'ca'));
  url.searchParams.set('sslcert', certificateFile(address.certificates, databaseName(dialect)));
  url.searchParams.set('sslkey', keyFile(address.certificates, databaseName(dialect)));
  return url.toString();
}

/** Runs statements over one connection and closes it. */
async function withClient<T>(
  address: DatabaseAddress,
  role: string,
  database: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const read = (file: string): string => readFileSync(file, 'utf8');
  const client = new Client({
    host: '127.0.0.1',
    port: address.port,
    user: role,
    database,
    connectionTimeoutMillis: 5000,
    ssl: {
      ca: read(certificateFile(address.certificates, 'ca')),
      cert: read(certificateFile(address.certificates, role)),
      key: read(keyFile(address.certificates, role)),
      minVersion: 'TLSv1.2',
    },
  });
  // A broken connection is reported here and again by the next statement.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Whether PostgreSQL accepts connections; it refuses them while it starts or recovers. */
export async function acceptsConnections(address: DatabaseAddress): Promise<boolean> {
  try {
    await withClient(address, databaseRoles.operator, 'postgres', (client) => client.query('SELECT 1'));
    return true;
  } catch {
    return false;
  }
}

/** Creates the role and database of the servers if they are missing, and the tables of Vault. @returns whether any was created */
export async function prepareDatabase(address: DatabaseAddress, dialect: Dialect): Promise<boolean> {
  const name = databaseName(dialect);
  const made = await withClient(address, databaseRoles.operator, 'postgres', async (client) => {
    const roles = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name]);
    if (roles.rowCount === 0) await client.query(`CREATE ROLE "${name}" LOGIN`);
    const databases = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (databases.rowCount === 0) await client.query(`CREATE DATABASE "${name}" OWNER "${name}"`);
    return databases.rowCount === 0;
  });
  if (!dialects[dialect].createsTables) {
    await withClient(address, name, name, async (client) => {
      for (const statement of storageTableStatements(dialect)) await client.query(statement);
    });
  }
  return made;
}

/** Open connections, without the one that queries them, and their limit. */
export async function connectionUse(address: DatabaseAddress): Promise<{ used: number; max: number }> {
  return await withClient(address, databaseRoles.operator, 'postgres', async (client) => {
    const { rows } = await client.query<{ used: string; max: string }>(
      `SELECT (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()) AS used,
              current_setting('max_connections') AS max`,
    );
    return { used: Number(rows[0]?.used), max: Number(rows[0]?.max) };
  });
}
