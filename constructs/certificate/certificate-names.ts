import { activeService, peerService, standbyService } from '../../model/names';
import type { ServerContext } from '../kubernetes/server-part';

/** Whose names they are. */
export type NamedServers = Pick<ServerContext, 'cluster' | 'server' | 'name'>;

/** Host of the cluster's address: the name that clients outside verify, and that every certificate of the servers holds. */
export const clientHost = ({ cluster }: Pick<NamedServers, 'cluster'>): string =>
  // An address of IPv6 stands in brackets in a URL, and nowhere else.
  new URL(cluster.address).hostname.replace(/^\[(.*)\]$/, '$1');

/**
 * Every name by which somebody reaches the servers: clients outside, those in this Kubernetes through the Services, servers
 * each other as pods, and people who are in a pod or forward a port. DNS names, and addresses among them.
 */
export function certificateNames({ cluster, server }: NamedServers): string[] {
  const { namespace } = server;
  const services = [activeService(cluster), standbyService(cluster), peerService(cluster)].flatMap((service) => [
    service,
    `${service}.${namespace}`,
    `${service}.${namespace}.svc`,
    `${service}.${namespace}.svc.cluster.local`,
  ]);
  const pods = [
    `*.${peerService(cluster)}.${namespace}.svc`,
    `*.${peerService(cluster)}.${namespace}.svc.cluster.local`,
  ];
  return [...new Set([clientHost({ cluster }), ...services, ...pods, 'localhost', '127.0.0.1'])];
}

/** Secret with `tls.crt`, `tls.key` and, unless it comes from elsewhere, `ca.crt`. */
export function certificateSecret({ server: { certificate }, name }: NamedServers): string {
  return certificate.kind === 'secret' ? certificate.secret : `${name}-tls`;
}
