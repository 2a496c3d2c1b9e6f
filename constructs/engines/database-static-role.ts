import { DatabaseSecretBackendStaticRole } from '@cdktf/provider-vault/lib/database-secret-backend-static-role';
import { Construct } from 'constructs';

import { validateProps, type PropsRule } from '../validate-props';
import type { IDatabaseRole } from './database-engine';
import { accountProblem } from './database-names';
import type { CommonDatabaseRoleProps } from './database-role';
import { nameProblem } from './name-in-engine';

export interface DatabaseStaticRoleProps extends CommonDatabaseRoleProps {
  /** Account in the database, which no other role uses. */
  readonly username: string;
  /** Interval at which its password is rotated, 5 seconds or more. */
  readonly rotationPeriodSeconds: number;
}

/** The server rejects shorter periods. */
const minPeriodSeconds = 5;

const rules: readonly PropsRule<DatabaseStaticRoleProps>[] = [
  ({ roleName }) => nameProblem('role', roleName),
  ({ connection, username }) => accountProblem(connection.plugin, username),
  ({ rotationPeriodSeconds }) =>
    rotationPeriodSeconds >= minPeriodSeconds
      ? undefined
      : {
          message: 'the rotation period is too short',
          given: `${rotationPeriodSeconds} seconds`,
          allowed: `${minPeriodSeconds} seconds or more`,
          fix: 'lengthen the rotation period',
        },
];

/**
 * A role that returns the password of an existing account. The server changes the password when it creates the role, and at each rotation.
 * So the connection has to work before: an operator writes its password between the apply of the connection's stack and that of this one.
 *
 * @see https://registry.terraform.io/providers/hashicorp/vault/latest/docs/resources/database_secret_backend_static_role
 */
export class DatabaseStaticRole extends Construct implements IDatabaseRole {
  public readonly kind = 'static';
  public readonly roleName: string;

  /** @throws PlatformError `construct` for an invalid name, or a rotation period that is too short */
  constructor(scope: Construct, id: string, props: DatabaseStaticRoleProps) {
    super(scope, id);
    validateProps(this, props, rules);
    const { engine, connection, roleName, username, rotationPeriodSeconds } = props;
    this.roleName = roleName;
    new DatabaseSecretBackendStaticRole(this, 'Resource', {
      backend: engine.backend,
      name: roleName,
      dbName: connection.name,
      username,
      rotationPeriod: rotationPeriodSeconds,
    });
  }
}
