import type { Labels } from '../../model/cluster/kubernetes/parts';
import type { Placement, Toleration } from '../../model/cluster/kubernetes/placement';

/** Which nodes pods may run on, and how they keep away from each other: a node and a zone may be lost. */
export function placementBlocks(placement: Placement, podLabels: Labels): object {
  const matchLabels = { ...podLabels };
  const sameNode = { topologyKey: 'kubernetes.io/hostname', labelSelector: [{ matchLabels }] };
  return {
    ...nodeBlocks(placement),
    affinity: {
      podAntiAffinity:
        placement.separateNodes === 'required'
          ? { requiredDuringSchedulingIgnoredDuringExecution: [sameNode] }
          : { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: sameNode }] },
    },
    topologySpreadConstraint: [
      {
        maxSkew: 1,
        topologyKey: 'topology.kubernetes.io/zone',
        whenUnsatisfiable: placement.separateZones === 'required' ? 'DoNotSchedule' : 'ScheduleAnyway',
        labelSelector: [{ matchLabels }],
      },
    ],
  };
}

/** Which nodes pods may run on. */
export const nodeBlocks = ({ nodeSelector, tolerations }: Placement): object => ({
  ...(Object.keys(nodeSelector).length > 0 && { nodeSelector: { ...nodeSelector } }),
  ...(tolerations.length > 0 && { toleration: tolerations.map(toleration) }),
});

export const toleration = ({ key, value, effect }: Toleration): object => ({
  key,
  ...(value === undefined ? { operator: 'Exists' } : { operator: 'Equal', value }),
  ...(effect !== undefined && { effect }),
});
