import type { Construct } from 'constructs';

import type { Exposure } from '../../model/cluster/kubernetes/exposure';
import type { NetworkPeer } from '../../model/cluster/kubernetes/parts';
import type { ServerContext } from '../kubernetes/server-part';
import { AwsLoadBalancer } from './aws-load-balancer';
import { ExposedService } from './exposed-service';
import { GatewayRoute } from './gateway-route';
import { PassthroughIngress } from './passthrough-ingress';
import { TraefikRoute } from './traefik-route';

/** Access to the active server from outside of Kubernetes. TLS is always terminated by the server. */
export interface IExposure {
  /**
   * Creates the objects below `scope`.
   *
   * @returns the peers that connect to the servers, for the NetworkPolicy
   */
  bind(scope: Construct, context: ServerContext): { readonly from: readonly NetworkPeer[] };
}

const cidrs = (ranges: readonly string[]): readonly NetworkPeer[] => ranges.map((cidr) => ({ cidr }));

/** Creates an exposure. To add a kind, write its construct, and add it here and to the inventory's schema. */
export function createExposure(exposure: Exposure): IExposure {
  const by = (
    make: (scope: Construct, context: ServerContext) => unknown,
    from: readonly NetworkPeer[],
  ): IExposure => ({
    bind(scope, context) {
      make(scope, context);
      return { from };
    },
  });
  switch (exposure.controller) {
    case 'haproxy':
    case 'haproxy-ingress':
    case 'nginx':
      return by((scope, context) => new PassthroughIngress(scope, 'ingress', { context, exposure }), exposure.from);
    case 'traefik':
      return by((scope, context) => new TraefikRoute(scope, 'traefik', { context, exposure }), exposure.from);
    case 'gateway':
      return by((scope, context) => new GatewayRoute(scope, 'gateway', { context, exposure }), exposure.from);
    case 'aws-nlb':
      return by(
        (scope, context) => new AwsLoadBalancer(scope, exposure.controller, { context, exposure }),
        cidrs(exposure.sourceRanges),
      );
    case 'load-balancer':
    case 'node-port':
      return by(
        (scope, context) => new ExposedService(scope, exposure.controller, { context, exposure }),
        cidrs(exposure.sourceRanges),
      );
    case 'none':
      return by(() => undefined, []);
  }
}
