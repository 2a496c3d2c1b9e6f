import type { Construct } from 'constructs';

import { document1Operations } from '../policy/operations';
import type { IGrantable } from '../policy/policy-document';
import { DocumentEngine } from './document-engine';
import { imported, type SecretEngineProps } from './secret-engine';

/** A key-value engine of version 1, of this or another stack: a write replaces the document, and a delete is permanent. */
export class KeyValue1EngineBase extends DocumentEngine {
  protected readonly version = 1;
  protected readonly table = document1Operations;

  /** Read, create and replace; not delete. */
  public grantReadWrite(grantee: IGrantable, document: string): void {
    this.grant(grantee, document, ['create', 'read', 'update']);
  }
}

export type IKeyValue1Engine = KeyValue1EngineBase;

/**
 * A key-value engine of version 1. Terraform refuses to destroy it, because it holds data.
 *
 * @see https://openbao.org/docs/secrets/kv/kv-v1/
 */
export class KeyValue1Engine extends KeyValue1EngineBase {
  /** An engine of another stack; access to it can be granted. */
  public static readonly fromKeyValue1EngineAttributes = imported(KeyValue1EngineBase);

  constructor(scope: Construct, id: string, props: SecretEngineProps) {
    super(scope, id, props);
    this.mount({ type: 'kv', options: { version: '1' } }, props);
  }
}
