import { KvSecretBackendV2 } from '@cdktf/provider-vault/lib/kv-secret-backend-v2';
import type { Construct } from 'constructs';

import { engineDefaults, type KeyValueSettings } from '../../model/environment/engines';
import type { Document1Operation, DocumentOperation } from '../../model/tenant/grants/documents';
import { documentOperations } from '../policy/operations';
import type { IGrantable } from '../policy/policy-document';
import { DocumentEngine } from './document-engine';
import { imported, type SecretEngineProps } from './secret-engine';

export interface KeyValueEngineProps extends SecretEngineProps, Partial<KeyValueSettings> {
  /**
   * Versions kept of each document, 1 or more.
   * @default 10
   */
  readonly maxVersions?: number;
  /**
   * Whether every write must name the version that it replaces.
   * @default false
   */
  readonly casRequired?: boolean;
  /** Age at which versions are deleted. @default - never */
  readonly deleteVersionAfterSeconds?: number;
}

/** A key-value engine of version 2, of this or another stack. */
export class KeyValueEngineBase extends DocumentEngine<Exclude<DocumentOperation, Document1Operation>> {
  protected readonly version = 2;
  protected readonly table = documentOperations;

  /** API path of a document's content: `v1/devel/kv/data/checkout/configs`. */
  public dataPath(document: string): string {
    return `${this.mountPath}/data/${document}`;
  }

  /** Read, and write new versions of existing documents; not create or delete. */
  public grantReadUpdate(grantee: IGrantable, document: string): void {
    this.grant(grantee, document, ['read', 'update']);
  }

  /** Read, create, write new versions, patch; not delete. */
  public grantReadWrite(grantee: IGrantable, document: string): void {
    this.grant(grantee, document, ['create', 'read', 'update', 'patch']);
  }

  /** Read versions, times and custom metadata; not the content. */
  public grantReadMetadata(grantee: IGrantable, document: string): void {
    this.grant(grantee, document, ['read-metadata']);
  }

  /** Change custom metadata and settings such as the number of versions kept. */
  public grantWriteMetadata(grantee: IGrantable, document: string): void {
    this.grant(grantee, document, ['write-metadata']);
  }

  /** Delete any version; deleted versions can be undeleted. */
  public grantDeleteVersions(grantee: IGrantable, document: string): void {
    this.grant(grantee, document, ['delete-versions']);
  }

  /** Restore deleted versions. */
  public grantUndelete(grantee: IGrantable, document: string): void {
    this.grant(grantee, document, ['undelete']);
  }

  /** Delete the content of versions permanently. */
  public grantDestroy(grantee: IGrantable, document: string): void {
    this.grant(grantee, document, ['destroy']);
  }

  /** Delete documents with all versions and metadata permanently. */
  public grantPurge(grantee: IGrantable, document: string): void {
    this.grant(grantee, document, ['purge']);
  }
}

export type IKeyValueEngine = KeyValueEngineBase;

/**
 * A key-value engine of version 2. Terraform refuses to destroy it, because it holds data.
 *
 * @see https://openbao.org/docs/secrets/kv/kv-v2/
 */
export class KeyValueEngine extends KeyValueEngineBase {
  /** An engine of another stack; access to it can be granted. */
  public static readonly fromKeyValueEngineAttributes = imported(KeyValueEngineBase);

  constructor(scope: Construct, id: string, props: KeyValueEngineProps) {
    super(scope, id, props);
    this.mount({ type: 'kv', options: { version: '2' } }, props);
    const { maxVersions = engineDefaults.maxVersions, casRequired = false, deleteVersionAfterSeconds } = props;
    new KvSecretBackendV2(this, 'configuration', {
      mount: this.backend,
      maxVersions,
      // Written even if false: the server keeps the old value of an omitted setting.
      casRequired,
      ...(deleteVersionAfterSeconds !== undefined && { deleteVersionAfter: deleteVersionAfterSeconds }),
    });
  }
}
