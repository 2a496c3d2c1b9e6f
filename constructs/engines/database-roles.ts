import type { Construct } from 'constructs';

import type { IDatabaseRole } from './database-engine';
import { DatabaseRole, type DatabaseRoleProps } from './database-role';
import { DatabaseStaticRole, type DatabaseStaticRoleProps } from './database-static-role';

export type AnyDatabaseRoleProps =
  ({ readonly kind: 'dynamic' } & DatabaseRoleProps) | ({ readonly kind: 'static' } & DatabaseStaticRoleProps);

/** Creates a role of either kind. @throws PlatformError `construct` if its construct refuses the props */
export function createDatabaseRole(
  scope: Construct,
  id: string,
  props: AnyDatabaseRoleProps,
): Construct & IDatabaseRole {
  switch (props.kind) {
    case 'dynamic':
      return new DatabaseRole(scope, id, props);
    case 'static':
      return new DatabaseStaticRole(scope, id, props);
  }
}
