import { PlatformError } from './errors';
import type { Cluster, CustomPolicy, Dialect, Environment, Inventory, TenantEnvironment } from './inventory';
import { listNames, nearest } from './rules/nearest';
import { show } from './rules/show';

/**
 * The same inventory with one cluster running the other server program, for trying an environment on both.
 *
 * @throws PlatformError with the code `usage` when there is no such cluster
 */
export function withDialect(inventory: Inventory, clusterName: string, dialect: Dialect): Inventory {
  const names = inventory.clusters.map(({ name }) => name);
  if (!names.includes(clusterName)) {
    const meant = nearest(clusterName, names);
    const mend = meant === undefined ? 'name one of these' : `write \`${meant}\``;
    const problem = { message: 'unknown cluster', given: show(clusterName), allowed: listNames(names), mend };
    throw new PlatformError('usage', [problem]);
  }
  const clusters = new Map(
    inventory.clusters.map((cluster) => [cluster, cluster.name === clusterName ? { ...cluster, dialect } : cluster]),
  );
  const environments = new Map(
    inventory.environments.map((old) => [old, { ...old, cluster: replaced<Cluster>(clusters, old.cluster) }]),
  );
  const environmentFor = (old: Environment): Environment => replaced<Environment>(environments, old);
  const inPolicy = (policy: CustomPolicy): CustomPolicy => ({
    ...policy,
    grants: policy.grants.map((grant) => ({ ...grant, environment: environmentFor(grant.environment) })),
  });
  const inTenant = (old: TenantEnvironment): TenantEnvironment => ({
    ...old,
    environment: environmentFor(old.environment),
    policies: old.policies.map(inPolicy),
  });
  return {
    clusters: [...clusters.values()],
    environments: [...environments.values()],
    tenants: inventory.tenants.map((tenant) => ({ ...tenant, environments: tenant.environments.map(inTenant) })),
  };
}

/** What stands for an object in the new inventory; one that is not in it, as tests make them, stays as it is. */
const replaced = <T>(replacements: ReadonlyMap<T, T>, old: T): T => replacements.get(old) ?? old;
