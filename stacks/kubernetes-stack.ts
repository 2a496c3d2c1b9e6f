import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import type { Construct } from 'constructs';

import type { StateBackend } from '../model/cluster/state';
import { BaseStack } from './base-stack';

/**
 * A stack that deploys to Kubernetes. The provider reads the kubeconfig in `KUBE_CONFIG_PATH` and uses the context that the inventory names, so
 * that a plan for one cluster cannot be applied to another.
 */
export abstract class KubernetesStack extends BaseStack {
  constructor(scope: Construct, id: string, state: StateBackend, configContext?: string) {
    super(scope, id, state, { name: 'kubernetes', versions: '>= 2.20, < 4' });
    new KubernetesProvider(this, 'kubernetes', { ...(configContext !== undefined && { configContext }) });
  }
}
