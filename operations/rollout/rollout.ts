import { setTimeout as sleep } from 'node:timers/promises';

import type { DeployedCluster } from '../../model/cluster/cluster';
import { dialects } from '../../model/dialect';
import { PlatformError } from '../../model/errors';
import { showDuration } from '../../model/language/duration';
import type { Kubectl } from '../kubernetes/kubectl';
import { KubernetesRefusal } from '../kubernetes/refusal';
import { blockers, replacementOrder } from './order';
import { readServerPods, type ServerPod, type ServerPods } from './server-pods';

/** Name of the container that runs the server. */
const container = 'server';

export interface RolloutOptions {
  readonly kubectl: Pick<Kubectl, 'evict' | 'exec' | 'list'>;
  readonly cluster: DeployedCluster;
  /** How long to wait for each condition, such as a server that becomes ready or is unsealed. */
  readonly timeoutSeconds: number;
  /** @default - the clock of this machine */
  readonly clock?: Clock;
}

export interface Clock {
  /** Milliseconds. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

const machineClock: Clock = {
  now: () => performance.now(),
  sleep: async (milliseconds) => {
    await sleep(milliseconds);
  },
};

/** A pod that was replaced. */
export interface Replacement {
  readonly name: string;
  readonly seconds: number;
  /** Name of the new active server. @default - the pod was not active */
  readonly successor?: string;
}

/** The command line in a server's container, for that server. On loopback its certificate need not be verified. */
function ownCommandLine({ dialect }: DeployedCluster): string[] {
  const { envPrefix, binary } = dialects[dialect];
  return ['env', `${envPrefix}_SKIP_VERIFY=true`, binary];
}

type Progress = (message: string) => void;

/** Result of a check: what was waited for, or why to wait. */
type Look<T> = { readonly found: T } | { readonly missing: readonly string[] };

/**
 * Replaces a cluster's pods of older revisions, one at a time and only while all others are ready. It keeps no state: after an
 * interruption at any moment, another run continues.
 */
export class Rollout {
  private readonly clock: Clock;

  constructor(private readonly options: RolloutOptions) {
    this.clock = options.clock ?? machineClock;
  }

  /**
   * Reads the current state of the cluster.
   *
   * @throws PlatformError `usage` if it is not deployed, `kubernetes` with fewer than two servers that are ready: replacing one
   * would interrupt the service
   */
  public async inspect(): Promise<ServerPods> {
    const { cluster, kubectl } = this.options;
    let state = await readServerPods(kubectl, cluster);
    if (state.revision === undefined) {
      state = await this.until(
        () => undefined,
        'Kubernetes did not observe the last change',
        (seen) => (seen.revision === undefined ? { missing: blockers(seen) } : { found: seen }),
      );
    }
    const { pods } = state;
    if (pods.filter(({ problem }) => problem === undefined).length >= 2) return state;
    throw new PlatformError('kubernetes', [
      {
        message: `too few servers of ${cluster.name} are ready to replace any`,
        given: pods.map(({ name, problem = 'is ready' }) => `${name} ${problem}`).join('\n') || 'no pods',
        allowed: 'at least two servers that are unsealed and ready',
        fix: 'initialise, unseal or fix the others first',
      },
    ]);
  }

  /**
   * Replaces the next pod, once all others are ready, and waits until the new pod is ready.
   *
   * @returns undefined if none is left
   * @throws PlatformError `kubernetes` if that takes too long
   */
  public async replaceNext(progress: Progress): Promise<Replacement | undefined> {
    const pod = await this.endNext(progress);
    if (pod === undefined) return undefined;
    const begin = this.clock.now();
    const { name, uid } = pod;
    const successor = await this.until(progress, `${name} was replaced but is not ready`, (state) => {
      const reasons = blockers(state);
      const fresh = state.pods.find((each) => each.name === name && each.uid !== uid);
      if (fresh !== undefined && reasons.length === 0) return { found: state.pods.find(({ active }) => active)?.name };
      return { missing: reasons.length > 0 ? reasons : [`${name} is terminating`] };
    });
    return {
      name,
      seconds: Math.round((this.clock.now() - begin) / 1000),
      ...(pod.active && successor !== undefined && { successor }),
    };
  }

  /** Waits until every server is ready. @throws PlatformError `kubernetes` if one has an older revision */
  public async settle(progress: Progress): Promise<ServerPods> {
    const state = await this.until(progress, 'not every server is ready', (pods) => {
      const missing = blockers(pods);
      return missing.length > 0 ? { missing } : { found: pods };
    });
    const old = replacementOrder(state);
    if (old.length === 0) return state;
    throw new PlatformError('kubernetes', [
      {
        message: 'another change was applied while servers were being replaced',
        given: `${old.map(({ name }) => name).join(', ')} of an older revision than ${state.revision ?? ''}`,
        fix: 'run it again',
      },
    ]);
  }

  /** Evicts the next pod as soon as that is allowed. */
  private async endNext(progress: Progress): Promise<ServerPod | undefined> {
    const { kubectl } = this.options;
    let refused: string | undefined;
    return await this.until(progress, 'no server could be replaced', async (state) => {
      const next = replacementOrder(state)[0];
      const missing = blockers(state, next);
      if (missing.length > 0) return { missing };
      if (next === undefined) return { found: undefined };
      try {
        await kubectl.evict(next);
        return { found: next };
      } catch (error) {
        if (!(error instanceof KubernetesRefusal)) throw error;
        // The budget observes a ready pod with a delay; a pod that was replaced meanwhile is checked again.
        if (!['Conflict', 'NotFound', 'TooManyRequests'].includes(error.reason ?? '')) throw error;
        refused = error.said;
        return { missing: [`${next.name} cannot be evicted yet: ${refused}`] };
      }
    });
  }

  /** Checks every second until the condition holds. Also waits for an API server that does not answer. */
  private async until<T>(
    progress: Progress,
    failure: string,
    look: (state: ServerPods) => Look<T> | Promise<Look<T>>,
  ): Promise<T> {
    const { cluster, kubectl, timeoutSeconds } = this.options;
    const deadline = this.clock.now() + timeoutSeconds * 1000;
    for (let last = ''; ; await this.clock.sleep(1000)) {
      let missing: readonly string[];
      try {
        const state = await readServerPods(kubectl, cluster);
        const seen = await look(state);
        if ('found' in seen) return seen.found;
        missing = [...seen.missing, ...(await this.adviceFor(state))];
      } catch (error) {
        if (!(error instanceof KubernetesRefusal) || error.reason !== undefined) throw error;
        missing = [error.said];
      }
      const text = missing.join('; ');
      if (text !== last) progress(`waiting: ${text}`);
      last = text;
      if (this.clock.now() >= deadline) throw this.tooLate(failure, missing);
    }
  }

  /** How to unseal servers that are sealed. */
  private async adviceFor({ pods }: ServerPods): Promise<string[]> {
    const { cluster } = this.options;
    const { namespace, seal } = cluster.server;
    const [first] = pods.filter(({ sealed }) => sealed);
    if (first === undefined) return [];
    if (seal.kind !== 'shamir')
      return [`its seal (${seal.kind}) did not unseal it: kubectl logs -n ${namespace} ${first.name}`];
    const left = await this.sharesLeft(first.name);
    const shares = left === undefined ? '' : ` (${left} more ${left === 1 ? 'share' : 'shares'})`;
    const command = [...ownCommandLine(cluster), 'operator', 'unseal'].join(' ');
    return [`unseal it${shares}: kubectl exec -it -n ${namespace} ${first.name} -c ${container} -- ${command}`];
  }

  private async sharesLeft(pod: string): Promise<number | undefined> {
    const { cluster, kubectl } = this.options;
    try {
      // The exit code for a sealed server is 2.
      const status = [...ownCommandLine(cluster), 'status', '-format=json', '||', 'true'].join(' ');
      const answer = JSON.parse(await kubectl.exec(pod, container, ['sh', '-c', status])) as {
        readonly t: number;
        readonly progress: number;
      };
      return answer.t - answer.progress;
    } catch {
      return undefined;
    }
  }

  private tooLate(failure: string, missing: readonly string[]): PlatformError {
    const { timeoutSeconds, cluster } = this.options;
    return new PlatformError('kubernetes', [
      {
        message: `${failure}, after ${showDuration(timeoutSeconds)}`,
        given: missing.join('\n'),
        fix:
          `fix that (kubectl describe pods and kubectl logs, with -n ${cluster.server.namespace}) and run the command again: it continues from here. ` +
          'If the new revision is faulty, apply the previous one and run the command again.',
      },
    ]);
  }
}
