import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** A PostgreSQL of this machine with its clients, which the one of the embedded cluster comes without. */
export interface PostgresqlPrograms {
  readonly binDirectory: string;
  readonly version: string;
}

const root = '/usr/lib/postgresql';
const needed = ['initdb', 'postgres', 'psql', 'pg_dump', 'pg_restore'];

/** The newest one. Server and clients are of one version: no `pg_dump` dumps a server newer than itself. */
export const postgresqlPrograms: PostgresqlPrograms | undefined = (existsSync(root) ? readdirSync(root) : [])
  .map((version) => ({ version, binDirectory: path.join(root, version, 'bin') }))
  .filter(({ binDirectory }) => needed.every((name) => existsSync(path.join(binDirectory, name))))
  .sort((one, other) => Number(other.version) - Number(one.version))[0];

/** Why there is none here; undefined if there is one. */
export const missingPostgresqlPrograms =
  postgresqlPrograms === undefined ? 'no PostgreSQL with psql and pg_dump (Debian: postgresql)' : undefined;
