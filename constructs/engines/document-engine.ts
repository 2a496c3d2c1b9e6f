import type { Document1Operation } from '../../model/tenant/grants/documents';
import type { Operations } from '../policy/operations';
import type { IGrantable } from '../policy/policy-document';
import { refuse } from '../validate-props';
import { documentPathProblems } from './document-path';
import { SecretEngineBase } from './secret-engine';

/**
 * Grants of key-value engines of both versions. Documents are identified by their path in the mount, `checkout/configs`; all
 * documents in a folder by `checkout/*`.
 *
 * Every grant throws a PlatformError `construct` if the meaning of the path on the server differs from what it seems, or if the grantee
 * already has a rule for the path: grant all operations on a path at once.
 */
export abstract class DocumentEngine<Operation extends string = never> extends SecretEngineBase {
  protected abstract readonly version: 1 | 2;
  protected abstract readonly table: Operations<Document1Operation | Operation>;

  /** @param reason comment in the policy. @default - none */
  public grant(
    grantee: IGrantable,
    document: string,
    operations: readonly (Document1Operation | Operation)[],
    reason?: string,
  ): void {
    const problems = documentPathProblems(document, operations, this.version);
    if (problems.length > 0) refuse(this.node.path, problems);
    this.write(grantee, { table: this.table, operations, name: document, reason });
  }

  /** Read; in version 2 all versions. */
  public grantRead(grantee: IGrantable, document: string): void {
    this.grant(grantee, document, ['read']);
  }

  /** List the names in a folder, `checkout/`, or in it and all folders in it, `checkout/*`. */
  public grantList(grantee: IGrantable, folder: string): void {
    this.grant(grantee, folder, ['list']);
  }

  /** Delete documents: in version 1 permanently, in version 2 the newest version, which can be undeleted. */
  public grantDelete(grantee: IGrantable, document: string): void {
    this.grant(grantee, document, ['delete']);
  }
}
