import type { App, TerraformStack } from 'cdktf';

import type { Cluster, DeployedCluster } from '../model/cluster/cluster';
import type { Inventory } from '../model/inventory';
import { enginesStack, platformStack, serverStack, teamStack } from '../model/names';
import { EnginesStack } from './engines-stack';
import { PlatformStack } from './platform-stack';
import type * as serverStackModule from './server-stack';
import { TeamStack, type TeamTenant } from './team-stack';

/** A stack by name, and how to make it. */
export interface StackPlan {
  readonly name: string;
  readonly create: (app: App) => TerraformStack;
}

/**
 * Every stack of the inventory, in an order in which they can be applied: servers, then platforms, engines and teams. Nothing is
 * made before `create` is called, so choosing a few out of thousands costs next to nothing.
 */
export function planStacks(inventory: Inventory): StackPlan[] {
  const { clusters, environments } = inventory;
  return [
    ...clusters.filter(isDeployed).map((cluster) => ({
      name: serverStack(cluster),
      create: (app: App) => new (loadServerStack())(app, { cluster }),
    })),
    ...clusters.map((cluster) => ({
      name: platformStack(cluster),
      create: (app: App) =>
        new PlatformStack(app, {
          cluster,
          environments: environments.filter((environment) => environment.cluster.name === cluster.name),
        }),
    })),
    ...environments.map((environment) => ({
      name: enginesStack(environment),
      create: (app: App) => new EnginesStack(app, { environment }),
    })),
    ...planTeamStacks(inventory),
  ];
}

/** Loaded only where it is needed: what describes pods is larger than everything else together. */
const loadServerStack = (): typeof serverStackModule.ServerStack =>
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  (require('./server-stack') as typeof serverStackModule).ServerStack;

const isDeployed = (cluster: Cluster): cluster is DeployedCluster => cluster.server !== undefined;

function planTeamStacks({ environments, tenants }: Inventory): StackPlan[] {
  // One pass over all tenants; a filter for each environment and team would grow with their product.
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
      create: (app: App) => new TeamStack(app, { environment, team, tenants: share }),
    })),
  );
}
