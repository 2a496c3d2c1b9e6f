import type { Construct } from 'constructs';

import type { Document1Operation } from '../../model/tenant/grants/documents1';
import { document1Operations, grantOperations } from '../policy/operations';
import type { IGrantable } from '../policy/policy-document';
import { checkDocumentPath } from './document-path';
import {
  SecretEngineBase,
  type ISecretEngine,
  type SecretEngineAttributes,
  type SecretEngineProps,
} from './secret-engine';

/**
 * A key-value engine of version 1, made here or elsewhere: documents without versions, where a write replaces what was there
 * and a delete is for good. Grants check paths as those of {@link IKeyValueEngine} do.
 */
export interface IKeyValue1Engine extends ISecretEngine {
  /** Just these operations, with the reason as a comment in the policy. */
  grant(grantee: IGrantable, document: string, operations: readonly Document1Operation[], reason?: string): void;
  grantRead(grantee: IGrantable, document: string): void;
  /** Read, create and replace; not delete. */
  grantReadWrite(grantee: IGrantable, document: string): void;
  /** See the names in a folder, `checkout/`, or in it and all below, `checkout/*`. */
  grantList(grantee: IGrantable, folder: string): void;
  /** Remove documents for good. */
  grantDelete(grantee: IGrantable, document: string): void;
}

export type KeyValue1EngineAttributes = SecretEngineAttributes;
export type KeyValue1EngineProps = SecretEngineProps;

abstract class KeyValue1EngineBase extends SecretEngineBase implements IKeyValue1Engine {
  public grant(
    grantee: IGrantable,
    document: string,
    operations: readonly Document1Operation[],
    reason?: string,
  ): void {
    checkDocumentPath(document, operations, 1);
    const subject = { mountPath: this.mountPath, name: document, ...(reason !== undefined && { reason }) };
    grantOperations(grantee, document1Operations, operations, subject);
  }

  public grantRead(grantee: IGrantable, document: string): void {
    this.grant(grantee, document, ['read']);
  }

  public grantReadWrite(grantee: IGrantable, document: string): void {
    this.grant(grantee, document, ['create', 'read', 'update']);
  }

  public grantList(grantee: IGrantable, folder: string): void {
    this.grant(grantee, folder, ['list']);
  }

  public grantDelete(grantee: IGrantable, document: string): void {
    this.grant(grantee, document, ['delete']);
  }
}

class ImportedKeyValue1Engine extends KeyValue1EngineBase {}

/**
 * A key-value engine of version 1. Terraform refuses to destroy it: it holds data.
 *
 * @see https://openbao.org/docs/secrets/kv/kv-v1/
 */
export class KeyValue1Engine extends KeyValue1EngineBase {
  /** An engine that another stack owns; nothing is made, access to it can be granted. */
  public static fromKeyValue1EngineAttributes(
    scope: Construct,
    id: string,
    attributes: KeyValue1EngineAttributes,
  ): IKeyValue1Engine {
    return new ImportedKeyValue1Engine(scope, id, attributes);
  }

  constructor(scope: Construct, id: string, props: KeyValue1EngineProps) {
    super(scope, id, props);
    this.mount({ type: 'kv', options: { version: '1' } }, props);
  }
}
