import pc from 'picocolors';

import type { ClusterStatus } from '../local/cluster/status';
import type { Context } from './context';
import { knownClusters } from './known-clusters';
import { columns } from './table';

/** `platform status`: nodes, seal and storage of every embedded cluster; exits with 1 if one that runs has no active node, or if none runs. */
export async function status(context: Context, { json }: { readonly json: boolean }): Promise<void> {
  const known = await knownClusters(context);
  const states = await Promise.all(known.map(async ({ name, cluster }) => ({ name, ...(await cluster.status()) })));
  if (json) {
    process.stdout.write(`${JSON.stringify(states, null, 2)}\n`);
  } else if (states.length === 0) {
    process.stdout.write('no embedded cluster\n  fix: npm start\n');
  } else {
    const isOnly = states.length === 1;
    process.stdout.write(`${states.map((state) => describeStatus(state, isOnly)).join('\n\n')}\n`);
  }
  if (!areServing(states)) process.exitCode = 1;
}

/** Whether a cluster runs, and every one that runs has an active node. */
export function areServing(states: readonly ClusterStatus[]): boolean {
  const running = states.filter(isRunning);
  return running.length > 0 && running.every(({ active }) => active !== undefined);
}

/** A cluster that was stopped with `npm stop` has no process. */
const isRunning = ({ nodes, storage }: ClusterStatus): boolean =>
  [...nodes, storage].some(({ pid }) => pid !== undefined);

/** @param isOnly whether there is no other cluster with servers of the same names */
export function describeStatus(state: ClusterStatus & { readonly name: string }, isOnly: boolean): string {
  const colour = (health: string): string =>
    health === 'active' ? pc.green(health) : ['standby', 'stopped'].includes(health) ? health : pc.red(health);
  const process = (pid: number | undefined): string => (pid === undefined ? pc.dim('not running') : `pid ${pid}`);
  const { seal, storage } = state;
  const connections = storage.connections && `${storage.connections.used} of ${storage.connections.max} connections`;
  return [
    pc.bold(state.name),
    columns([
      ...state.nodes.map(({ name, address, health, version = '', pid }) => [
        isOnly ? name : `${state.name}/${name}`,
        address,
        colour(health),
        version,
        process(pid),
      ]),
      ['storage', storage.address, storage.type, connections ?? '', process(storage.pid)],
      ...(state.keysMissing ? [['unseal keys', pc.red('the file is missing: put it back')]] : []),
      ['seal', seal === undefined ? pc.dim('unknown') : `${seal.type}, ${seal.threshold} of ${seal.shares} shares`],
    ]),
  ].join('\n');
}
