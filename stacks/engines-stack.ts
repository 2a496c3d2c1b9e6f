import type { Construct } from 'constructs';

import { KeyValueEngine } from '../constructs/engines/key-value-engine';
import type { Environment } from '../model/inventory';
import { enginesStack, kvMount } from '../model/names';
import { VaultStack } from './vault-stack';

export interface EnginesStackProps {
  readonly environment: Environment;
}

/** `<environment>-engines`: the secret engines that the tenants of an environment share. */
export class EnginesStack extends VaultStack {
  constructor(scope: Construct, { environment }: EnginesStackProps) {
    super(scope, enginesStack(environment), environment.state);
    new KeyValueEngine(this, 'kv', {
      mountPath: kvMount(environment),
      description: `Documents of ${environment.name}`,
      maxVersions: environment.kvMaxVersions,
    });
  }
}
