import type { Construct } from 'constructs';

import type { DatabaseRole } from '../../model/tenant/database-role';
import { databaseOperations } from '../policy/operations';
import type { IGrantable } from '../policy/policy-document';
import { imported, SecretEngineBase, type SecretEngineProps } from './secret-engine';

/** A role of this or another stack that issues credentials of a database. */
export type IDatabaseRole = Pick<DatabaseRole, 'kind' | 'roleName'>;

/** A database engine of this or another stack. */
export class DatabaseEngineBase extends SecretEngineBase {
  /**
   * Get credentials from a role: a new account from a `dynamic` role, the password of the existing account from a `static` role.
   *
   * @param role a construct, or `{ kind, roleName }` of a role of another stack
   * @param reason comment in the policy. @default - none
   */
  public grantCredentials(grantee: IGrantable, { kind, roleName }: IDatabaseRole, reason?: string): void {
    this.write(grantee, { table: databaseOperations, operations: [kind], kind: 'role', name: roleName, reason });
  }
}

export type IDatabaseEngine = DatabaseEngineBase;

/**
 * A database engine: it creates and drops accounts in databases. Terraform refuses to destroy it, because it holds the only copy of
 * rotated passwords.
 *
 * @see https://openbao.org/docs/secrets/databases/
 */
export class DatabaseEngine extends DatabaseEngineBase {
  /** An engine of another stack; access to it can be granted. */
  public static readonly fromDatabaseEngineAttributes = imported(DatabaseEngineBase);

  constructor(scope: Construct, id: string, props: SecretEngineProps) {
    super(scope, id, props);
    this.mount({ type: 'database' }, props);
  }
}
