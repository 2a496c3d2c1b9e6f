import { VaultProvider } from '@cdktf/provider-vault/lib/provider';
import type { Construct } from 'constructs';

import type { StateBackend } from '../model/cluster/state';
import { BaseStack } from './base-stack';

/**
 * A stack that configures a server. The provider reads address and token from `VAULT_ADDR` and `VAULT_TOKEN`, so that the JSON contains
 * neither.
 */
export abstract class VaultStack extends BaseStack {
  constructor(scope: Construct, id: string, state: StateBackend) {
    super(scope, id, state, { name: 'vault', versions: '>= 4.4, < 6' });
    new VaultProvider(this, 'vault', { tokenName: `terraform-${id}` });
  }
}
