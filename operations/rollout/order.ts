import type { ServerPod, ServerPods } from './server-pods';

/**
 * The pods to replace, in order: pods that are not ready, then standbys, then the active one, so that its successor already
 * has the new revision and leadership moves once.
 */
export function replacementOrder({ pods }: Pick<ServerPods, 'pods'>): readonly ServerPod[] {
  const rank = ({ active, problem }: ServerPod): number => (active ? 2 : problem === undefined ? 1 : 0);
  // Among equals the highest ordinal first, as Kubernetes does.
  return pods
    .filter(({ current, ending }) => !current && !ending)
    .toReversed()
    .toSorted((a, b) => rank(a) - rank(b));
}

/**
 * Why no pod can be evicted now: a server that is not ready, or not exactly one leader. Empty if one can.
 *
 * @param except the pod to evict, which need not be ready
 */
export function blockers({ replicas, revision, pods }: ServerPods, except?: ServerPod): readonly string[] {
  const active = pods.filter((pod) => pod.active).map(({ name }) => name);
  return [
    ...(revision === undefined ? ['Kubernetes has not observed the last change yet'] : []),
    ...pods.flatMap(({ name, problem }) =>
      problem === undefined || name === except?.name ? [] : [`${name} ${problem}`],
    ),
    ...(pods.length < replicas ? [`${pods.length} of ${replicas} pods exist`] : []),
    ...(active.length === 0 ? ['no server is active'] : []),
    ...(active.length > 1 ? [`${active.join(' and ')} are both labelled active`] : []),
  ];
}
