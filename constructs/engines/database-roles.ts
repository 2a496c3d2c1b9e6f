import type { Construct } from 'constructs';

import type { DatabaseRole as DatabaseRoleModel } from '../../model/tenant/database-role';
import type { IDatabaseConnection } from './database-connection';
import type { IDatabaseEngine, IDatabaseRole } from './database-engine';
import { DatabaseRole } from './database-role';
import { DatabaseStaticRole } from './database-static-role';

type WithEngine<Role> = Role extends unknown ? Omit<Role, 'connection' | 'name'> : never;

export type CreateDatabaseRoleProps = WithEngine<DatabaseRoleModel> & {
  readonly engine: IDatabaseEngine;
  readonly connection: IDatabaseConnection;
};

/** The construct for a role of the model, whichever kind it is. */
export function createDatabaseRole(
  scope: Construct,
  id: string,
  props: CreateDatabaseRoleProps,
): Construct & IDatabaseRole {
  switch (props.kind) {
    case 'dynamic':
      return new DatabaseRole(scope, id, props);
    case 'static':
      return new DatabaseStaticRole(scope, id, props);
  }
}
