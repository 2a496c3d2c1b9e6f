import type { DeployedCluster } from '../model/cluster/cluster';
import { PlatformError } from '../model/errors';
import type { Inventory } from '../model/inventory';
import { unknownName } from '../model/unknown-name';
import { Kubectl } from '../operations/kubernetes/kubectl';
import type { Context } from './context';

/** A cluster by its name. @throws PlatformError `usage` if it is unknown or not deployed on Kubernetes */
export function deployedCluster({ clusters }: Inventory, name: string): DeployedCluster {
  const known = clusters.filter(({ server }) => server !== undefined).map((cluster) => cluster.name);
  const cluster = clusters.find((candidate) => candidate.name === name);
  if (cluster?.server !== undefined) return { ...cluster, server: cluster.server };
  const message =
    cluster === undefined ? 'unknown cluster' : 'the servers of this cluster are not deployed by this project';
  const allowed = known.length === 0 ? 'a cluster with platform: kubernetes; the inventory has none' : known.join(', ');
  const fix = 'name a cluster whose file has `platform: kubernetes`';
  throw new PlatformError('usage', [{ fix, ...unknownName({ message, given: name, known, allowed }) }]);
}

/** kubectl for the namespace of the servers, with the context in the inventory. */
export function kubectlOf({ environment }: Context, { server: { namespace, context } }: DeployedCluster): Kubectl {
  return new Kubectl({ namespace, environment, ...(context !== undefined && { context }) });
}
