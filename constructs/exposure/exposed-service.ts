import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1';
import { Construct } from 'constructs';

import type { Exposure } from '../../model/cluster/kubernetes/exposure';
import { dialects } from '../../model/dialect';
import { serverPorts } from '../kubernetes/ports';
import type { ServerContext } from '../kubernetes/server-part';
import { clientAddress } from './client-address';

export interface ExposedServiceProps {
  readonly context: ServerContext;
  readonly exposure: Extract<Exposure, { readonly controller: 'load-balancer' | 'node-port' }>;
}

/**
 * The active server behind a load balancer of the cloud, or on a port of its node. Client addresses are preserved
 * (`externalTrafficPolicy: Local`), so that NetworkPolicies can match them. A load balancer finds the node of the active server with the
 * health check port of the Service.
 */
export class ExposedService extends Construct {
  constructor(scope: Construct, id: string, { context, exposure }: ExposedServiceProps) {
    super(scope, id);
    const { name, cluster, server, labels, podLabels, dependsOn } = context;
    const balanced = exposure.controller === 'load-balancer';
    new ServiceV1(this, 'Resource', {
      metadata: {
        name: `${name}-${exposure.controller}`,
        namespace: server.namespace,
        labels: { ...labels },
        ...(balanced && { annotations: { ...exposure.annotations } }),
      },
      spec: {
        type: balanced ? 'LoadBalancer' : 'NodePort',
        selector: { ...podLabels, [`${dialects[cluster.dialect].labelPrefix}-active`]: 'true' },
        externalTrafficPolicy: 'Local',
        ...(balanced && { loadBalancerSourceRanges: [...exposure.sourceRanges] }),
        port: [
          {
            name: 'https',
            protocol: 'TCP',
            port: clientAddress(context).port,
            targetPort: String(serverPorts.clients),
            ...(!balanced && exposure.nodePort !== undefined && { nodePort: exposure.nodePort }),
          },
        ],
      },
      waitForLoadBalancer: false,
      dependsOn,
    });
  }
}
