import { DatabaseSecretBackendRole } from '@cdktf/provider-vault/lib/database-secret-backend-role';
import { Construct } from 'constructs';

import { creationStatementRule } from '../../model/language/rules/document';
import { allowedPrivileges, privilegesFault } from '../../model/tenant/database-role';
import { ttlProblem } from '../ttl-problem';
import { validateProps, valueProblems, type PropsRule } from '../validate-props';
import type { IDatabaseConnection } from './database-connection';
import type { IDatabaseEngine, IDatabaseRole } from './database-engine';
import { databaseRoleProblem } from './database-names';
import { accountStatements, membershipStatements, type DatabaseStatements } from './database-statements';
import { nameProblem } from './name-in-engine';
import { asSent } from './split-statement';

/** Props of dynamic and static roles. */
export interface CommonDatabaseRoleProps {
  readonly engine: IDatabaseEngine;
  /** A construct, or `{ name, plugin }` of a connection of another stack. */
  readonly connection: IDatabaseConnection;
  /** Name in the engine. */
  readonly roleName: string;
}

export interface DatabaseRoleProps extends CommonDatabaseRoleProps {
  /**
   * Roles of the database that each account is a member of. The first one becomes the owner of an account's objects when the account is
   * dropped.
   * @default - none; then `creationStatements` is required
   */
  readonly memberOf?: readonly string[];
  /**
   * Statements that create the account, with `{{name}}`, `{{password}}` and `{{expiration}}`; instead of `memberOf`.
   * @default - statements that follow from `memberOf`
   */
  readonly creationStatements?: readonly string[];
  /** Lifetime of an account without renewal. */
  readonly defaultTtlSeconds: number;
  /** Maximum lifetime of an account. */
  readonly maxTtlSeconds: number;
}

const rules: readonly PropsRule<DatabaseRoleProps>[] = [
  ({ roleName }) => nameProblem('role', roleName),
  ({ defaultTtlSeconds: ttlSeconds, maxTtlSeconds }) => ttlProblem({ ttlSeconds, maxTtlSeconds }),
  ({ memberOf = [], creationStatements = [] }) => {
    const fault = privilegesFault(memberOf, creationStatements);
    const given = `memberOf: ${memberOf.length}, creationStatements: ${creationStatements.length}`;
    return fault && { ...fault, given, allowed: allowedPrivileges };
  },
  ({ connection, memberOf = [] }) => memberOf.flatMap((name) => databaseRoleProblem(connection.plugin, name) ?? []),
  ({ creationStatements = [] }) => valueProblems('creationStatements', creationStatementRule, creationStatements),
  ({ creationStatements = [] }) =>
    ['{{name}}', '{{password}}']
      .filter((part) => creationStatements.length > 0 && !creationStatements.some((text) => text.includes(part)))
      .map((placeholder) => ({
        message: `no statement contains ${placeholder}`,
        given: creationStatements.join('; '),
        allowed: creationStatementRule.allowed,
        fix: `add ${placeholder} to a statement`,
      })),
];

/**
 * A role that creates an account for each request. When the lease expires or is revoked, the server ends the account's connections and
 * drops it with its privileges. (MySQL, unlike MariaDB, has no statement that ends the connections.)
 *
 * @see https://registry.terraform.io/providers/hashicorp/vault/latest/docs/resources/database_secret_backend_role
 */
export class DatabaseRole extends Construct implements IDatabaseRole {
  public readonly kind = 'dynamic';
  public readonly roleName: string;

  /** @throws PlatformError `construct` for invalid names, statements or TTLs, and without privileges of the accounts */
  constructor(scope: Construct, id: string, props: DatabaseRoleProps) {
    super(scope, id);
    validateProps(this, props, rules);
    const { engine, connection, roleName, defaultTtlSeconds, maxTtlSeconds } = props;
    this.roleName = roleName;
    const { creation, renewal, revocation } = statementsOf(props);
    new DatabaseSecretBackendRole(this, 'Resource', {
      backend: engine.backend,
      name: roleName,
      dbName: connection.name,
      creationStatements: [...creation],
      ...(renewal.length > 0 && { renewStatements: [...renewal] }),
      revocationStatements: [...revocation],
      defaultTtl: defaultTtlSeconds,
      maxTtl: maxTtlSeconds,
    });
  }
}

function statementsOf(props: DatabaseRoleProps): DatabaseStatements {
  const { connection, memberOf = [], creationStatements = [] } = props;
  const [first, ...others] = memberOf;
  return first === undefined
    ? {
        ...accountStatements(connection.plugin),
        creation: creationStatements.map((text) => asSent(connection.plugin, text)),
      }
    : membershipStatements(connection.plugin, [first, ...others]);
}
