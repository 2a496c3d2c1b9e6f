import { IngressV1 } from '@cdktf/provider-kubernetes/lib/ingress-v1';
import { Construct } from 'constructs';

import type { Exposure } from '../../model/cluster/kubernetes/exposure';
import type { Labels } from '../../model/cluster/kubernetes/parts';
import { activeService } from '../../model/names';
import { serverPorts } from '../kubernetes/ports';
import type { ServerContext } from '../kubernetes/server-part';
import { validateProps, type PropsRule } from '../validate-props';
import { clientAddress, dnsNameRule, type ClientAddress } from './client-address';

type IngressExposure = Extract<Exposure, { readonly ingressClass: string }>;

/** Annotations of a controller. `always`: it redirects HTTP in any case. */
interface ControllerAnnotations {
  readonly passthrough: Labels;
  readonly redirect: ((address: ClientAddress) => Labels) | 'always';
}

const annotationsOf: Readonly<Record<IngressExposure['controller'], ControllerAnnotations>> = {
  /** @see https://www.haproxy.com/documentation/kubernetes-ingress/ingress-configuration-reference/ */
  haproxy: {
    passthrough: { 'haproxy.org/ssl-passthrough': 'true' },
    // The default is the port in its pod, 8443.
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
      // If the controller was started without passthrough, it at least uses TLS to the servers.
      'nginx.ingress.kubernetes.io/backend-protocol': 'HTTPS',
    },
    redirect: () => ({ 'nginx.ingress.kubernetes.io/force-ssl-redirect': 'true' }),
  },
};

export interface PassthroughIngressProps {
  readonly context: ServerContext;
  readonly exposure: IngressExposure;
}

const rules: readonly PropsRule<PassthroughIngressProps>[] = [
  dnsNameRule,
  ({ exposure: { controller, redirect } }) =>
    annotationsOf[controller].redirect === 'always' && !redirect
      ? {
          message: `${controller} always redirects HTTP if it passes TLS through`,
          given: 'redirect: false',
          allowed: 'redirect: true',
          fix: 'remove `redirect`',
        }
      : undefined,
];

/** An Ingress whose controller passes TLS through to the active server, by server name (SNI). It has no `tls` section. */
export class PassthroughIngress extends Construct {
  /** @throws PlatformError `construct` if the cluster's address has no DNS name, or if a redirect is disabled that cannot be */
  constructor(scope: Construct, id: string, props: PassthroughIngressProps) {
    super(scope, id);
    validateProps(this, props, rules);
    const { context, exposure } = props;
    const { name, cluster, server, labels, dependsOn } = context;
    const address = clientAddress(context);
    const { passthrough, redirect } = annotationsOf[exposure.controller];
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
