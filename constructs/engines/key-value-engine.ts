import { KvSecretBackendV2 } from '@cdktf/provider-vault/lib/kv-secret-backend-v2';
import { Mount } from '@cdktf/provider-vault/lib/mount';
import { Construct, type IConstruct } from 'constructs';

import type { Capability } from '../policy/capability';
import type { IGrantable } from '../policy/policy-document';

/** A key-value engine of version 2, made here or elsewhere. Documents are named by their path inside the mount. */
export interface IKeyValueEngine extends IConstruct {
  /** Path of the mount, for example `v1/devel/kv`. */
  readonly mountPath: string;
  /** API path of the content of a document: `v1/devel/kv/data/checkout/configs`. */
  dataPath(document: string): string;
  /** Read the content of a document, or of all below a path that ends in `*`. */
  grantRead(grantee: IGrantable, document: string): void;
  /** Read it and write new versions of it; neither create it nor delete it. */
  grantReadUpdate(grantee: IGrantable, document: string): void;
  /** Just these capabilities on the content of documents, with the reason as a comment in the policy. */
  grant(grantee: IGrantable, document: string, capabilities: readonly Capability[], reason?: string): void;
}

export interface KeyValueEngineAttributes {
  readonly mountPath: string;
}

export interface KeyValueEngineProps extends KeyValueEngineAttributes {
  /** What people see in a list of engines. */
  readonly description: string;
  /**
   * Versions kept of each document, 1 or more.
   * @default 10
   */
  readonly maxVersions?: number;
}

abstract class KeyValueEngineBase extends Construct implements IKeyValueEngine {
  public readonly mountPath: string;

  constructor(scope: Construct, id: string, attributes: KeyValueEngineAttributes) {
    super(scope, id);
    this.mountPath = attributes.mountPath;
  }

  public dataPath(document: string): string {
    return `${this.mountPath}/data/${document}`;
  }

  public grantRead(grantee: IGrantable, document: string): void {
    this.grant(grantee, document, ['read']);
  }

  public grantReadUpdate(grantee: IGrantable, document: string): void {
    this.grant(grantee, document, ['read', 'update']);
  }

  public grant(grantee: IGrantable, document: string, capabilities: readonly Capability[], reason?: string): void {
    grantee.addStatement({ path: this.dataPath(document), capabilities, ...(reason === undefined ? {} : { reason }) });
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
    const mount = new Mount(this, 'Resource', {
      path: props.mountPath,
      type: 'kv',
      options: { version: '2' },
      description: props.description,
      lifecycle: { preventDestroy: true },
    });
    new KvSecretBackendV2(this, 'configuration', { mount: mount.path, maxVersions: props.maxVersions ?? 10 });
  }
}
