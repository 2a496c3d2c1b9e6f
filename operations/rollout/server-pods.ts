import type { DeployedCluster } from '../../model/cluster/cluster';
import { dialects } from '../../model/dialect';
import { PlatformError } from '../../model/errors';
import { serverName } from '../../model/names';
import { serverLabels } from '../../model/server-names';
import type { Kubectl, KubernetesObject } from '../kubernetes/kubectl';

/** A server's pod, from Kubernetes and the labels of service registration. */
export interface ServerPod {
  readonly name: string;
  readonly uid: string;
  /** Whether it has the revision that was applied last. */
  readonly current: boolean;
  /** Whether it is terminating. */
  readonly ending: boolean;
  /** Whether it is labelled active and ready: the label of a killed server remains. */
  readonly active: boolean;
  readonly sealed: boolean;
  /** Why it is not ready, for example `is sealed`. @default - it is ready */
  readonly problem?: string;
}

/** All pods of a cluster at one moment. */
export interface ServerPods {
  /** Desired number of pods. */
  readonly replicas: number;
  /** Name of the revision that was applied last. @default - Kubernetes has not observed the last change yet */
  readonly revision?: string;
  /** By ordinal. */
  readonly pods: readonly ServerPod[];
}

interface StatefulSet extends KubernetesObject {
  readonly spec: { readonly replicas?: number; readonly updateStrategy?: { readonly type?: string } };
  readonly status?: { readonly observedGeneration?: number; readonly updateRevision?: string };
}

interface Pod extends KubernetesObject {
  readonly status?: {
    readonly phase?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string }[];
    readonly containerStatuses?: readonly ContainerStatus[];
  };
}

interface ContainerStatus {
  readonly name: string;
  readonly state?: {
    readonly waiting?: { readonly reason?: string; readonly message?: string };
    readonly terminated?: { readonly reason?: string; readonly exitCode?: number };
  };
}

const fixDeployment = (cluster: DeployedCluster): string =>
  `apply ${cluster.name}-server first, and check that KUBECONFIG names the right cluster`;

/** Reads all pods of a cluster in one request. @throws PlatformError `usage` if they are not deployed, or replaced by Kubernetes itself */
export async function readServerPods(kubectl: Pick<Kubectl, 'list'>, cluster: DeployedCluster): Promise<ServerPods> {
  const name = serverName(cluster);
  const { labelPrefix } = dialects[cluster.dialect];
  const found = await kubectl.list('statefulsets,pods', serverLabels(cluster));
  const set = found.find(({ kind, metadata }) => kind === 'StatefulSet' && metadata.name === name) as
    StatefulSet | undefined;
  if (set === undefined) {
    throw new PlatformError('usage', [
      {
        message: `no servers of ${cluster.name} are deployed in this Kubernetes`,
        given: `StatefulSet ${name} in namespace ${cluster.server.namespace}`,
        fix: fixDeployment(cluster),
      },
    ]);
  }
  const { type = 'RollingUpdate' } = set.spec.updateStrategy ?? {};
  if (type !== 'OnDelete') {
    throw new PlatformError('usage', [
      {
        message: `Kubernetes replaces the pods of ${name} itself, in an order that interrupts the service`,
        given: `updateStrategy ${type}`,
        allowed: 'OnDelete',
        fix: fixDeployment(cluster),
      },
    ]);
  }
  const { observedGeneration = 0, updateRevision } = set.status ?? {};
  const known = updateRevision !== undefined && observedGeneration >= (set.metadata.generation ?? 0);
  const number = (pod: KubernetesObject): number => Number(pod.metadata.name.slice(name.length + 1));
  const pods = (found as Pod[])
    .filter(({ kind, metadata }) => kind === 'Pod' && new RegExp(`^${name}-\\d+$`).test(metadata.name))
    .sort((a, b) => number(a) - number(b))
    .map((pod) => serverPod(pod, labelPrefix, updateRevision));
  return { replicas: set.spec.replicas ?? 1, pods, ...(known && { revision: updateRevision }) };
}

function serverPod(pod: Pod, labelPrefix: string, revision: string | undefined): ServerPod {
  const { name, uid = '', labels = {}, deletionTimestamp } = pod.metadata;
  const ending = deletionTimestamp !== undefined;
  const registered = { active: labels[`${labelPrefix}-active`], sealed: labels[`${labelPrefix}-sealed`] };
  const problem = ending ? 'is terminating' : (problemOfPod(pod) ?? problemOfServer(registered) ?? readinessOf(pod));
  return {
    name,
    uid,
    current: labels['controller-revision-hash'] === revision,
    ending,
    active: registered.active === 'true' && problem === undefined,
    sealed: problem === sealed,
    ...(problem !== undefined && { problem }),
  };
}

const sealed = 'is sealed';

/** Why no server runs in the pod. */
function problemOfPod({ status = {} }: Pod): string | undefined {
  const scheduled = status.conditions?.find(({ type }) => type === 'PodScheduled');
  if (scheduled?.status === 'False') return `has no node: ${scheduled.message ?? 'no reason was given'}`;
  for (const { name, state: { waiting, terminated } = {} } of status.containerStatuses ?? []) {
    if (waiting?.reason !== undefined && !['ContainerCreating', 'PodInitializing'].includes(waiting.reason)) {
      return `does not start: ${[name, waiting.reason, waiting.message ?? ''].join(' ').trim()}`;
    }
    if (terminated !== undefined) return `terminated: ${name} with exit code ${terminated.exitCode ?? '?'}`;
  }
  return status.phase === 'Running' ? undefined : 'is starting';
}

function problemOfServer(registered: Readonly<Record<'sealed', string | undefined>>): string | undefined {
  if (registered.sealed === undefined) return 'has not registered with Kubernetes yet';
  // A restarted server is also labelled as not initialised until it is unsealed.
  return registered.sealed === 'true' ? sealed : undefined;
}

const readinessOf = ({ status = {} }: Pod): string | undefined =>
  status.conditions?.some(({ type, status: holds }) => type === 'Ready' && holds === 'True') === true
    ? undefined
    : 'is not ready';
