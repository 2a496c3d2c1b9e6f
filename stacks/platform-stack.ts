import { Policy as VaultPolicy } from '@cdktf/provider-vault/lib/policy';
import type { Construct } from 'constructs';

import { AppRoleAuth } from '../constructs/auth/app-role-auth';
import { adminPolicy, provisionerPolicy } from '../constructs/policy/cluster-policies';
import type { Cluster, Environment } from '../model/inventory';
import { appRoleMount, platformStack } from '../model/names';
import { VaultStack } from './vault-stack';

export interface PlatformStackProps {
  readonly cluster: Cluster;
  /** All environments of the cluster. */
  readonly environments: readonly Environment[];
}

/** `<cluster>-platform`: what all environments of a cluster share. */
export class PlatformStack extends VaultStack {
  constructor(scope: Construct, props: PlatformStackProps) {
    super(scope, platformStack(props.cluster), props.cluster.state);
    new AppRoleAuth(this, 'approle', { mountPath: appRoleMount, description: 'Programs of all environments' });
    for (const { name, rules } of [adminPolicy(), provisionerPolicy(props.environments.map(({ name }) => name))]) {
      // Without it nobody could operate the cluster, or Terraform could no longer mend it.
      new VaultPolicy(this, name, { name, policy: rules, lifecycle: { preventDestroy: true } });
    }
  }
}
