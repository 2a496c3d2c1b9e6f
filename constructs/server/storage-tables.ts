import { dialects } from '../../model/dialect';
import type { Dialect } from '../../model/dialect';

/**
 * Statements that create a server's tables if they do not exist. Vault requires them; OpenBao creates its own tables.
 * @see https://developer.hashicorp.com/vault/docs/configuration/storage/postgresql
 */
export function storageTableStatements(dialect: Dialect): readonly string[] {
  const { storageTable, lockTable } = dialects[dialect];
  return [
    `CREATE TABLE IF NOT EXISTS ${storageTable} (
       parent_path TEXT COLLATE "C" NOT NULL,
       path TEXT COLLATE "C",
       key TEXT COLLATE "C",
       value BYTEA,
       CONSTRAINT pkey PRIMARY KEY (path, key))`,
    `CREATE INDEX IF NOT EXISTS parent_path_idx ON ${storageTable} (parent_path)`,
    `CREATE TABLE IF NOT EXISTS ${lockTable} (
       ha_key TEXT COLLATE "C" NOT NULL,
       ha_identity TEXT COLLATE "C" NOT NULL,
       ha_value TEXT COLLATE "C",
       valid_until TIMESTAMP WITH TIME ZONE NOT NULL,
       CONSTRAINT ha_key PRIMARY KEY (ha_key))`,
  ];
}
