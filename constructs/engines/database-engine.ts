import type { Construct } from 'constructs';

import type { DatabaseRole as DatabaseRoleModel } from '../../model/tenant/database-role';
import { databaseOperations, grantOperations } from '../policy/operations';
import type { IGrantable } from '../policy/policy-document';
import { nameOf } from './name-in-engine';
import {
  SecretEngineBase,
  type ISecretEngine,
  type SecretEngineAttributes,
  type SecretEngineProps,
} from './secret-engine';

/** A role by which credentials of a database are had, made here or elsewhere. */
export type IDatabaseRole = Pick<DatabaseRoleModel, 'kind' | 'roleName'>;

/** A database engine, made here or elsewhere. */
export interface IDatabaseEngine extends ISecretEngine {
  /**
   * Get credentials by a role: an account of one's own from one that is `dynamic`, the password of the account that is there
   * from one that is `static`.
   *
   * @param role a construct, or `{ kind, roleName }` of one that another stack makes
   * @param reason a comment in the policy. @default - none
   */
  grantCredentials(grantee: IGrantable, role: IDatabaseRole, reason?: string): void;
}

export type DatabaseEngineAttributes = SecretEngineAttributes;
export type DatabaseEngineProps = SecretEngineProps;

abstract class DatabaseEngineBase extends SecretEngineBase implements IDatabaseEngine {
  public grantCredentials(grantee: IGrantable, role: IDatabaseRole, reason?: string): void {
    const subject = { mountPath: this.mountPath, name: nameOf('role', role), ...(reason !== undefined && { reason }) };
    grantOperations(grantee, databaseOperations, [role.kind], subject);
  }
}

class ImportedDatabaseEngine extends DatabaseEngineBase {}

/**
 * A database engine: it makes accounts in databases, and takes them away again. Terraform refuses to destroy it: with it would
 * go the only copy of the passwords that it changed.
 *
 * @see https://openbao.org/docs/secrets/databases/
 */
export class DatabaseEngine extends DatabaseEngineBase {
  /** An engine that another stack owns; nothing is made, access to it can be granted. */
  public static fromDatabaseEngineAttributes(
    scope: Construct,
    id: string,
    attributes: DatabaseEngineAttributes,
  ): IDatabaseEngine {
    return new ImportedDatabaseEngine(scope, id, attributes);
  }

  constructor(scope: Construct, id: string, props: DatabaseEngineProps) {
    super(scope, id, props);
    this.mount({ type: 'database' }, props);
  }
}
