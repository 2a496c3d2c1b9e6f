import type { Cluster } from './cluster/cluster';
import type { Labels } from './cluster/kubernetes/parts';
import type { KubernetesServer } from './cluster/kubernetes/server';
import { activeService, peerService, serverName, standbyService } from './names';

/** Host names, Secrets and labels of the servers of a cluster on Kubernetes. */
export interface NamedServers {
  readonly cluster: Pick<Cluster, 'name' | 'dialect' | 'address'>;
  readonly server: Pick<KubernetesServer, 'certificate' | 'namespace'>;
}

/** Host of the cluster's address: the name that clients outside verify, and that every certificate of the servers holds. */
export const clientHost = ({ cluster }: Pick<NamedServers, 'cluster'>): string =>
  // Only a URL puts brackets around an IPv6 address.
  new URL(cluster.address).hostname.replace(/^\[(.*)\]$/, '$1');

/**
 * Every name that the servers are reached by: clients outside, clients in this Kubernetes through the Services, servers
 * among each other as pods, and people who are in a pod or forward a port. DNS names and IP addresses.
 */
export function certificateNames({ cluster, server }: NamedServers): string[] {
  const { namespace } = server;
  const domains = [`.${namespace}.svc`, `.${namespace}.svc.cluster.local`];
  const services = [activeService(cluster), standbyService(cluster), peerService(cluster)].flatMap((service) =>
    ['', `.${namespace}`, ...domains].map((domain) => `${service}${domain}`),
  );
  const pods = domains.map((domain) => `*.${peerService(cluster)}${domain}`);
  return [...new Set([clientHost({ cluster }), ...services, ...pods, 'localhost', '127.0.0.1'])];
}

/** Secret with `tls.crt`, `tls.key` and, unless the inventory names the Secret, `ca.crt`. */
export const certificateSecret = ({ cluster, server: { certificate } }: NamedServers): string =>
  certificate.kind === 'secret' ? certificate.secret : `${serverName(cluster)}-tls`;

/** Labels that select everything of a cluster's servers. */
export const serverLabels = (cluster: Pick<Cluster, 'name' | 'dialect'>): Labels => ({
  'app.kubernetes.io/name': serverName(cluster),
  'app.kubernetes.io/instance': cluster.name,
});
