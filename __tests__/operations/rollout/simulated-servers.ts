import type { KubernetesObject } from '../../../operations/kubernetes/kubectl';
import { KubernetesRefusal } from '../../../operations/kubernetes/refusal';
import type { Clock, RolloutOptions } from '../../../operations/rollout/rollout';

interface Simulated {
  readonly name: string;
  uid: number;
  revision: string;
  state: 'starting' | 'broken' | 'sealed' | 'standby' | 'active';
  /** Seconds at which it has started. */
  startedAt: number;
  /** Whether a server that was killed left its label `active` behind. */
  stale?: boolean;
  /** Seconds at which it is gone. */
  endsAt?: number;
}

/**
 * Three servers on Kubernetes, and time. A pod takes 2 s to end and 3 s to start; a leader that is told to end gives way to
 * another after 1 s. New pods are of the revision `new`.
 */
export class SimulatedServers implements Clock {
  public seconds = 0;
  /** What was ended, in order. */
  public readonly ended: string[] = [];
  /** The fewest servers that served at any moment. */
  public fewestServing = 3;
  /** How a server of the new revision comes up. */
  public comesUp: 'broken' | 'sealed' | 'standby' = 'standby';
  public revision = 'new';
  public updateStrategy = 'OnDelete';
  public observed = true;
  /** Whether the budget forbids every eviction. */
  public budgetSpent = false;
  public reachable = true;
  public readonly pods: Simulated[];

  constructor(revision = 'old') {
    this.pods = [0, 1, 2].map((number) => ({
      name: `openbao-${number}`,
      uid: number,
      revision,
      state: number === 1 ? 'active' : 'standby',
      startedAt: 0,
    }));
  }

  /** Happens at each second. */
  public onSecond: (second: number) => void = () => undefined;

  public now(): number {
    return this.seconds * 1000;
  }

  public sleep(milliseconds: number): Promise<void> {
    for (let second = 0; second < milliseconds / 1000; second += 1) this.pass();
    return Promise.resolve();
  }

  public pod(name: string): Simulated {
    const pod = this.pods.find((each) => each.name === name);
    if (pod === undefined) throw new Error(`there is no ${name}`);
    return pod;
  }

  public get revisions(): string[] {
    return this.pods.map(({ revision }) => revision);
  }

  public get kubectl(): RolloutOptions['kubectl'] {
    return {
      list: <T extends KubernetesObject>() => {
        if (!this.reachable) return Promise.reject(new KubernetesRefusal(undefined, 'no answer', { message: '' }));
        return Promise.resolve(this.objects() as unknown as T[]);
      },
      evict: ({ name, uid }) => {
        const pod = this.pod(name);
        if (String(pod.uid) !== uid) return refuse('Conflict', 'the pod is another');
        if (this.budgetSpent) return refuse('TooManyRequests', "it would violate the pod's disruption budget");
        this.ended.push(name);
        pod.endsAt = this.seconds + 2;
        return Promise.resolve();
      },
      exec: () => Promise.resolve(JSON.stringify({ sealed: true, t: 3, n: 5, progress: 1 })),
    };
  }

  private pass(): void {
    this.seconds += 1;
    for (const pod of this.pods) {
      if (pod.endsAt !== undefined && pod.state === 'active' && pod.endsAt - 1 <= this.seconds) {
        pod.state = 'standby';
        const heir = this.pods.find(({ state, endsAt }) => state === 'standby' && endsAt === undefined);
        if (heir !== undefined) heir.state = 'active';
      }
      if (pod.endsAt !== undefined && pod.endsAt <= this.seconds) {
        const { revision } = this;
        Object.assign(pod, { uid: pod.uid + 10, revision, state: 'starting', startedAt: this.seconds + 3 });
        delete pod.endsAt;
        delete pod.stale;
      }
      if (pod.state === 'starting' && pod.startedAt <= this.seconds) pod.state = this.comesUp;
    }
    const serving = this.pods.filter(({ state, endsAt }) => endsAt === undefined && /active|standby/.test(state));
    this.fewestServing = Math.min(this.fewestServing, serving.length);
    this.onSecond(this.seconds);
  }

  /** As the API server would list them. */
  private objects(): unknown[] {
    const set = {
      kind: 'StatefulSet',
      metadata: { name: 'openbao', generation: 2 },
      spec: { replicas: 3, updateStrategy: { type: this.updateStrategy } },
      status: { observedGeneration: this.observed ? 2 : 1, updateRevision: this.revision },
    };
    return [...this.pods.map(podObject), { kind: 'Pod', metadata: { name: 'openbao-backup-1-x' } }, set];
  }
}

function podObject({ name, uid, revision, state, stale, endsAt }: Simulated): unknown {
  const registered = stale === true || (state !== 'starting' && state !== 'broken');
  const serves = state === 'active' || state === 'standby';
  return {
    kind: 'Pod',
    metadata: {
      name,
      uid: String(uid),
      labels: {
        'controller-revision-hash': revision,
        ...(registered && {
          'openbao-active': String(stale === true || state === 'active'),
          'openbao-initialized': String(state !== 'sealed'),
          'openbao-sealed': String(state === 'sealed'),
        }),
      },
      ...(endsAt !== undefined && { deletionTimestamp: '2026-01-01T00:00:00Z' }),
    },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: serves ? 'True' : 'False' }],
      containerStatuses: [
        { name: 'server', state: state === 'broken' ? { waiting: { reason: 'CrashLoopBackOff' } } : {} },
      ],
    },
  };
}

const refuse = (reason: string, said: string): Promise<never> =>
  Promise.reject(new KubernetesRefusal(reason, said, { message: said }));
