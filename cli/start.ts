import type { ClusterPorts } from '../local/cluster/layout';
import { withDialect } from '../local/replica/adapt';
import { Replica } from '../local/replica/replica';
import { replicaScope } from '../local/replica/scope';
import type { Dialect } from '../model/dialect';
import { PlatformError } from '../model/errors';
import { readInventory } from '../model/read';
import type { Context } from './context';
import { isServerName } from './find-part';
import { runPhases } from './phases';
import { describeReplica } from './replica-summary';
import { startServer } from './single-server';

export interface StartOptions {
  /** @default - that of the cluster in the inventory */
  readonly dialect?: Dialect;
  /** First port of the servers. @default - free ones */
  readonly port?: number;
}

/**
 * `npm start -- [name …]`: {@link start} of environments, or {@link startServer}. The inventory refuses environments with the name of a
 * server.
 *
 * @throws PlatformError `usage` for a server together with other names or options
 */
export async function startNamed(context: Context, names: readonly string[], options: StartOptions): Promise<void> {
  const [server] = names.filter(isServerName);
  if (server === undefined) {
    await start(context, names, options);
    return;
  }
  if (names.length > 1 || Object.keys(options).length > 0) {
    throw new PlatformError('usage', [
      {
        message: 'a server is started alone, with the program and the port that it has',
        given: [...names, ...Object.keys(options).map((name) => `--${name}`)].join(' '),
        fix: `npm run platform -- start ${server}`,
      },
    ]);
  }
  await startServer(context, server);
}

/** `npm start -- [environment …]`: starts a replica and prints how to use it. */
async function start(context: Context, environments: readonly string[], options: StartOptions): Promise<void> {
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
