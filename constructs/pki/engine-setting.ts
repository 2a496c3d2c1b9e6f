import { GenericEndpoint } from '@cdktf/provider-vault/lib/generic-endpoint';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';

import type { ISecretEngine } from '../engines/secret-engine';

export interface EngineSettingProps {
  readonly engine: ISecretEngine;
  /** Path below the mount, for example `config/crl`. */
  readonly path: string;
  /** Values as the server gives them back: numbers of seconds where it does so, lists in its order. */
  readonly values: Readonly<Record<string, unknown>>;
  /** What has to be in place before. @default - the mount alone */
  readonly after?: readonly ITerraformDependable[];
}

/**
 * Settings at one path of an engine, of which Terraform watches those that are named here and no other. They are never
 * deleted: for an issuer that would be the issuer itself.
 *
 * For paths that version 4.4 of the provider has no resource for, or one that does not know what today's servers answer.
 *
 * @see https://registry.terraform.io/providers/hashicorp/vault/latest/docs/resources/generic_endpoint
 */
export class EngineSetting extends Construct {
  /** What may have to come after it. */
  public readonly resource: ITerraformDependable;

  constructor(scope: Construct, id: string, { engine, path, values, after = [] }: EngineSettingProps) {
    super(scope, id);
    this.resource = new GenericEndpoint(this, 'Resource', {
      path: `${engine.backend}/${path}`,
      dataJson: JSON.stringify(values),
      ignoreAbsentFields: true,
      disableDelete: true,
      ...(after.length > 0 && { dependsOn: [...after] }),
    });
  }
}
