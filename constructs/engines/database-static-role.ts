import { DatabaseSecretBackendStaticRole } from '@cdktf/provider-vault/lib/database-secret-backend-static-role';
import { Construct } from 'constructs';

import { PlatformError } from '../../model/errors';
import type { IDatabaseConnection } from './database-connection';
import type { IDatabaseEngine, IDatabaseRole } from './database-engine';
import { accountName } from './database-statements';
import { nameOf } from './name-in-engine';

export interface DatabaseStaticRoleProps {
  readonly engine: IDatabaseEngine;
  /** A construct, or `{ name, plugin }` of one that another stack makes. */
  readonly connection: IDatabaseConnection;
  readonly roleName: string;
  /** The account in the database; one role at most has it. */
  readonly username: string;
  /** How often its password is changed, 5 seconds or more. */
  readonly rotationPeriodSeconds: number;
}

/**
 * A role by which programs get the password of an account that is there already. The server changes that password when it
 * makes the role, and regularly from then on. So the connection has to work by then: the operator's step comes between the
 * stack of the connection and this one.
 *
 * @see https://registry.terraform.io/providers/hashicorp/vault/latest/docs/resources/database_secret_backend_static_role
 */
export class DatabaseStaticRole extends Construct implements IDatabaseRole {
  public readonly kind = 'static';
  public readonly roleName: string;

  /** @throws PlatformError `construct` for a name the server would take apart, or a period that is too short */
  constructor(scope: Construct, id: string, props: DatabaseStaticRoleProps) {
    super(scope, id);
    const { engine, connection, username, rotationPeriodSeconds } = props;
    this.roleName = nameOf('role', props.roleName);
    if (rotationPeriodSeconds < 5) {
      const given = `${rotationPeriodSeconds} seconds`;
      const problem = { message: 'a password is not changed that often', given, allowed: '5 seconds or more' };
      throw new PlatformError('construct', [{ ...problem, fix: 'choose a longer time' }]);
    }
    new DatabaseSecretBackendStaticRole(this, 'Resource', {
      backend: engine.backend,
      name: this.roleName,
      dbName: connection.name,
      username: accountName(connection.plugin, username),
      rotationPeriod: rotationPeriodSeconds,
    });
  }
}
