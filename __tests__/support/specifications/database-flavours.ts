import { startMariadb } from '../mariadb/mariadb-server';
import { startPostgresql } from '../postgresql/database-server';
import type { DatabaseFlavour } from './database';

export const postgresql: DatabaseFlavour = {
  plugin: 'postgresql',
  start: startPostgresql,
  connectionUrl: ({ port }) => `postgresql://{{username}}:{{password}}@127.0.0.1:${port}/postgres?sslmode=require`,
  givesAuthority: false,
  prepare: async (database, password) => {
    await database.query(`CREATE ROLE vault LOGIN CREATEROLE PASSWORD '${password}'`);
    await database.query('CREATE ROLE readers; GRANT readers TO vault WITH ADMIN OPTION');
    await database.query(`CREATE ROLE batch LOGIN PASSWORD 'before'; GRANT batch TO vault WITH ADMIN OPTION`);
    await database.query('CREATE TABLE numbers (n int); INSERT INTO numbers VALUES (1)');
    await database.query('GRANT SELECT ON numbers TO readers; GRANT CREATE ON SCHEMA public TO readers');
  },
  read: 'SELECT n FROM numbers',
  rolesLike: (name) => `SELECT 1 FROM pg_roles WHERE rolname = '${name}'`,
  drop: (name) => `DROP ROLE "${name}"`,
  create: [
    `CREATE ROLE "{{name}}" LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}' IN ROLE readers;\nCOMMENT ON ROLE "{{name}}" IS 'reads; no more'\n`,
    `ALTER ROLE "{{name}}" SET search_path = 'public'\n`,
  ],
};

export const mariadb: DatabaseFlavour = {
  plugin: 'mysql',
  start: startMariadb,
  connectionUrl: ({ port }) => `{{username}}:{{password}}@tcp(127.0.0.1:${port})/`,
  givesAuthority: true,
  prepare: async (database, password) => {
    await database.query(`CREATE USER vault@'%' IDENTIFIED BY '${password}'`);
    // To make and change accounts, to end their connections, and to say which role they have after a login.
    await database.query(
      `GRANT CREATE USER, CONNECTION ADMIN ON *.* TO vault@'%'; GRANT UPDATE ON mysql.* TO vault@'%'`,
    );
    await database.query(`CREATE ROLE readers; GRANT readers TO vault@'%' WITH ADMIN OPTION`);
    await database.query(`CREATE USER batch@'%' IDENTIFIED BY 'before'`);
    await database.query(
      'CREATE DATABASE shop; CREATE TABLE shop.numbers (n int); INSERT INTO shop.numbers VALUES (1)',
    );
    await database.query('GRANT SELECT ON shop.* TO readers');
  },
  read: 'SELECT n FROM shop.numbers',
  rolesLike: (name) => `SELECT User FROM mysql.user WHERE User = '${name}'`,
  drop: (name) => `DROP USER '${name}'@'%'`,
  create: [
    `CREATE USER '{{name}}'@'%' IDENTIFIED BY '{{password}}'; DO 'reads; no more';\n`,
    `GRANT readers TO '{{name}}'@'%'`,
    `SET DEFAULT ROLE readers FOR '{{name}}'@'%'`,
  ],
};
