import { KvSecretBackendV2 } from '@cdktf/provider-vault/lib/kv-secret-backend-v2';
import type { Construct } from 'constructs';

import type { KeyValueSettings } from '../../model/environment/engines';
import type { DocumentOperation } from '../../model/tenant/grants/documents';
import { documentOperations, grantOperations } from '../policy/operations';
import type { IGrantable } from '../policy/policy-document';
import { checkDocumentPath } from './document-path';
import {
  SecretEngineBase,
  type ISecretEngine,
  type SecretEngineAttributes,
  type SecretEngineProps,
} from './secret-engine';

/**
 * A key-value engine of version 2, made here or elsewhere. Documents are named by their path inside the mount,
 * `checkout/configs`; all below a folder by `checkout/*`.
 *
 * Every grant throws a PlatformError `construct` if the path is not read by the server as it looks, or if the grantee has a
 * rule for it already: grant all operations on a path at once.
 */
export interface IKeyValueEngine extends ISecretEngine {
  /** API path of the content of a document: `v1/devel/kv/data/checkout/configs`. */
  dataPath(document: string): string;
  /** Just these operations, with the reason as a comment in the policy. */
  grant(grantee: IGrantable, document: string, operations: readonly DocumentOperation[], reason?: string): void;
  /** Read the newest version and older ones. */
  grantRead(grantee: IGrantable, document: string): void;
  /** Read, and write new versions of what is there; neither create nor delete. */
  grantReadUpdate(grantee: IGrantable, document: string): void;
  /** Read, create, write new versions, change parts; not delete. */
  grantReadWrite(grantee: IGrantable, document: string): void;
  /** See the names in a folder, `checkout/`, or in it and all below, `checkout/*`. */
  grantList(grantee: IGrantable, folder: string): void;
  /** See versions, times and custom metadata; not the content. */
  grantReadMetadata(grantee: IGrantable, document: string): void;
  /** Change custom metadata, the number of versions kept and the like. */
  grantWriteMetadata(grantee: IGrantable, document: string): void;
  /** Mark the newest version as deleted; it can be brought back. */
  grantDelete(grantee: IGrantable, document: string): void;
  /** Mark any versions as deleted; they can be brought back. */
  grantDeleteVersions(grantee: IGrantable, document: string): void;
  /** Bring deleted versions back. */
  grantUndelete(grantee: IGrantable, document: string): void;
  /** Remove the content of versions for good. */
  grantDestroy(grantee: IGrantable, document: string): void;
  /** Remove documents with all their versions and metadata for good. */
  grantPurge(grantee: IGrantable, document: string): void;
}

export type KeyValueEngineAttributes = SecretEngineAttributes;

export interface KeyValueEngineProps extends SecretEngineProps, Partial<KeyValueSettings> {
  /**
   * Versions kept of each document, 1 or more.
   * @default 10
   */
  readonly maxVersions?: number;
  /**
   * Whether every write must say which version it replaces.
   * @default false
   */
  readonly casRequired?: boolean;
  /** Age at which versions are deleted. @default - never */
  readonly deleteVersionAfterSeconds?: number;
}

abstract class KeyValueEngineBase extends SecretEngineBase implements IKeyValueEngine {
  public dataPath(document: string): string {
    return `${this.mountPath}/data/${document}`;
  }

  public grant(grantee: IGrantable, document: string, operations: readonly DocumentOperation[], reason?: string): void {
    checkDocumentPath(document, operations, 2);
    const subject = { mountPath: this.mountPath, name: document, ...(reason !== undefined && { reason }) };
    grantOperations(grantee, documentOperations, operations, subject);
  }

  public grantRead(grantee: IGrantable, document: string): void {
    this.grant(grantee, document, ['read']);
  }

  public grantReadUpdate(grantee: IGrantable, document: string): void {
    this.grant(grantee, document, ['read', 'update']);
  }

  public grantReadWrite(grantee: IGrantable, document: string): void {
    this.grant(grantee, document, ['create', 'read', 'update', 'patch']);
  }

  public grantList(grantee: IGrantable, folder: string): void {
    this.grant(grantee, folder, ['list']);
  }

  public grantReadMetadata(grantee: IGrantable, document: string): void {
    this.grant(grantee, document, ['read-metadata']);
  }

  public grantWriteMetadata(grantee: IGrantable, document: string): void {
    this.grant(grantee, document, ['write-metadata']);
  }

  public grantDelete(grantee: IGrantable, document: string): void {
    this.grant(grantee, document, ['delete']);
  }

  public grantDeleteVersions(grantee: IGrantable, document: string): void {
    this.grant(grantee, document, ['delete-versions']);
  }

  public grantUndelete(grantee: IGrantable, document: string): void {
    this.grant(grantee, document, ['undelete']);
  }

  public grantDestroy(grantee: IGrantable, document: string): void {
    this.grant(grantee, document, ['destroy']);
  }

  public grantPurge(grantee: IGrantable, document: string): void {
    this.grant(grantee, document, ['purge']);
  }
}

class ImportedKeyValueEngine extends KeyValueEngineBase {}

/**
 * A key-value engine of version 2. Terraform refuses to destroy it: it holds data.
 *
 * @see https://openbao.org/docs/secrets/kv/kv-v2/
 */
export class KeyValueEngine extends KeyValueEngineBase {
  /** An engine that another stack owns; nothing is made, access to it can be granted. */
  public static fromKeyValueEngineAttributes(
    scope: Construct,
    id: string,
    attributes: KeyValueEngineAttributes,
  ): IKeyValueEngine {
    return new ImportedKeyValueEngine(scope, id, attributes);
  }

  constructor(scope: Construct, id: string, props: KeyValueEngineProps) {
    super(scope, id, props);
    this.mount({ type: 'kv', options: { version: '2' } }, props);
    const { maxVersions = 10, casRequired = false, deleteVersionAfterSeconds } = props;
    new KvSecretBackendV2(this, 'configuration', {
      mount: this.backend,
      maxVersions,
      // Said even when false: a value that is left out stays as it was.
      casRequired,
      ...(deleteVersionAfterSeconds !== undefined && { deleteVersionAfter: deleteVersionAfterSeconds }),
    });
  }
}
