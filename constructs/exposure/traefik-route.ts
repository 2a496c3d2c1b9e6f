import { Construct } from 'constructs';

import type { Exposure } from '../../model/cluster/kubernetes/exposure';
import { activeService } from '../../model/names';
import { CustomObject } from '../kubernetes/custom-object';
import { serverPorts } from '../kubernetes/ports';
import type { ServerContext } from '../kubernetes/server-part';
import { namedClientAddress } from './client-address';

export interface TraefikRouteProps {
  readonly context: ServerContext;
  readonly exposure: Extract<Exposure, { readonly controller: 'traefik' }>;
}

/**
 * Traefik passes TLS on to the active server, by the name that clients ask for.
 * @see https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/crd/tcp/ingressroutetcp/
 */
export class TraefikRoute extends Construct {
  /** @throws PlatformError `construct` if the cluster's address holds no name */
  constructor(scope: Construct, id: string, { context, exposure }: TraefikRouteProps) {
    super(scope, id);
    const { name, cluster, server, labels, dependsOn } = context;
    const { host, port } = namedClientAddress(context);
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
          // A route has to lead somewhere, even if nothing gets that far.
          services: [{ kind: 'TraefikService', name: 'noop@internal' }],
        },
      ],
    });
  }
}
