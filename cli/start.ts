import type { ClusterPorts } from '../local/cluster/layout';
import { withDialect } from '../local/replica/adapt';
import { Replica } from '../local/replica/replica';
import { replicaScope } from '../local/replica/scope';
import type { Dialect } from '../model/dialect';
import { readInventory } from '../model/read';
import type { Context } from './context';
import { runPhases } from './phases';
import { describeReplica } from './replica-summary';

export interface StartOptions {
  /** @default - that of the cluster in the inventory */
  readonly dialect?: Dialect;
  /** First port of the servers. @default - free ones */
  readonly port?: number;
}

/** `npm start -- [environment …]`: starts a replica and prints how to use it. */
export async function start(context: Context, environments: readonly string[], options: StartOptions): Promise<void> {
  const started = performance.now();
  const written = readInventory(context.inventoryDirectory);
  const { cluster } = replicaScope(written, environments);
  const dialect = options.dialect ?? cluster.dialect;
  const inventory = withDialect(written, cluster.name, dialect);
  const scope = replicaScope(inventory, environments);
  const replica = new Replica({
    inventory,
    scope,
    dialect,
    home: context.home,
    toolbox: context.toolbox,
    environment: context.environment,
    ...(options.port !== undefined && { ports: portsFrom(options.port) }),
  });
  const changed = await replica.cluster.exclusively(() => runPhases(replica.phases()));
  const status = await replica.cluster.status();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(
    `\n${describeReplica({ scope, replica, status })}\n\n${changed ? 'done in' : 'no changes,'} ${seconds} s\n`,
  );
}

function portsFrom(first: number): ClusterPorts {
  return {
    api: [first, first + 2, first + 4],
    cluster: [first + 1, first + 3, first + 5],
    postgresql: first + 6,
  };
}
