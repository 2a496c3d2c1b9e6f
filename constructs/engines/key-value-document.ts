import { GenericEndpoint } from '@cdktf/provider-vault/lib/generic-endpoint';
import { Construct } from 'constructs';

import type { IKeyValueEngine } from './key-value-engine';

export interface KeyValueDocumentProps {
  readonly engine: IKeyValueEngine;
  /** Path inside the mount, for example `checkout/configs`. */
  readonly document: string;
  /** Content of the first version. Plan and state contain it, so it must not be secret. */
  readonly initialContent: Readonly<Record<string, unknown>>;
}

/**
 * A document that Terraform writes once and that the application manages from then on.
 *
 * The first version is written with check-and-set 0: if the document exists, the apply fails instead of overwriting it. Afterwards
 * Terraform does not read the document (so the state never contains what the application writes), does not change it, and does not
 * delete it when it is removed from the configuration. See docs/decisions/0004-key-set-documents.md.
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
