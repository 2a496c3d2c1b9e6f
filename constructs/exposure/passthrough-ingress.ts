import { IngressV1 } from '@cdktf/provider-kubernetes/lib/ingress-v1';
import { Construct } from 'constructs';

import type { Exposure } from '../../model/cluster/kubernetes/exposure';
import type { Labels } from '../../model/cluster/kubernetes/parts';
import { activeService } from '../../model/names';
import { serverPorts } from '../kubernetes/ports';
import type { ServerContext } from '../kubernetes/server-part';
import { refuse } from '../refuse';
import { type ClientAddress, namedClientAddress } from './client-address';

type IngressExposure = Extract<Exposure, { readonly ingressClass: string }>;

/** What each controller calls it. A redirection that is not listed cannot be switched on, or off. */
interface ControllerAnnotations {
  readonly passthrough: Labels;
  readonly redirect: ((address: ClientAddress) => Labels) | 'always';
}

const annotationsOf: Readonly<Record<IngressExposure['controller'], ControllerAnnotations>> = {
  /** @see https://www.haproxy.com/documentation/kubernetes-ingress/ingress-configuration-reference/ */
  haproxy: {
    passthrough: { 'haproxy.org/ssl-passthrough': 'true' },
    // Its own default is the port inside its pod, 8443.
    redirect: ({ port }) => ({ 'haproxy.org/ssl-redirect': 'true', 'haproxy.org/ssl-redirect-port': String(port) }),
  },
  /** @see https://haproxy-ingress.github.io/docs/configuration/keys/#ssl-passthrough */
  'haproxy-ingress': {
    passthrough: { 'haproxy-ingress.github.io/ssl-passthrough': 'true' },
    redirect: 'always',
  },
  /** @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#ssl-passthrough */
  nginx: {
    passthrough: {
      'nginx.ingress.kubernetes.io/ssl-passthrough': 'true',
      // If the controller was started without passthrough, TLS at least goes on to the servers.
      'nginx.ingress.kubernetes.io/backend-protocol': 'HTTPS',
    },
    redirect: () => ({ 'nginx.ingress.kubernetes.io/force-ssl-redirect': 'true' }),
  },
};

export interface PassthroughIngressProps {
  readonly context: ServerContext;
  readonly exposure: IngressExposure;
}

/** An Ingress whose controller passes TLS on to the active server, by the name that clients ask for. It has no `tls` of its own. */
export class PassthroughIngress extends Construct {
  /** @throws PlatformError `construct` if the cluster's address holds no name, or its controller always redirects and must not */
  constructor(scope: Construct, id: string, { context, exposure }: PassthroughIngressProps) {
    super(scope, id);
    const { name, cluster, server, labels, dependsOn } = context;
    const address = namedClientAddress(context);
    const { passthrough, redirect } = annotationsOf[exposure.controller];
    if (redirect === 'always' && !exposure.redirect) {
      refuse({
        message: `cluster ${cluster.name}: ${exposure.controller} always redirects HTTP when it passes TLS through`,
        given: 'redirect: false',
        fix: 'leave `redirect` out',
      });
    }
    new IngressV1(this, 'Resource', {
      metadata: {
        name,
        namespace: server.namespace,
        labels: { ...labels },
        annotations: {
          ...passthrough,
          ...(exposure.redirect && redirect !== 'always' && redirect(address)),
        },
      },
      spec: {
        ingressClassName: exposure.ingressClass,
        rule: [
          {
            host: address.host,
            http: {
              path: [
                {
                  path: '/',
                  pathType: 'Prefix',
                  backend: { service: { name: activeService(cluster), port: { number: serverPorts.clients } } },
                },
              ],
            },
          },
        ],
      },
      waitForLoadBalancer: false,
      dependsOn,
    });
  }
}
