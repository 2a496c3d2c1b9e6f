import { peerService } from '../../model/names';
import type { ServerContext } from '../kubernetes/server-part';

/** Whose metrics they are. */
export type WatchedServers = Pick<ServerContext, 'cluster' | 'server' | 'name'>;

/** Labels that a metric is selected by, `{namespace="…",…}`. */
type Selector = string;

const selector = (labels: Readonly<Record<string, string>>): Selector =>
  `{${Object.entries(labels)
    .map(([name, value]) => `${name}="${value}"`)
    .join(',')}}`;

/** What Prometheus puts on everything that it reads from these servers: their namespace, and as job the Service that it finds them by. */
export const ofServers = ({ cluster, server }: WatchedServers): Selector =>
  selector({ namespace: server.namespace, job: peerService(cluster) });

/** What kube-state-metrics says of the servers' pods. */
export const ofPods = ({ server, name }: WatchedServers): Selector =>
  `{namespace="${server.namespace}",pod=~"${name}-[0-9]+"}`;

/** What kube-state-metrics says of the CronJob that makes backups. */
export const ofBackup = ({ server, name }: WatchedServers): Selector =>
  selector({ namespace: server.namespace, cronjob: `${name}-backup` });

/** What cert-manager says of the servers' certificate, whether or not Prometheus lets it name the namespace itself. */
export const ofCertificate = (metric: string, { server, name }: WatchedServers): string =>
  ['namespace', 'exported_namespace']
    .map((label) => `${metric}${selector({ name, [label]: server.namespace })}`)
    .join(' or ');

/**
 * The number of leases. Only the active server counts them, but one that was active before still tells its last count: times 0,
 * since it knows that it is not active any more.
 *
 * @param at for example `offset 1d`
 */
export function leases(servers: WatchedServers, at = '', metric = 'vault_expire_num_leases'): string {
  const of = ofServers(servers);
  const when = at === '' ? '' : ` ${at}`;
  const each = (series: string): string => `max by (pod) (${series}${of}${when})`;
  return `max(${each(metric)} * on (pod) ${each('vault_core_active')})`;
}
