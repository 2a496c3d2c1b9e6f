import type { ServerPod, ServerPods } from './server-pods';

/**
 * The pods that are to be replaced, in order: those that serve nobody anyhow, then the standbys, the active one last, so that
 * whoever takes over from it is of the new revision already and the service moves once.
 */
export function replacementOrder({ pods }: Pick<ServerPods, 'pods'>): readonly ServerPod[] {
  const rank = ({ active, problem }: ServerPod): number => (active ? 2 : problem === undefined ? 1 : 0);
  // Of equals the highest number first, as Kubernetes does it.
  return pods
    .filter(({ current, ending }) => !current && !ending)
    .toReversed()
    .toSorted((a, b) => rank(a) - rank(b));
}

/**
 * Why no pod may be ended now: a server that does not serve, or no or two leaders. Empty if one may.
 *
 * @param except the one that is to be ended: nothing is expected of it
 */
export function blockers({ replicas, revision, pods }: ServerPods, except?: ServerPod): readonly string[] {
  const active = pods.filter((pod) => pod.active).map(({ name }) => name);
  return [
    ...(revision === undefined ? ['Kubernetes has not taken note of the last change yet'] : []),
    ...pods.flatMap(({ name, problem }) =>
      problem === undefined || name === except?.name ? [] : [`${name} ${problem}`],
    ),
    ...(pods.length < replicas ? [`${pods.length} of ${replicas} pods are there`] : []),
    ...(active.length === 0 ? ['no server is active'] : []),
    ...(active.length > 1 ? [`${active.join(' and ')} are both labelled active`] : []),
  ];
}
