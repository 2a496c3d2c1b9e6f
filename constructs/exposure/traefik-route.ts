import { Construct } from 'constructs';

import type { Exposure } from '../../model/cluster/kubernetes/exposure';
import { activeService } from '../../model/names';
import { CustomObject } from '../kubernetes/custom-object';
import { serverPorts } from '../kubernetes/ports';
import type { ServerContext } from '../kubernetes/server-part';
import { validateProps } from '../validate-props';
import { clientAddress, dnsNameRule } from './client-address';

export interface TraefikRouteProps {
  readonly context: ServerContext;
  readonly exposure: Extract<Exposure, { readonly controller: 'traefik' }>;
}

/**
 * Traefik that passes TLS through to the active server, by server name (SNI).
 * @see https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/crd/tcp/ingressroutetcp/
 */
export class TraefikRoute extends Construct {
  /** @throws PlatformError `construct` if the cluster's address has no DNS name */
  constructor(scope: Construct, id: string, props: TraefikRouteProps) {
    super(scope, id);
    validateProps(this, props, [dnsNameRule]);
    const { context, exposure } = props;
    const { name, cluster, server, labels, dependsOn } = context;
    const { host, port } = clientAddress(context);
    const object = (objectId: string, kind: string, objectName: string, spec: Record<string, unknown>): void => {
      new CustomObject(this, objectId, {
        apiVersion: 'traefik.io/v1alpha1',
        kind,
        definition: `${kind.toLowerCase()}s.traefik.io`,
        name: objectName,
        namespace: server.namespace,
        labels,
        spec,
        needs: 'Traefik with its custom resource definitions',
        dependsOn,
      });
    };

    object('route', 'IngressRouteTCP', name, {
      entryPoints: [exposure.entryPoint],
      routes: [
        {
          match: `HostSNI(\`${host}\`)`,
          services: [{ name: activeService(cluster), port: serverPorts.clients }],
        },
      ],
      tls: { passthrough: true },
    });
    if (exposure.redirectEntryPoint === undefined) return;
    const middleware = `${name}-to-https`;
    object('to-https', 'Middleware', middleware, {
      redirectScheme: { scheme: 'https', permanent: true, ...(port !== 443 && { port: String(port) }) },
    });
    object('redirect', 'IngressRoute', `${name}-redirect`, {
      entryPoints: [exposure.redirectEntryPoint],
      routes: [
        {
          kind: 'Rule',
          match: `Host(\`${host}\`)`,
          middlewares: [{ name: middleware }],
          // A route requires a service, even if the middleware answers every request.
          services: [{ kind: 'TraefikService', name: 'noop@internal' }],
        },
      ],
    });
  }
}
