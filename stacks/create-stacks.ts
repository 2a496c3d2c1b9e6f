import type { App, TerraformStack } from 'cdktf';

import type { Cluster, DeployedCluster } from '../model/cluster/cluster';
import type { Environment } from '../model/environment/environment';
import type { Inventory } from '../model/inventory';
import { enginesStack, platformStack, serverStack, teamStack } from '../model/names';
import type { StackOrigin } from '../model/stack-origin';
import { EnginesStack } from './engines-stack';
import { PlatformStack } from './platform-stack';
import type * as serverStackModule from './server-stack';
import { TeamStack, type TeamTenant } from './team-stack';

/** The name of a stack, and a function that creates it. */
export interface StackPlan {
  readonly name: string;
  readonly origin: StackOrigin;
  readonly create: (app: App) => TerraformStack;
}

/**
 * All stacks of the inventory, in an order in which they can be applied: servers, then platforms, engines and teams. Only `create` creates a
 * stack, so selecting a few out of thousands is cheap.
 */
export function planStacks(inventory: Inventory): StackPlan[] {
  const { clusters, environments, tenants } = inventory;
  return [
    ...clusters.filter(isDeployed).map((cluster) => ({
      name: serverStack(cluster),
      origin: ofCluster(cluster),
      create: (app: App) => new (loadServerStack())(app, { cluster }),
    })),
    ...clusters.map((cluster) => ({
      name: platformStack(cluster),
      origin: ofCluster(cluster),
      create: (app: App) =>
        new PlatformStack(app, {
          cluster,
          environments: environments.filter((environment) => environment.cluster.name === cluster.name),
          tenants,
        }),
    })),
    ...environments.map((environment) => ({
      name: enginesStack(environment),
      origin: ofEnvironment(environment),
      create: (app: App) => new EnginesStack(app, { environment }),
    })),
    ...planTeamStacks(inventory),
  ];
}

const ofCluster = ({ name, dialect }: Cluster): StackOrigin => ({ cluster: name, dialect });

const ofEnvironment = ({ name, cluster }: Environment): StackOrigin => ({ ...ofCluster(cluster), environment: name });

/** Loaded only if needed: the Kubernetes constructs are larger than all others together. */
const loadServerStack = (): typeof serverStackModule.ServerStack =>
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  (require('./server-stack') as typeof serverStackModule).ServerStack;

const isDeployed = (cluster: Cluster): cluster is DeployedCluster => cluster.server !== undefined;

function planTeamStacks({ environments, tenants }: Inventory): StackPlan[] {
  // One pass over all tenants: filtering them for each environment and team would be quadratic.
  const shares = new Map<string, Map<string, TeamTenant[]>>(environments.map(({ name }) => [name, new Map()]));
  for (const tenant of tenants) {
    for (const settings of tenant.environments) {
      const teams = shares.get(settings.environment.name)!;
      const share = teams.get(tenant.team) ?? [];
      teams.set(tenant.team, share);
      share.push({ tenant, settings });
    }
  }
  return environments.flatMap((environment) =>
    [...shares.get(environment.name)!].map(([team, share]) => ({
      name: teamStack(environment, team),
      origin: { ...ofEnvironment(environment), team },
      create: (app: App) => new TeamStack(app, { environment, team, tenants: share }),
    })),
  );
}
