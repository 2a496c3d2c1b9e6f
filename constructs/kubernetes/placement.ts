import type { Labels } from '../../model/cluster/kubernetes/parts';
import type { Placement, Toleration } from '../../model/cluster/kubernetes/placement';

/** Node selection, and anti-affinity across nodes and zones, so that the loss of one leaves other pods running. */
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

/** Node selection. */
export const nodeBlocks = ({ nodeSelector, tolerations }: Placement): object => ({
  ...(Object.keys(nodeSelector).length > 0 && { nodeSelector: { ...nodeSelector } }),
  ...(tolerations.length > 0 && { toleration: tolerations.map(toleration) }),
});

export const toleration = ({ key, value, effect }: Toleration): object => ({
  key,
  ...(value === undefined ? { operator: 'Exists' } : { operator: 'Equal', value }),
  ...(effect !== undefined && { effect }),
});
