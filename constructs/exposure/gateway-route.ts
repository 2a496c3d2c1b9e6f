import { Construct } from 'constructs';

import type { Exposure, GatewayListener } from '../../model/cluster/kubernetes/exposure';
import { activeService } from '../../model/names';
import { CustomObject } from '../kubernetes/custom-object';
import { serverPorts } from '../kubernetes/ports';
import type { ServerContext } from '../kubernetes/server-part';
import { validateProps } from '../validate-props';
import { clientAddress, dnsNameRule } from './client-address';

export interface GatewayRouteProps {
  readonly context: ServerContext;
  readonly exposure: Extract<Exposure, { readonly controller: 'gateway' }>;
}

const parent = ({ name, namespace, section }: GatewayListener): object => ({
  name,
  namespace,
  ...(section !== undefined && { sectionName: section }),
});

/**
 * A Gateway that passes TLS through to the active server, by server name (SNI). Its listener needs protocol TLS, mode Passthrough, and
 * `allowedRoutes` that include the servers' namespace.
 * @see https://gateway-api.sigs.k8s.io/guides/tls/
 */
export class GatewayRoute extends Construct {
  /** @throws PlatformError `construct` if the cluster's address has no DNS name */
  constructor(scope: Construct, id: string, props: GatewayRouteProps) {
    super(scope, id);
    validateProps(this, props, [dnsNameRule]);
    const { context, exposure } = props;
    const { name, cluster, server, labels, dependsOn } = context;
    const { host, port } = clientAddress(context);
    const common = { namespace: server.namespace, labels, dependsOn };
    new CustomObject(this, 'route', {
      ...common,
      apiVersion: `gateway.networking.k8s.io/${exposure.apiVersion}`,
      kind: 'TLSRoute',
      definition: 'tlsroutes.gateway.networking.k8s.io',
      name,
      needs: `definitions of the Gateway API that serve TLSRoute ${exposure.apiVersion}, or set another \`apiVersion\``,
      spec: {
        parentRefs: [parent(exposure.gateway)],
        hostnames: [host],
        rules: [{ backendRefs: [{ name: activeService(cluster), port: serverPorts.clients }] }],
      },
    });
    if (exposure.redirect === undefined) return;
    new CustomObject(this, 'redirect', {
      ...common,
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      definition: 'httproutes.gateway.networking.k8s.io',
      name: `${name}-redirect`,
      needs: 'the definitions of the Gateway API',
      spec: {
        parentRefs: [parent(exposure.redirect)],
        hostnames: [host],
        rules: [
          {
            filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', port, statusCode: 301 } }],
          },
        ],
      },
    });
  }
}
