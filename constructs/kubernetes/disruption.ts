import { PodDisruptionBudgetV1 } from '@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1';
import { PriorityClassV1 } from '@cdktf/provider-kubernetes/lib/priority-class-v1';
import { Construct } from 'constructs';

import type { ServerContext } from './server-part';

/** Above everything that names no class, below what Kubernetes itself cannot do without (2,000,000,000). */
const priority = 1_000_000;

export interface DisruptionProps {
  readonly context: ServerContext;
}

/** How far the servers are spared: by drains of nodes, and by the scheduler where room is short. */
export class Disruption extends Construct {
  /** PriorityClass of the pods. */
  public readonly priorityClass: string;

  constructor(scope: Construct, id: string, { context }: DisruptionProps) {
    super(scope, id);
    const { name, cluster, server, labels, podLabels, dependsOn } = context;
    // A pod that is not ready counts as gone, one that is sealed too: with one of them no drain takes another.
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
