import { GenericEndpoint } from '@cdktf/provider-vault/lib/generic-endpoint';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';

import type { ISecretEngine } from '../engines/secret-engine';
import { storedSettings } from '../stored-settings';

export interface EngineSettingProps {
  readonly engine: ISecretEngine;
  /** Path below the mount, for example `config/crl`. */
  readonly path: string;
  /** Values as the server returns them, for example durations in seconds and lists in its order, so that a plan shows no change. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Elements that Terraform creates before. @default - only the mount */
  readonly after?: readonly ITerraformDependable[];
}

/**
 * Settings at one path of an engine. Terraform never deletes them: deleting the settings of an issuer would delete the issuer.
 *
 * For paths without a resource in version 4.4 of the provider, or with one that fails on the responses of current servers.
 */
export class EngineSetting extends Construct {
  /** For elements that Terraform has to create after it. */
  public readonly resource: ITerraformDependable;

  constructor(scope: Construct, id: string, { engine, path, values, after = [] }: EngineSettingProps) {
    super(scope, id);
    this.resource = new GenericEndpoint(this, 'Resource', {
      ...storedSettings(`${engine.backend}/${path}`, values),
      ...(after.length > 0 && { dependsOn: [...after] }),
    });
  }
}
