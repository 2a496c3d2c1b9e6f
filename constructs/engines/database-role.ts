import { DatabaseSecretBackendRole } from '@cdktf/provider-vault/lib/database-secret-backend-role';
import { Construct } from 'constructs';

import { PlatformError } from '../../model/errors';
import type { IDatabaseConnection } from './database-connection';
import type { IDatabaseEngine, IDatabaseRole } from './database-engine';
import { lifeStatements, membershipStatements, type DatabaseStatements } from './database-statements';
import { nameOf } from './name-in-engine';

export interface DatabaseRoleProps {
  readonly engine: IDatabaseEngine;
  /** A construct, or `{ name, plugin }` of one that another stack makes. */
  readonly connection: IDatabaseConnection;
  readonly roleName: string;
  /**
   * Roles of the database that each account is made a member of; what an account owns when it goes is the first one's then.
   * @default - none; then `creationStatements` are needed
   */
  readonly memberOf?: readonly string[];
  /**
   * Statements that make the account, with `{{name}}`, `{{password}}` and `{{expiration}}`, instead of `memberOf`.
   * @default - those that follow from `memberOf`
   */
  readonly creationStatements?: readonly string[];
  /** How long an account lasts unless its lease is renewed. */
  readonly defaultTtlSeconds: number;
  /** How long it lasts at most. */
  readonly maxTtlSeconds: number;
}

/**
 * A role by which each request gets an account of its own. When its lease ends or is revoked the account goes, with its
 * privileges and its open connections. (MySQL, unlike MariaDB, has no way to end the connections.)
 *
 * @see https://registry.terraform.io/providers/hashicorp/vault/latest/docs/resources/database_secret_backend_role
 */
export class DatabaseRole extends Construct implements IDatabaseRole {
  public readonly kind = 'dynamic';
  public readonly roleName: string;

  /** @throws PlatformError `construct` if it is not said what accounts may do, or said twice, or lifetimes contradict each other */
  constructor(scope: Construct, id: string, props: DatabaseRoleProps) {
    super(scope, id);
    const { engine, connection, defaultTtlSeconds, maxTtlSeconds } = props;
    this.roleName = nameOf('role', props.roleName);
    checkTtl(defaultTtlSeconds, maxTtlSeconds);
    const { creation, renewal, revocation } = statementsOf(props);
    new DatabaseSecretBackendRole(this, 'Resource', {
      backend: engine.backend,
      name: this.roleName,
      dbName: connection.name,
      creationStatements: [...creation],
      ...(renewal.length > 0 && { renewStatements: [...renewal] }),
      revocationStatements: [...revocation],
      defaultTtl: defaultTtlSeconds,
      maxTtl: maxTtlSeconds,
    });
  }
}

function statementsOf({ connection, ...props }: DatabaseRoleProps): DatabaseStatements {
  const { memberOf = [], creationStatements = [] } = props;
  const [first, ...others] = memberOf;
  const named = `memberOf: ${memberOf.length}, creationStatements: ${creationStatements.length}`;
  if (first !== undefined && creationStatements.length > 0) {
    throw refuse('it is said twice what accounts may do', named, 'leave one of the two out');
  }
  if (first !== undefined) return membershipStatements(connection.plugin, [first, ...others]);
  if (creationStatements.length === 0) {
    throw refuse('it is not said what accounts may do', named, 'name a role of the database in `memberOf`');
  }
  for (const placeholder of ['{{name}}', '{{password}}']) {
    if (creationStatements.some((statement) => statement.includes(placeholder))) continue;
    throw refuse(
      `no statement has ${placeholder}`,
      creationStatements.join('; '),
      `write ${placeholder} where it goes`,
    );
  }
  return { ...lifeStatements(connection.plugin), creation: creationStatements };
}

function checkTtl(defaultSeconds: number, maxSeconds: number): void {
  if (defaultSeconds > 0 && defaultSeconds <= maxSeconds) return;
  const given = `${defaultSeconds} seconds, at most ${maxSeconds}`;
  throw refuse('an account lasts no longer than its longest life', given, 'name a longest life that is not shorter');
}

const refuse = (message: string, given: string, fix: string): PlatformError =>
  new PlatformError('construct', [{ message, given, fix }]);
