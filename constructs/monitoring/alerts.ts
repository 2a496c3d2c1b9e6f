import { dialects } from '../../model/dialect';
import { leases, ofBackup, ofCertificate, ofPods, ofServers, type WatchedServers } from './selectors';

/** An alert as Prometheus takes it. */
export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  /** How long it has to be so. */
  readonly for: string;
  readonly labels: { readonly severity: 'critical' | 'warning' };
  readonly annotations: { readonly summary: string; readonly description: string; readonly runbook: string };
}

/** From where on a measure is worth an alert. */
export const thresholds = {
  /** A takeover that has to revoke so many expired leases was measured to go well; fewer never hurt. */
  leases: 10_000,
  /** To how many times their number of a day before leases may grow. */
  leaseGrowth: 1.5,
  /** Mean time of a read from PostgreSQL. Usual is 1 ms and less. */
  readMilliseconds: 100,
  /** Mean time of a write, which waits for the disk. Usual is 10 ms and less. */
  writeMilliseconds: 500,
  /** Restarts of a pod's containers in an hour. */
  restarts: 2,
  /** How late cert-manager may be to renew, and a backup to begin. */
  lateSeconds: 3600,
} as const;

/** Page that says what to do, an alert a heading. */
const runbook = 'docs/guides/operations-kubernetes.md';

interface Alert {
  /** Ends its name: `VaultSealed`; and its heading in the guide: `#sealed`. */
  readonly name: string;
  readonly severity: 'critical' | 'warning';
  readonly expression: string;
  readonly for: string;
  /** What is so, with the cluster's name behind it. */
  readonly summary: string;
  /** What follows from it. */
  readonly description: string;
}

/**
 * What people are told about a cluster. `critical`: clients are or will soon be refused; `warning`: nobody notices yet. Each
 * rule uses metrics that the servers of both dialects have, kube-state-metrics or cert-manager: both servers begin
 * theirs with `vault`.
 */
export function alertRules(servers: WatchedServers): AlertRule[] {
  const { title } = dialects[servers.cluster.dialect];
  return [...leadership(servers), ...health(servers), ...certificate(servers), ...backup(servers)].map((alert) => ({
    alert: `${title}${alert.name}`,
    expr: alert.expression,
    for: alert.for,
    labels: { severity: alert.severity },
    annotations: {
      summary: `${alert.summary} (${title} cluster ${servers.cluster.name})`,
      description: alert.description,
      runbook: `${runbook}#${anchorOf(alert.name)}`,
    },
  }));
}

/** `SeveralLeaders` → `several-leaders` */
const anchorOf = (name: string): string => name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();

/** A number even where there is nothing to count. */
const count = (series: string): string => `(count(${series}) or vector(0))`;

function leadership(servers: WatchedServers): Alert[] {
  const of = ofServers(servers);
  const active = `vault_core_active${of} == 1`;
  return [
    {
      name: 'NoLeader',
      severity: 'critical',
      expression: `${count(active)} == 0`,
      for: '1m',
      summary: 'No server is active',
      description: 'Every request is refused. A takeover takes seconds: this one does not come about by itself.',
    },
    {
      name: 'SeveralLeaders',
      severity: 'critical',
      expression: `${count(active)} > 1`,
      for: '1m',
      summary: 'More than one server takes itself for the active one',
      description: 'Storage grants the lock to one. Writes of the others may be lost or overwrite newer ones.',
    },
    {
      name: 'Sealed',
      severity: 'warning',
      // A server that was told its name only when it was unsealed has an old series that says 0.
      expression: `max by (pod) (vault_core_unsealed${of}) == 0`,
      for: '2m',
      summary: '{{ $labels.pod }} is sealed',
      description: 'It cannot take over. It stays sealed until people unseal it, or its seal can be reached again.',
    },
    {
      name: 'ServersMissing',
      severity: 'warning',
      expression: `${count(`up${of} == 1`)} < ${servers.server.replicas}`,
      for: '5m',
      summary: 'Only {{ $value }} servers answer Prometheus',
      description: `There should be ${servers.server.replicas}. One that does not answer cannot take over, or shows a certificate that Prometheus does not accept.`,
    },
  ];
}

function health(servers: WatchedServers): Alert[] {
  const of = ofServers(servers);
  const { readMilliseconds, writeMilliseconds, restarts, leaseGrowth } = thresholds;
  const mean = (operation: string): string =>
    `rate(vault_postgres_${operation}_sum${of}[5m]) / rate(vault_postgres_${operation}_count${of}[5m])`;
  const failures = ['request', 'response'].map((what) => `increase(vault_audit_log_${what}_failure${of}[5m])`);
  return [
    {
      name: 'AuditFailing',
      severity: 'critical',
      expression: `sum by (pod) (${failures.join(' + ')}) > 0`,
      for: '0m',
      summary: '{{ $labels.pod }} cannot write its audit log',
      description: 'A request that no audit device takes note of is refused.',
    },
    {
      name: 'StorageSlow',
      severity: 'warning',
      expression: `${mean('get')} > ${readMilliseconds} or ${mean('put')} > ${writeMilliseconds}`,
      for: '5m',
      summary: '{{ $labels.pod }} waits {{ $value | printf "%.0f" }} ms for its storage',
      description: `The mean of five minutes is over ${readMilliseconds} ms for reads or ${writeMilliseconds} ms for writes. A server that cannot renew its lock in time stops being active.`,
    },
    {
      name: 'LeasesGrowing',
      severity: 'warning',
      expression: `${leases(servers)} > ${thresholds.leases} and ${leases(servers)} > ${leaseGrowth} * ${leases(servers, 'offset 1d')}`,
      for: '15m',
      summary: 'There are {{ $value }} leases',
      description: `More than ${leaseGrowth} times as many as a day ago. A program logs in again and again, or lets its leases lie; a takeover has to revoke all that expire meanwhile.`,
    },
    {
      name: 'IrrevocableLeases',
      severity: 'warning',
      expression: `${leases(servers, '', 'vault_expire_num_irrevocable_leases')} > 0`,
      for: '15m',
      summary: '{{ $value }} leases cannot be revoked',
      description: 'What was given out under them, accounts of databases or clouds, goes on being valid.',
    },
    {
      name: 'Restarting',
      severity: 'warning',
      expression: `sum by (pod) (increase(kube_pod_container_status_restarts_total${ofPods(servers)}[1h])) > ${restarts}`,
      for: '0m',
      summary: '{{ $labels.pod }} restarts again and again',
      description: `More than ${restarts} times in an hour. With a seal of shares, it is sealed after each.`,
    },
  ];
}

/** Only cert-manager tells anybody about certificates; the servers have no measure of their own. */
function certificate(servers: WatchedServers): Alert[] {
  if (servers.server.certificate.kind !== 'certManager') return [];
  // 0 if it was never issued.
  const due = `((${ofCertificate('certmanager_certificate_renewal_timestamp_seconds', servers)}) > 0)`;
  return [
    {
      name: 'CertificateNotRenewed',
      severity: 'critical',
      expression: `time() - ${due} > ${thresholds.lateSeconds}`,
      for: '5m',
      summary: 'cert-manager does not renew the servers’ certificate',
      description:
        'It is due since {{ $value | humanizeDuration }}. When it expires, every client refuses the servers.',
    },
  ];
}

function backup(servers: WatchedServers): Alert[] {
  if (servers.server.backup === undefined) return [];
  const of = ofBackup(servers);
  const begun = `kube_cronjob_status_last_schedule_time${of}`;
  const done = `kube_cronjob_status_last_successful_time${of}`;
  return [
    {
      name: 'BackupFailing',
      severity: 'warning',
      expression: `${begun} unless on (namespace, cronjob) ${done} > ${begun}`,
      // Longer than any backup takes.
      for: '4h',
      summary: 'The last backup did not succeed',
      description: 'It began hours ago, and none has succeeded since.',
    },
    {
      name: 'BackupLate',
      severity: 'warning',
      expression: `time() - kube_cronjob_next_schedule_time${of} > ${thresholds.lateSeconds}`,
      for: '5m',
      summary: 'The next backup does not begin',
      description: 'It should have {{ $value | humanizeDuration }} ago.',
    },
  ];
}
