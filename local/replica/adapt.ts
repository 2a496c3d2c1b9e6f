import { clusterLimits, environmentLimits, tenantLimits, type DialectLimit } from '../../model/checks/dialect-limits';
import type { Cluster } from '../../model/cluster/cluster';
import type { Dialect } from '../../model/dialect';
import type { Environment } from '../../model/environment/environment';
import { PlatformError, type Problem } from '../../model/errors';
import type { Inventory } from '../../model/inventory';
import { listNames, writeNearest } from '../../model/language/nearest';
import { show } from '../../model/language/show';
import type { Grant } from '../../model/tenant/grant';
import type { CustomPolicy } from '../../model/tenant/policy';
import type { TenantEnvironment } from '../../model/tenant/tenant';

/**
 * The same inventory with one cluster running the other server program, for trying an environment on both. How its own
 * servers are deployed is left out: it is written for their program.
 *
 * @throws PlatformError with the code `usage` when there is no such cluster, and when that program cannot do what the
 *   cluster, its environments or their tenants ask for
 */
export function withDialect(inventory: Inventory, clusterName: string, dialect: Dialect): Inventory {
  const adapted = withCluster(inventory, clusterName, (cluster) => ({
    ...(cluster.dialect === dialect ? cluster : withoutServer(cluster)),
    dialect,
  }));
  const problems = [...limitsOf(adapted, clusterName)];
  if (problems.length > 0) throw new PlatformError('usage', problems);
  return adapted;
}

/**
 * The same inventory with one cluster at another address, as a replica of it is: what certificates say about where to ask,
 * and where logins are sent, leads to the replica. How its own servers are deployed is left out: an exposure routes by the host name of
 * the address.
 *
 * @param address `https://host:port`, without a trailing slash
 * @throws PlatformError with the code `usage` when there is no such cluster
 */
export const withAddress = (inventory: Inventory, clusterName: string, address: string): Inventory =>
  withCluster(inventory, clusterName, (cluster) => ({ ...withoutServer(cluster), address }));

function withoutServer(cluster: Cluster): Cluster {
  const { server, ...others } = cluster;
  return server === undefined ? cluster : others;
}

/** Replaces a cluster wherever it is referred to. */
function withCluster(inventory: Inventory, clusterName: string, change: (cluster: Cluster) => Cluster): Inventory {
  const names = inventory.clusters.map(({ name }) => name);
  if (!names.includes(clusterName)) {
    const fix = writeNearest(clusterName, names, 'name one of these');
    const problem = { message: 'unknown cluster', given: show(clusterName), allowed: listNames(names), fix };
    throw new PlatformError('usage', [problem]);
  }
  const clusters = new Map(
    inventory.clusters.map((cluster) => [cluster, cluster.name === clusterName ? change(cluster) : cluster]),
  );
  const environments = new Map(
    inventory.environments.map((old) => [old, { ...old, cluster: replaced<Cluster>(clusters, old.cluster) }]),
  );
  const inTenant = (old: TenantEnvironment): TenantEnvironment => withEnvironments(old, environments);
  return {
    ...inventory,
    clusters: [...clusters.values()],
    environments: [...environments.values()],
    tenants: inventory.tenants.map((tenant) => ({ ...tenant, environments: tenant.environments.map(inTenant) })),
  };
}

/** Replaces environments wherever a tenant refers to them. */
function withEnvironments(
  old: TenantEnvironment,
  environments: ReadonlyMap<Environment, Environment>,
): TenantEnvironment {
  const inGrant = (grant: Grant): Grant =>
    grant.type === 'documents' ? { ...grant, environment: replaced(environments, grant.environment) } : grant;
  const policies = new Map(
    old.policies.map((policy): [CustomPolicy, CustomPolicy] => [
      policy,
      { ...policy, grants: policy.grants.map(inGrant) },
    ]),
  );
  return {
    ...old,
    environment: replaced(environments, old.environment),
    policies: [...policies.values()],
    agents: old.agents.map((agent) => ({ ...agent, policy: replaced(policies, agent.policy) })),
  };
}

/** What the program of a cluster cannot do, by the file that asks for it. */
function* limitsOf(inventory: Inventory, clusterName: string): Generator<Problem> {
  const isInCluster = ({ cluster }: Environment): boolean => cluster.name === clusterName;
  for (const cluster of inventory.clusters.filter(({ name }) => name === clusterName)) {
    yield* inFile(`clusters/${cluster.name}`, clusterLimits(cluster));
  }
  for (const environment of inventory.environments.filter(isInCluster)) {
    yield* inFile(`environments/${environment.inventoryName}`, environmentLimits(environment));
  }
  for (const { team, inventoryName: name, environments } of inventory.tenants) {
    const [settings] = environments.filter(({ environment }) => isInCluster(environment));
    if (settings !== undefined) yield* inFile(`tenants/${team}/${name}`, tenantLimits(settings));
  }
}

const inFile = (file: string, limits: Iterable<DialectLimit>): Problem[] =>
  [...limits].map((limit) => ({ ...limit, file: `inventory/${file}.yaml` }));

/** What stands for an object in the new inventory; one that is not in it, as tests make them, stays as it is. */
const replaced = <T>(replacements: ReadonlyMap<T, T>, old: T): T => replacements.get(old) ?? old;
