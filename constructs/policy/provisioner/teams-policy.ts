import type { Cluster } from '../../../model/cluster/cluster';
import type { Environment } from '../../../model/environment/environment';
import {
  appRoleMount,
  engineMount,
  environmentQuota,
  keySetDocument,
  kvMount,
  provisionerPolicyName,
  tenantGroup,
} from '../../../model/names';
import type { Tenant } from '../../../model/tenant/tenant';
import type { PolicyText } from '../policy-text';
import { enginesOf } from './engines-policy';
import { engineObjects, owned, ProvisionerDocument, type MountedType } from './paths';
import { protectedPolicies, teamPolicyText } from './protected-policies';
import { RoleLimits } from './role-limits';

/** What the policy of Terraform for teams depends on. */
export interface TeamsPolicyProps {
  readonly cluster: Cluster;
  /** All environments of the cluster. */
  readonly environments: readonly Environment[];
  readonly tenants: readonly Tenant[];
}

/**
 * Terraform on `<environment>-<team>`: policies that reach into engines only, roles, keys, groups without policies, and the first version of
 * each key set, without reading it. It has no rights on mounts, on settings of auth methods and engines, or on policies of the cluster, and
 * issues no credential.
 */
export function teamsProvisionerPolicy({ cluster, environments, tenants }: TeamsPolicyProps): PolicyText {
  const name = provisionerPolicyName('teams');
  const policy = new ProvisionerDocument(name);
  policy.addOwnToken();
  policy.addStatement({
    path: 'sys/policies/acl/*',
    capabilities: owned,
    reason: 'Policies of teams, which reach into engines only.',
    ...teamPolicyText,
  });
  for (const statement of protectedPolicies()) policy.addStatement(statement);
  addIdentity(policy, groupsOf(environments, tenants));
  policy.addPaths('sys/quotas', { 'rate-limit/+': owned, 'lease-count/+': owned }, 'Limits of tenants.');
  policy.addPaths('sys/quotas/rate-limit', { [environmentQuota({ name: '*' })]: ['deny'] });
  addRoles(policy, new RoleLimits(cluster.dialect, environments, tenants), methodsOf(cluster, environments));
  for (const environment of environments) {
    const kv = kvMount(environment);
    policy.addPaths(
      kv,
      { [`data/+/${keySetDocument}`]: ['create'], [`metadata/+/${keySetDocument}`]: ['read'] },
      `Environment ${environment.name}: the first version of each key set, and roles and keys in engines.`,
    );
    for (const engine of enginesOf(environment)) {
      policy.addPaths(engineMount(environment, engine), engineObjects[engine]);
    }
    for (const { mountPath } of environment.authorities) policy.addPaths(mountPath, { 'roles/+': owned });
  }
  return { name, rules: policy.toHcl() };
}

/** Names of groups of tenants, with a `*` for any tenant; and those that kept another name. */
function groupsOf(environments: readonly Environment[], tenants: readonly Tenant[]): string[] {
  const forms = environments.map((environment) => tenantGroup({ name: '*' }, environment));
  const names = new Set(environments.map(({ name }) => name));
  const others = tenants.flatMap(({ environments: settings }) =>
    settings.flatMap(({ environment, identity }) =>
      identity === undefined || !names.has(environment.name) ? [] : [identity.groupName],
    ),
  );
  return [...forms, ...others.filter((name) => !forms.some((form) => name.endsWith(form.slice(1)))).sort()];
}

/** Entities and groups get no policies: roles have them. */
function addIdentity(policy: ProvisionerDocument, groups: readonly string[]): void {
  const deniedParameters = ['policies'];
  policy.addStatement({
    path: 'identity/entity',
    capabilities: ['create', 'update'],
    reason: 'Entities and groups of tenants, without policies.',
    deniedParameters,
  });
  policy.addStatement({ path: 'identity/entity/id/+', capabilities: owned, deniedParameters });
  policy.addStatement({
    path: 'identity/group',
    capabilities: ['create', 'update'],
    // An id would choose a group whatever its name.
    deniedParameters: [...deniedParameters, 'id'],
    allowedValues: { name: groups, '*': [] },
  });
  policy.addStatement({ path: 'identity/group/id/+', capabilities: owned, deniedParameters });
  policy.addPaths('identity', {
    'entity/name/+': ['read'],
    'group/name/+': ['read'],
    'entity-alias': ['create', 'update'],
    'entity-alias/id/+': owned,
    'lookup/entity': ['update'],
  });
}

interface Method {
  readonly mountPath: string;
  readonly type: MountedType;
}

function methodsOf({ authMethods }: Cluster, environments: readonly Environment[]): Method[] {
  const own = environments.map((environment) => environment.appRoleMount).filter((mount) => mount !== appRoleMount);
  return [
    ...[appRoleMount, ...own].map((mountPath): Method => ({ mountPath, type: 'approle' })),
    ...authMethods.map(({ mountPath, type }): Method => ({ mountPath, type })),
  ];
}

function addRoles(policy: ProvisionerDocument, limits: RoleLimits, methods: readonly Method[]): void {
  policy.addStatement({
    path: 'auth/token/roles/+',
    capabilities: owned,
    reason: 'Roles of auth methods; their settings and SecretIDs are out of reach.',
    ...limits.tokenRoles,
  });
  for (const { mountPath, type } of methods) {
    // Identity refers to the accessor of the mount.
    policy.addPaths(`sys/mounts/auth/${mountPath}`, { '': ['read'] });
    const path = `auth/${mountPath}/${type === 'ldap' ? 'groups' : 'role'}/+`;
    policy.addStatement({ path, capabilities: owned, ...limits.of(type) });
    if (type === 'approle') policy.addPaths(`auth/${mountPath}`, { 'role/+/role-id': ['read', 'update'] });
  }
}
