import type { ReplicaPhase } from '../local/replica/replica';
import { readInventory } from '../model/read';
import { blockers, replacementOrder } from '../operations/rollout/order';
import { Rollout } from '../operations/rollout/rollout';
import type { ServerPods } from '../operations/rollout/server-pods';
import type { Context } from './context';
import { deployedCluster, kubectlOf } from './deployed-cluster';
import { runPhases } from './phases';
import { columns } from './table';

export interface RolloutOptions {
  /** Whether to say only what would be done. */
  readonly plan: boolean;
  /** Minutes to wait for one server. */
  readonly timeout: number;
}

/**
 * `platform rollout <cluster>`: replaces pods by those of the revision that was applied last.
 *
 * @param options with `plan` nothing is changed, and the process ends with 2 if there is something to do
 */
export async function rollout(context: Context, name: string, { plan, timeout }: RolloutOptions): Promise<void> {
  const cluster = deployedCluster(readInventory(context.inventoryDirectory), name);
  const operation = new Rollout({ kubectl: kubectlOf(context, cluster), cluster, timeoutSeconds: timeout * 60 });
  const state = await operation.inspect();
  const count = replacementOrder(state).length;
  process.stdout.write(`${describePlan(name, state)}\n`);
  if (plan) {
    if (count > 0) process.exitCode = 2;
    return;
  }
  if (count === 0 && blockers(state).length === 0) return;
  const started = performance.now();
  sayHowToGoOn();
  await runPhases(phasesOf(operation, count));
  process.stdout.write(`\ndone in ${((performance.now() - started) / 1000).toFixed(0)} s\n`);
}

/** What is to be replaced, in order, and what is waited for before that. */
export function describePlan(cluster: string, state: ServerPods): string {
  const order = replacementOrder(state);
  const waits = blockers(state, order[0]).map((reason) => `  first: ${reason}`);
  const which = `${state.pods.length} servers are of revision ${state.revision ?? ''}`;
  if (order.length === 0 && waits.length === 0) return `${cluster}: all ${which}, nothing to do`;
  const lines = order.map(({ name, active, problem }, index) => [
    `${index + 1}`,
    name,
    problem ?? (active ? 'active: another server takes over from it' : 'standby'),
  ]);
  return [
    order.length === 0
      ? `${cluster}: all ${which}, and not all of them serve`
      : `${cluster}: ${order.length} of ${state.pods.length} servers are to be replaced by revision ${state.revision ?? ''}`,
    ...(lines.length > 0 ? [columns(lines)] : []),
    ...waits,
  ].join('\n');
}

/** Which pod is next shows only when its turn comes: leaders change. */
function phasesOf(operation: Rollout, count: number): ReplicaPhase[] {
  const servers: ReplicaPhase = {
    title: 'Servers',
    concurrency: 1,
    steps: () =>
      Array.from({ length: count }, (_, index) => ({
        title: `${index + 1} of ${count}`,
        run: async (progress) => {
          const replaced = await operation.replaceNext(progress);
          if (replaced === undefined) return { text: 'none is left', changed: false };
          const { name, seconds, successor } = replaced;
          const takeover = successor === undefined ? '' : `, ${successor} is active`;
          return { text: `${name} was replaced in ${seconds} s${takeover}`, changed: true };
        },
      })),
  };
  const cluster: ReplicaPhase = {
    title: 'Cluster',
    concurrency: 1,
    steps: () => [
      {
        title: 'all servers',
        run: async (progress) => {
          const { pods, revision } = await operation.settle(progress);
          return { text: `${pods.length} serve, of revision ${revision ?? ''}`, changed: false };
        },
      },
    ],
  };
  return count === 0 ? [cluster] : [servers, cluster];
}

function sayHowToGoOn(): void {
  process.once('SIGINT', () => {
    // The list of steps ends the process; it is to say this below what it shows last.
    process.once('exit', () => {
      process.exitCode = 130;
      process.stderr.write('\ninterrupted; nothing has to be cleaned up: run it again, and it goes on from here\n');
    });
  });
}
