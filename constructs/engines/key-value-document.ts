import { GenericEndpoint } from '@cdktf/provider-vault/lib/generic-endpoint';
import { Construct } from 'constructs';

import type { IKeyValueEngine } from './key-value-engine';

export interface KeyValueDocumentProps {
  readonly engine: IKeyValueEngine;
  /** Path inside the mount, for example `checkout/configs`. */
  readonly document: string;
  /** Content of the first version; it stands in the plan and in the state, so it holds no secret. */
  readonly initialContent: Readonly<Record<string, unknown>>;
}

/**
 * A document that is written once and belongs to the application from then on.
 *
 * The first version is written with check-and-set 0, so an existing document is never overwritten: the apply fails
 * instead. Afterwards Terraform neither reads it (what the application writes never reaches the state), nor changes
 * it, nor deletes it when it leaves the configuration. See docs/decisions/0004-key-set-documents.md.
 *
 * @see https://openbao.org/api-docs/secret/kv/kv-v2/#create-update-secret
 */
export class KeyValueDocument extends Construct {
  constructor(scope: Construct, id: string, props: KeyValueDocumentProps) {
    super(scope, id);
    new GenericEndpoint(this, 'Resource', {
      path: `${props.engine.backend}/data/${props.document}`,
      dataJson: JSON.stringify({ data: props.initialContent, options: { cas: 0 } }),
      disableRead: true,
      disableDelete: true,
      lifecycle: { ignoreChanges: 'all' },
    });
  }
}
