import { Policy as VaultPolicy } from '@cdktf/provider-vault/lib/policy';
import type { Construct } from 'constructs';

import { AuditedHeader } from '../constructs/audit/audited-header';
import { AppRoleAuth } from '../constructs/auth/app-role-auth';
import { createAuthMethod } from '../constructs/auth/auth-methods';
import { adminPolicy } from '../constructs/policy/admin-policy';
import { provisionerPolicy } from '../constructs/policy/provisioner-policy';
import type { Cluster } from '../model/cluster/cluster';
import type { Environment } from '../model/environment/environment';
import { appRoleMount, platformStack } from '../model/names';
import { VaultStack } from './vault-stack';

export interface PlatformStackProps {
  readonly cluster: Cluster;
  /** All environments of the cluster. */
  readonly environments: readonly Environment[];
}

/** `<cluster>-platform`: resources that all environments of a cluster share, and all auth methods, including those of one environment. */
export class PlatformStack extends VaultStack {
  constructor(scope: Construct, { cluster, environments }: PlatformStackProps) {
    super(scope, platformStack(cluster), cluster.state);
    new AppRoleAuth(this, 'approle', { mountPath: appRoleMount, description: 'Programs of all environments' });
    for (const { name, appRoleMount: mountPath } of environments) {
      if (mountPath === appRoleMount) continue;
      new AppRoleAuth(this, `approle-of-${name}`, { mountPath, description: `Programs of ${name}` });
    }
    for (const method of cluster.authMethods) createAuthMethod(this, `auth-${method.name}`, method);
    for (const headerName of cluster.auditedHeaders) new AuditedHeader(this, `header-${headerName}`, { headerName });
    for (const { name, rules } of [adminPolicy(), provisionerPolicy(cluster, environments)]) {
      // Without `admin` no one can operate the cluster, and without `provisioner` Terraform cannot restore it.
      const policy = new VaultPolicy(this, name, { name, policy: rules, lifecycle: { preventDestroy: true } });
      // The bootstrap of a cluster writes it, and a provider may refuse to create a policy that exists.
      policy.importFrom(name);
    }
  }
}
