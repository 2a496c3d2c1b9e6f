import pc from 'picocolors';

import type { ClusterStatus } from '../local/cluster/status';
import type { Context } from './context';
import { knownClusters } from './stop';
import { columns } from './table';

/** `platform status`: nodes, seal and storage of every embedded cluster; exits with 1 unless one of them has an active node. */
export async function status(context: Context, { json }: { readonly json: boolean }): Promise<void> {
  const known = await knownClusters(context);
  const states = await Promise.all(known.map(async ({ name, cluster }) => ({ name, ...(await cluster.status()) })));
  if (json) {
    process.stdout.write(`${JSON.stringify(states, null, 2)}\n`);
  } else if (states.length === 0) {
    process.stdout.write('no embedded cluster\n  fix: npm start\n');
  } else {
    process.stdout.write(`${states.map(describeStatus).join('\n\n')}\n`);
  }
  if (!states.some(({ active }) => active !== undefined)) process.exitCode = 1;
}

function describeStatus(state: ClusterStatus & { readonly name: string }): string {
  const colour = (health: string): string =>
    health === 'active' ? pc.green(health) : health === 'standby' ? health : pc.red(health);
  const process = (pid: number | undefined): string => (pid === undefined ? pc.dim('not running') : `pid ${pid}`);
  const { seal, storage } = state;
  const connections = storage.connections && `${storage.connections.used} of ${storage.connections.max} connections`;
  return [
    pc.bold(state.name),
    columns([
      ...state.nodes.map(({ name, address, health, version = '', pid }) => [
        name,
        address,
        colour(health),
        version,
        process(pid),
      ]),
      ['storage', storage.address, storage.type, connections ?? '', process(storage.pid)],
      ['seal', seal === undefined ? pc.dim('unknown') : `${seal.type}, ${seal.threshold} of ${seal.shares} shares`],
    ]),
  ].join('\n');
}
