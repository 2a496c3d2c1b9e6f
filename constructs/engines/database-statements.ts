import type { DatabasePlugin } from '../../model/environment/engines';

/**
 * SQL that the server runs, with `{{name}}`, `{{password}}` and `{{expiration}}`, which it fills in. It splits each text at semicolons,
 * unless the text contains the word `END`.
 */
export interface DatabaseStatements {
  readonly creation: readonly string[];
  readonly renewal: readonly string[];
  readonly revocation: readonly string[];
}

/**
 * Statements that create an account as a member of roles of the database, and that remove it: they lock the account, end its connections,
 * give its objects to the first role, revoke its privileges, and drop it. Removing an account that does not exist is not an error,
 * otherwise its lease could not be revoked.
 *
 * @param memberOf at least one; names without {@link databaseRoleProblem}
 */
export function membershipStatements(
  plugin: DatabasePlugin,
  memberOf: readonly [string, ...string[]],
): DatabaseStatements {
  return { ...accountStatements(plugin, memberOf[0]), creation: creationStatements(plugin, memberOf) };
}

/**
 * Statements that renew and remove an account, whichever statements created it.
 *
 * @param heir new owner of the account's objects. @default - the account of the connection
 */
export function accountStatements(plugin: DatabasePlugin, heir?: string): Omit<DatabaseStatements, 'creation'> {
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
        // Only default roles are active after a login. MariaDB has one default role, MySQL any number; each executes its own comment.
        `SET DEFAULT ROLE /*!80000 ALL TO */ /*M! ${roles[0]} FOR */ '{{name}}'@'%'`,
      ];
    }
  }
}

/**
 * The server runs it in one transaction and, because of the word `END`, does not split it. Errors that would undo the transaction are
 * caught, so that the account loses its access in any case.
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
    RAISE WARNING '{{name}} has privileges from another grantor: the account stays, without login';
  END;
END
$revocation$`;

/** MySQL has no statement that ends all connections of an account. MariaDB has one and executes the comment. */
const mysqlRevocation: readonly string[] = [
  `ALTER USER IF EXISTS '{{name}}'@'%' ACCOUNT LOCK`,
  `/*!80000 DO 0 */ /*M! KILL USER '{{name}}' */`,
  `DROP USER IF EXISTS '{{name}}'@'%'`,
];

function quotePostgresql(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function quoteMysql(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}
