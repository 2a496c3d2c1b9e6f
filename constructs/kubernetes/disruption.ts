import { PodDisruptionBudgetV1 } from '@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1';
import { PriorityClassV1 } from '@cdktf/provider-kubernetes/lib/priority-class-v1';
import { Construct } from 'constructs';

import type { ServerContext } from './server-part';

/** Above pods without a class (0), below the system classes of Kubernetes (2,000,000,000). */
const priority = 1_000_000;

export interface DisruptionProps {
  readonly context: ServerContext;
}

/** Protects the servers from node drains, and from eviction by the scheduler if resources are short. */
export class Disruption extends Construct {
  /** PriorityClass of the pods. */
  public readonly priorityClass: string;

  constructor(scope: Construct, id: string, { context }: DisruptionProps) {
    super(scope, id);
    const { name, cluster, server, labels, podLabels, dependsOn } = context;
    // A pod that is not ready, for example because it is sealed, counts as unavailable: then no drain evicts another one.
    new PodDisruptionBudgetV1(this, 'budget', {
      metadata: { name, namespace: server.namespace, labels: { ...labels } },
      spec: { maxUnavailable: '1', selector: { matchLabels: { ...podLabels } } },
      dependsOn,
    });
    this.priorityClass = server.placement.priorityClass ?? `${name}-${cluster.name}`;
    if (server.placement.priorityClass !== undefined) return;
    new PriorityClassV1(this, 'priority', {
      metadata: { name: this.priorityClass, labels: { ...labels } },
      description: `Servers of ${cluster.name}: what everything else gets its secrets from`,
      value: priority,
    });
  }
}
