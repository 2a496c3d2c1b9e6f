import { Policy as VaultPolicy } from '@cdktf/provider-vault/lib/policy';
import type { Construct } from 'constructs';

import { AuditedHeader } from '../constructs/audit/audited-header';
import { AppRoleAuth } from '../constructs/auth/app-role-auth';
import { createAuthMethod } from '../constructs/auth/auth-methods';
import { adminPolicy } from '../constructs/policy/admin-policy';
import { ProvisionerLogin } from '../constructs/policy/provisioner/provisioner-login';
import { provisionerPolicies } from '../constructs/policy/provisioner/provisioner-policies';
import type { TeamsPolicyProps } from '../constructs/policy/provisioner/teams-policy';
import { appRoleMount, platformStack } from '../model/names';
import { VaultStack } from './vault-stack';

export type PlatformStackProps = TeamsPolicyProps;

/** `<cluster>-platform`: resources that all environments of a cluster share, and all auth methods, including those of one environment. */
export class PlatformStack extends VaultStack {
  constructor(scope: Construct, props: PlatformStackProps) {
    const { cluster, environments } = props;
    super(scope, platformStack(cluster), cluster);
    new AppRoleAuth(this, 'approle', { mountPath: appRoleMount, description: 'Programs of all environments' });
    for (const { name, appRoleMount: mountPath } of environments) {
      if (mountPath === appRoleMount) continue;
      new AppRoleAuth(this, `approle-of-${name}`, { mountPath, description: `Programs of ${name}` });
    }
    for (const method of cluster.authMethods) createAuthMethod(this, `auth-${method.name}`, method);
    for (const headerName of cluster.auditedHeaders) new AuditedHeader(this, `header-${headerName}`, { headerName });
    if (cluster.provisioner !== undefined) new ProvisionerLogin(this, 'provisioner-login', cluster.provisioner);
    for (const { name, rules } of [adminPolicy(), ...Object.values(provisionerPolicies(props))]) {
      // Without `admin` no one can operate the cluster, and without the others Terraform cannot restore it.
      const policy = new VaultPolicy(this, name, { name, policy: rules, lifecycle: { preventDestroy: true } });
      // The bootstrap of a cluster writes it, and a provider may refuse to create a policy that exists.
      policy.importFrom(name);
    }
  }
}
