import type { Cluster } from '../../model/cluster/cluster';
import type { Environment } from '../../model/environment/environment';
import { PlatformError } from '../../model/errors';
import type { Inventory } from '../../model/inventory';
import { enginesStack, platformStack, teamStack } from '../../model/names';
import type { Tenant, TenantEnvironment } from '../../model/tenant/tenant';
import { unknownName } from '../../model/unknown-name';

/** A tenant in one of the environments that a replica has. */
export interface ReplicaTenant {
  readonly tenant: Tenant;
  readonly settings: TenantEnvironment;
}

/** The parts of a replica of some environments. */
export interface ReplicaScope {
  readonly cluster: Cluster;
  /** The requested environments. */
  readonly environments: readonly Environment[];
  /** Every environment of the cluster, for the policy of the provisioner. */
  readonly clusterEnvironments: readonly Environment[];
  readonly tenants: readonly ReplicaTenant[];
  /** Names of the stacks, in the order in which they are applied; the stacks of one list can be applied concurrently. */
  readonly stacks: {
    readonly platform: readonly string[];
    readonly engines: readonly string[];
    readonly teams: readonly string[];
  };
}

/**
 * Finds the stacks that make up some environments: their own, the platform of their cluster, and the engines of other
 * environments that a tenant was granted access to.
 *
 * @throws PlatformError `usage` for unknown names, and for environments of more than one cluster
 */
export function replicaScope(inventory: Inventory, names: readonly string[]): ReplicaScope {
  const environments = findEnvironments(inventory.environments, names);
  const [first] = environments;
  const clusters = new Set(environments.map(({ cluster }) => cluster.name));
  if (first === undefined || clusters.size > 1) {
    throw new PlatformError('usage', [
      {
        message: 'the environments of a replica must be of one cluster',
        given:
          environments.map(({ inventoryName, cluster }) => `${inventoryName} (${cluster.name})`).join(', ') ||
          'no environment',
        fix: 'start them separately',
      },
    ]);
  }
  const { cluster } = first;
  const wanted = new Set(environments.map(({ name }) => name));
  const tenants = inventory.tenants.flatMap((tenant) =>
    tenant.environments
      .filter(({ environment }) => wanted.has(environment.name))
      .map((settings) => ({ tenant, settings })),
  );
  const granted = tenants.flatMap(({ settings }) =>
    settings.policies.flatMap(({ grants }) =>
      grants.flatMap((grant) => (grant.type === 'documents' ? [grant.environment] : [])),
    ),
  );
  return {
    cluster,
    environments,
    clusterEnvironments: inventory.environments.filter((environment) => environment.cluster.name === cluster.name),
    tenants,
    stacks: {
      platform: [platformStack(cluster)],
      engines: unique([...environments, ...granted].map(enginesStack)),
      teams: unique(tenants.map(({ tenant, settings }) => teamStack(settings.environment, tenant.team))),
    },
  };
}

/** The environments of these names, each once. @throws PlatformError `usage` with every name that is unknown */
export function findEnvironments(environments: readonly Environment[], names: readonly string[]): Environment[] {
  const byName = new Map(environments.map((environment) => [environment.inventoryName, environment]));
  const known = [...byName.keys()];
  const unknown = names.filter((name) => !byName.has(name));
  if (unknown.length > 0) {
    throw new PlatformError(
      'usage',
      unknown.map((given) => unknownName({ message: 'unknown environment', given, known })),
    );
  }
  return unique(names).map((name) => byName.get(name)!);
}

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];
