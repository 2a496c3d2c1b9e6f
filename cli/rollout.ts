import type { ReplicaPhase } from '../local/replica/step';
import { readInventory } from '../model/read';
import { auditPreflight } from '../operations/rollout/audit-preflight';
import { blockers, replacementOrder } from '../operations/rollout/order';
import { Rollout } from '../operations/rollout/rollout';
import type { ServerPods } from '../operations/rollout/server-pods';
import type { Context } from './context';
import { deployedCluster, kubectlOf } from './deployed-cluster';
import { runPhases } from './phases';
import { columns } from './table';

export interface RolloutOptions {
  /** Whether to only print what would be done. */
  readonly plan: boolean;
  /** Minutes to wait for one server. */
  readonly timeout: number;
}

/**
 * `platform rollout <cluster>`: replaces pods of older revisions than the one applied last.
 *
 * @param options with `plan` nothing is changed, and the exit code is 2 if a pod would be replaced
 */
export async function rollout(context: Context, name: string, { plan, timeout }: RolloutOptions): Promise<void> {
  const cluster = deployedCluster(readInventory(context.inventoryDirectory), name);
  const kubectl = kubectlOf(context, cluster);
  const operation = new Rollout({ kubectl, cluster, timeoutSeconds: timeout * 60 });
  const state = await operation.inspect();
  const count = replacementOrder(state).length;
  const devices = count > 0 ? await auditPreflight(kubectl, cluster) : [];
  process.stdout.write(`${describePlan(name, state, devices)}\n`);
  if (plan) {
    if (count > 0) process.exitCode = 2;
    return;
  }
  if (count === 0 && blockers(state).length === 0) return;
  const started = performance.now();
  announceResume();
  await runPhases(phasesOf(operation, count));
  process.stdout.write(`\ndone in ${((performance.now() - started) / 1000).toFixed(0)} s\n`);
}

/**
 * Servers to replace, in order, and what must hold before that.
 *
 * @param auditDevices of the new configuration
 */
export function describePlan(cluster: string, state: ServerPods, auditDevices: readonly string[] = []): string {
  const order = replacementOrder(state);
  const waits = blockers(state, order[0]).map((reason) => `  first: ${reason}`);
  const which = `${state.pods.length} servers are of revision ${state.revision ?? ''}`;
  if (order.length === 0 && waits.length === 0) return `${cluster}: all ${which}, nothing to do`;
  const lines = order.map(({ name, active, problem }, index) => [
    `${index + 1}`,
    name,
    problem ?? (active ? 'active: a standby takes over' : 'standby'),
  ]);
  return [
    order.length === 0
      ? `${cluster}: all ${which}, but not all of them are ready`
      : `${cluster}: ${order.length} of ${state.pods.length} servers are replaced by revision ${state.revision ?? ''}`,
    ...(lines.length > 0 ? [columns(lines)] : []),
    ...auditDevices.map((device) => `  audit: ${device}; the first new server that becomes active removes any other`),
    ...waits,
  ].join('\n');
}

/** The next pod is chosen when its turn comes, because the leader may change. */
function phasesOf(operation: Rollout, count: number): ReplicaPhase[] {
  const servers: ReplicaPhase = {
    title: 'Servers',
    concurrency: 1,
    steps: () =>
      Array.from({ length: count }, (_, index) => ({
        title: `${index + 1} of ${count}`,
        run: async (progress) => {
          const replaced = await operation.replaceNext(progress);
          if (replaced === undefined) return { text: 'no server left to replace', changed: false };
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
          return { text: `${pods.length} ready, revision ${revision ?? ''}`, changed: false };
        },
      },
    ],
  };
  return count === 0 ? [cluster] : [servers, cluster];
}

function announceResume(): void {
  process.once('SIGINT', () => {
    // The list of steps exits the process; this is printed below its last output.
    process.once('exit', () => {
      process.exitCode = 130;
      process.stderr.write('\ninterrupted; no cleanup is needed: run it again to continue\n');
    });
  });
}
