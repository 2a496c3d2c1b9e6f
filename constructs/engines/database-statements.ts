import type { DatabasePlugin } from '../../model/environment/connection';
import { PlatformError } from '../../model/errors';

/**
 * What the server has a database do, in SQL with `{{name}}`, `{{password}}` and `{{expiration}}` where it puts its own. It
 * splits each text at semicolons, but for one with the word `END`.
 */
export interface DatabaseStatements {
  readonly creation: readonly string[];
  readonly renewal: readonly string[];
  readonly revocation: readonly string[];
}

/**
 * The statements that make an account a member of roles of the database, and that take it away again, whole: it can no
 * longer log in, its connections end, what it owns goes to the first of its roles, its privileges go, and so does it. Taking
 * away what is gone already is no error, or the lease would never end.
 *
 * @param memberOf at least one
 * @throws PlatformError `construct` for a name that a database would not take, or the server would take apart
 */
export function membershipStatements(
  plugin: DatabasePlugin,
  memberOf: readonly [string, ...string[]],
): DatabaseStatements {
  return { ...lifeStatements(plugin, memberOf[0]), creation: creationStatements(plugin, memberOf) };
}

/**
 * The statements for an account that was made by other statements.
 *
 * @param heir role that gets what the account owns. @default - the account of the connection
 */
export function lifeStatements(plugin: DatabasePlugin, heir?: string): Omit<DatabaseStatements, 'creation'> {
  switch (plugin) {
    case 'postgresql':
      return {
        renewal: [`ALTER ROLE "{{name}}" VALID UNTIL '{{expiration}}'`],
        revocation: [postgresqlRevocation(heir === undefined ? 'CURRENT_USER' : quotePostgresql(heir))],
      };
    case 'mysql':
      return { renewal: [], revocation: mysqlRevocation };
  }
}

/** The name of an account that is there, safe where the server puts it between quotes. @throws PlatformError `construct` */
export function accountName(plugin: DatabasePlugin, name: string): string {
  if (/^[A-Za-z0-9_.@-]+$/.test(name) && name.length <= longestName[plugin]) return name;
  throw refuse('account', plugin, name, 'letters, digits, `_`, `.`, `@` and `-`');
}

const longestName: Readonly<Record<DatabasePlugin, number>> = { postgresql: 63, mysql: 32 };

function creationStatements(plugin: DatabasePlugin, memberOf: readonly [string, ...string[]]): string[] {
  switch (plugin) {
    case 'postgresql': {
      const roles = memberOf.map(quotePostgresql).join(', ');
      return [`CREATE ROLE "{{name}}" LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}' IN ROLE ${roles}`];
    }
    case 'mysql': {
      const roles = memberOf.map(quoteMysql);
      return [
        `CREATE USER '{{name}}'@'%' IDENTIFIED BY '{{password}}'`,
        ...roles.map((role) => `GRANT ${role} TO '{{name}}'@'%'`),
        // A role that is not a default has to be asked for after each login. MariaDB has one default, MySQL any number; each reads
        // the comment that is meant for it.
        `SET DEFAULT ROLE /*!80000 ALL TO */ /*M! ${roles[0]} FOR */ '{{name}}'@'%'`,
      ];
    }
  }
}

/**
 * All in one transaction, as the server runs it; its word `END` keeps it in one piece. Whatever cannot be done, access ends:
 * an error would undo all of it.
 */
const postgresqlRevocation = (heir: string): string => `DO $revocation$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = '{{name}}') THEN
    RETURN;
  END IF;
  ALTER ROLE "{{name}}" NOLOGIN PASSWORD NULL;
  GRANT "{{name}}" TO CURRENT_USER;
  PERFORM pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity WHERE usename = '{{name}}';
  BEGIN
    REASSIGN OWNED BY "{{name}}" TO ${heir};
  EXCEPTION WHEN insufficient_privilege OR undefined_object THEN
    REASSIGN OWNED BY "{{name}}" TO CURRENT_USER;
  END;
  DROP OWNED BY "{{name}}";
  BEGIN
    DROP ROLE "{{name}}";
  EXCEPTION WHEN dependent_objects_still_exist THEN
    RAISE WARNING 'somebody else granted {{name}} something: it stays, and cannot log in';
  END;
END
$revocation$`;

/** MySQL has no statement that ends all connections of an account; MariaDB has, and reads that comment. */
const mysqlRevocation: readonly string[] = [
  `ALTER USER IF EXISTS '{{name}}'@'%' ACCOUNT LOCK`,
  `/*!80000 DO 0 */ /*M! KILL USER '{{name}}' */`,
  `DROP USER IF EXISTS '{{name}}'@'%'`,
];

function quotePostgresql(name: string): string {
  return `"${checkRole('postgresql', name).replaceAll('"', '""')}"`;
}

function quoteMysql(name: string): string {
  return `\`${checkRole('mysql', name).replaceAll('`', '``')}\``;
}

/** Quotes make any name safe for the database; what is refused would be taken apart by the server on its way. */
function checkRole(plugin: DatabasePlugin, name: string): string {
  const isSafe = name !== '' && name.length <= longestName[plugin] && !/[;$\\\p{Cc}]|\{\{|\}\}|\/\*|\*\//u.test(name);
  if (isSafe) return name;
  throw refuse('role', plugin, name, 'any but `;`, `$`, `\\`, braces in pairs, comment marks and control characters');
}

function refuse(what: string, plugin: DatabasePlugin, given: string, characters: string): PlatformError {
  return new PlatformError('construct', [
    {
      message: `this cannot be the name of a database’s ${what}`,
      given: given === '' ? 'an empty name' : given,
      allowed: `1 to ${longestName[plugin]} characters: ${characters}`,
      fix: `give the ${what} another name in the database`,
    },
  ]);
}
