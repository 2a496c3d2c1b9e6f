import type { Cluster } from '../../../model/cluster/cluster';
import type { Environment } from '../../../model/environment/environment';
import {
  appRoleMount,
  clusterPolicies,
  provisioner,
  provisionerMount,
  provisionerPolicyName,
  stackKinds,
} from '../../../model/names';
import type { PolicyText } from '../policy-text';
import { authSettings, kept, owned, ProvisionerDocument, type MountedType, type Paths } from './paths';

/**
 * Terraform on `<cluster>-platform`: auth methods and their settings, without deletion, the policies of administrators and of Terraform,
 * and the roles that Terraform logs in to. It has no rights on what teams own.
 *
 * A token that may write these policies can grant itself any access, whatever this policy says.
 */
export function platformProvisionerPolicy(cluster: Cluster, environments: readonly Environment[]): PolicyText {
  const name = provisionerPolicyName('platform');
  const policy = new ProvisionerDocument(name);
  policy.addOwnToken();
  const policies = Object.fromEntries(clusterPolicies.map((each) => [each, kept]));
  policy.addPaths('sys/policies/acl', policies, 'Policies of administrators and of Terraform.');
  policy.addPaths('sys/policies/acl', { [provisioner]: ['read', 'delete'] }, 'The one policy of former versions.');
  policy.addStatement({
    path: 'sys/config/auditing/request-headers/+',
    capabilities: [...owned, 'sudo'],
    reason: 'Request headers in the audit log.',
  });
  addAuth(policy, appRoleMount, { type: 'approle', reason: 'The AppRole auth method.' });
  for (const { name: method, mountPath, type } of cluster.authMethods) {
    addAuth(policy, mountPath, { type, reason: `Auth method ${method}.` });
  }
  for (const { name: environment, appRoleMount: mountPath } of environments) {
    if (mountPath === appRoleMount) continue;
    addAuth(policy, mountPath, { type: 'approle', reason: `AppRoles of ${environment} alone.` });
  }
  if (cluster.provisioner !== undefined) {
    const { login: type } = cluster.provisioner;
    const roles: Paths = {
      ...Object.fromEntries(stackKinds.map((kind) => [`role/${kind}`, owned])),
      // The provider reads the RoleID of a role that it creates.
      ...(type === 'approle' && { 'role/+/role-id': ['read'] }),
    };
    addAuth(policy, provisionerMount, { type, reason: 'Logins of Terraform.', roles });
  }
  return { name, rules: policy.toHcl() };
}

interface Method {
  readonly type: MountedType;
  readonly reason: string;
  /** @default - none */
  readonly roles?: Paths;
}

function addAuth(policy: ProvisionerDocument, mountPath: string, { type, reason, roles = {} }: Method): void {
  policy.addPaths('sys/auth', { [mountPath]: [...kept, 'sudo'] }, reason);
  policy.addPaths(`sys/mounts/auth/${mountPath}`, { '': ['read'], tune: ['read', 'update'] });
  policy.addPaths(`auth/${mountPath}`, { ...authSettings[type], ...roles });
}
