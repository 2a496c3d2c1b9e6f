import { peerService } from '../../model/names';
import type { ServerContext } from '../kubernetes/server-part';

/** The monitored servers. */
export type WatchedServers = Pick<ServerContext, 'cluster' | 'server' | 'name'>;

/** Label selector of a metric, `{namespace="…",…}`. */
type Selector = string;

const selector = (labels: Readonly<Record<string, string>>): Selector =>
  `{${Object.entries(labels)
    .map(([name, value]) => `${name}="${value}"`)
    .join(',')}}`;

/** Selects metrics of the servers: Prometheus labels them with the namespace and, as job, the Service. */
export const ofServers = ({ cluster, server }: WatchedServers): Selector =>
  selector({ namespace: server.namespace, job: peerService(cluster) });

/** Selects metrics of kube-state-metrics about the servers' pods. */
export const ofPods = ({ server, name }: WatchedServers): Selector =>
  `{namespace="${server.namespace}",pod=~"${name}-[0-9]+"}`;

/** Selects metrics of kube-state-metrics about the CronJob of backups. */
export const ofBackup = ({ server, name }: WatchedServers): Selector =>
  selector({ namespace: server.namespace, cronjob: `${name}-backup` });

/** A metric of cert-manager about the servers' certificate, whether or not Prometheus honours the labels of cert-manager. */
export const ofCertificate = (metric: string, { server, name }: WatchedServers): string =>
  ['namespace', 'exported_namespace']
    .map((label) => `${metric}${selector({ name, [label]: server.namespace })}`)
    .join(' or ');

/**
 * The number of leases. Only the active server counts them. A formerly active server still reports its last count, so the count is multiplied
 * by `vault_core_active`, which is 0 there.
 *
 * @param at for example `offset 1d`
 */
export function leases(servers: WatchedServers, at = '', metric = 'vault_expire_num_leases'): string {
  const of = ofServers(servers);
  const when = at === '' ? '' : ` ${at}`;
  const each = (series: string): string => `max by (pod) (${series}${of}${when})`;
  return `max(${each(metric)} * on (pod) ${each('vault_core_active')})`;
}
