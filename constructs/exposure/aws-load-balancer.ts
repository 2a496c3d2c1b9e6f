import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1';
import { Construct } from 'constructs';

import type { Exposure } from '../../model/cluster/kubernetes/exposure';
import type { Labels } from '../../model/cluster/kubernetes/parts';
import { healthCodes } from '../../model/health';
import { serverPorts } from '../kubernetes/ports';
import type { ServerContext } from '../kubernetes/server-part';
import { activePath } from '../server/health';
import { clientAddress } from './client-address';

export interface AwsLoadBalancerProps {
  readonly context: ServerContext;
  readonly exposure: Extract<Exposure, { readonly controller: 'aws-nlb' }>;
}

const list = (values: Labels): string =>
  Object.entries(values)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');

const activeCodes = Object.entries(healthCodes).flatMap(([code, state]) => (state === 'active' ? [code] : []));

/**
 * A network load balancer that the AWS Load Balancer Controller creates and that forwards TCP to pods. All servers are targets, and its health
 * check selects the active one, because AWS takes minutes to register a new target.
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/
 */
export class AwsLoadBalancer extends Construct {
  constructor(scope: Construct, id: string, { context, exposure }: AwsLoadBalancerProps) {
    super(scope, id);
    const { name, server, labels, podLabels, dependsOn } = context;
    const settings: Labels = {
      type: 'external',
      'nlb-target-type': 'ip',
      scheme: exposure.scheme,
      'healthcheck-protocol': 'HTTPS',
      'healthcheck-port': String(serverPorts.clients),
      'healthcheck-path': activePath(),
      'healthcheck-success-codes': activeCodes.join(','),
      'healthcheck-interval': '5',
      'healthcheck-timeout': '4',
      'healthcheck-healthy-threshold': '2',
      'healthcheck-unhealthy-threshold': '2',
      // The addresses in all zones forward to the one healthy target.
      attributes: list({ 'load_balancing.cross_zone.enabled': 'true' }),
      'target-group-attributes': list({
        'preserve_client_ip.enabled': 'true',
        // Clients of a server that is no longer active reconnect.
        'deregistration_delay.timeout_seconds': '30',
        'deregistration_delay.connection_termination.enabled': 'true',
      }),
    };
    const annotations = Object.entries(settings).map(([key, value]) => [
      `service.beta.kubernetes.io/aws-load-balancer-${key}`,
      value,
    ]);
    new ServiceV1(this, 'Resource', {
      metadata: {
        name: `${name}-${exposure.controller}`,
        namespace: server.namespace,
        labels: { ...labels },
        annotations: { ...(Object.fromEntries(annotations) as Labels), ...exposure.annotations },
      },
      spec: {
        type: 'LoadBalancer',
        selector: { ...podLabels },
        loadBalancerSourceRanges: [...exposure.sourceRanges],
        // The targets are pods, not node ports.
        allocateLoadBalancerNodePorts: false,
        port: [
          {
            name: 'https',
            protocol: 'TCP',
            port: clientAddress(context).port,
            targetPort: String(serverPorts.clients),
          },
        ],
      },
      waitForLoadBalancer: false,
      dependsOn,
    });
  }
}
