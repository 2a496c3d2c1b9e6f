import type { StartedServer } from '../local/cluster/single-server';
import type { Context } from './context';
import { findServer, type FoundServer } from './find-part';
import { knownClusters } from './known-clusters';

/** `platform start <server>`: starts and unseals a server that was stopped or has exited. */
export async function startServer(context: Context, name: string): Promise<void> {
  const { started, title } = await withServer(context, name, 'start');
  print(title, `${started.changed ? 'started and unsealed' : 'runs already'}; ${started.active} is active`);
}

/** `platform restart <server>`: stops, starts and unseals a server. */
export async function restartServer(context: Context, name: string): Promise<void> {
  const { started, title } = await withServer(context, name, 'restart');
  print(title, `restarted and unsealed; ${started.active} is active`);
}

/** Stops one server; the others go on. */
export async function stopServer({ name, cluster, server }: FoundServer): Promise<void> {
  const { changed, active } = await cluster.exclusively(() => cluster.server(server).stop());
  const consequence =
    active === undefined
      ? `no server of ${name} is active now: nothing answers until you start one\n  fix: npm run platform -- start ${name}/${server}`
      : `${active} is active`;
  print(`${name}/${server}`, `${changed ? 'stopped' : 'was not running'}; ${consequence}`);
}

async function withServer(
  context: Context,
  given: string,
  action: 'restart' | 'start',
): Promise<{ readonly started: StartedServer; readonly title: string }> {
  const known = await knownClusters(context);
  const { name, cluster, server } = findServer(known, given);
  const program = await context.toolbox.server(cluster.dialect, (text) => process.stderr.write(`${text}\n`));
  const started = await cluster.exclusively(() => cluster.server(server)[action](program));
  return { started, title: `${name}/${server}` };
}

const print = (title: string, text: string): void => void process.stdout.write(`${title}: ${text}\n`);
