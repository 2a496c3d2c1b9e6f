import { VaultProvider } from '@cdktf/provider-vault/lib/provider';
import type { Construct } from 'constructs';

import type { StateBackend } from '../model/cluster/state';
import { BaseStack } from './base-stack';

/**
 * Versions of the provider that the stacks were tested with. 5.2.0 does not start, and 5.10.0 replaces certificates that an authority
 * signed: see docs/guides/platform.md.
 */
const vaultProviderVersions = '>= 4.4, != 5.2.0, != 5.10.0, < 6';

export interface VaultStackProps {
  readonly state: StateBackend;
  /** Of the cluster, `https://host:port`. It takes precedence over `VAULT_ADDR`, so that a stack is never applied to another cluster. */
  readonly address: string;
}

/** A stack that configures a server. The provider reads the token from `VAULT_TOKEN`, so that the JSON does not contain it. */
export abstract class VaultStack extends BaseStack {
  constructor(scope: Construct, id: string, { state, address }: VaultStackProps) {
    super(scope, id, state, { name: 'vault', versions: vaultProviderVersions });
    new VaultProvider(this, 'vault', { address, tokenName: `terraform-${id}` });
  }
}
