import { dialects } from '../../model/dialect';
import { leases, ofBackup, ofCertificate, ofPods, ofServers, type WatchedServers } from './selectors';

/** An alerting rule of Prometheus. */
export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  /** Duration of the condition before the alert fires. */
  readonly for: string;
  readonly labels: { readonly severity: 'critical' | 'warning' };
  readonly annotations: { readonly summary: string; readonly description: string; readonly runbook: string };
}

/** Thresholds of the alerts. */
export const thresholds = {
  /** Takeovers that revoke this many expired leases were tested. Fewer leases raise no alert. */
  leases: 10_000,
  /** Maximum growth of the number of leases in a day, as a factor. */
  leaseGrowth: 1.5,
  /** Mean time of a read from PostgreSQL; typically 1 ms or less. */
  readMilliseconds: 100,
  /** Mean time of a write, which waits for the disk; typically 10 ms or less. */
  writeMilliseconds: 500,
  /** Restarts of a pod's containers in an hour. */
  restarts: 2,
  /** Maximum delay of a certificate renewal and of a backup. */
  lateSeconds: 3600,
} as const;

/** Runbook with a heading for each alert. */
const runbook = 'docs/guides/operations-kubernetes.md';

interface Alert {
  /** Suffix of the name, `VaultSealed`, and heading in the runbook, `#sealed`. */
  readonly name: string;
  readonly severity: 'critical' | 'warning';
  readonly expression: string;
  readonly for: string;
  /** What happened; followed by the name of the cluster. */
  readonly summary: string;
  /** Consequences. */
  readonly description: string;
}

/**
 * Alerting rules of a cluster. `critical`: requests fail now or soon; `warning`: no impact yet. The rules use metrics of the servers, of
 * kube-state-metrics and of cert-manager. The servers' metrics are the same in both dialects and begin with `vault`.
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

/** Number of series, 0 if there are none. */
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
      description: 'All requests fail. A takeover takes seconds, so this one will not complete without help.',
    },
    {
      name: 'SeveralLeaders',
      severity: 'critical',
      expression: `${count(active)} > 1`,
      for: '1m',
      summary: 'More than one server is active',
      description:
        'Only one server holds the lock of the storage. Writes of the others may be lost or overwrite newer ones.',
    },
    {
      name: 'Sealed',
      severity: 'warning',
      // A server that got its name when it was unsealed has an older series with the value 0.
      expression: `max by (pod) (vault_core_unsealed${of}) == 0`,
      for: '2m',
      summary: '{{ $labels.pod }} is sealed',
      description:
        'It cannot become active. It stays sealed until an operator unseals it, or until its seal can be reached again.',
    },
    {
      name: 'ServersMissing',
      severity: 'warning',
      expression: `${count(`up${of} == 1`)} < ${servers.server.replicas}`,
      for: '5m',
      summary: 'Only {{ $value }} servers answer Prometheus',
      description: `Expected: ${servers.server.replicas}. A server that does not answer is down, or Prometheus does not trust its certificate.`,
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
      description: 'The server refuses every request that no audit device can log.',
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
      description: `More than ${leaseGrowth} times as many as a day ago. A client logs in repeatedly or does not revoke its leases. After a takeover, the server revokes all leases that expired in the meantime.`,
    },
    {
      name: 'IrrevocableLeases',
      severity: 'warning',
      expression: `${leases(servers, '', 'vault_expire_num_irrevocable_leases')} > 0`,
      for: '15m',
      summary: '{{ $value }} leases cannot be revoked',
      description: 'The credentials that were issued with them, such as database or cloud accounts, stay valid.',
    },
    {
      name: 'Restarting',
      severity: 'warning',
      expression: `sum by (pod) (increase(kube_pod_container_status_restarts_total${ofPods(servers)}[1h])) > ${restarts}`,
      for: '0m',
      summary: '{{ $labels.pod }} restarts repeatedly',
      description: `More than ${restarts} times in an hour. With a Shamir seal, it is sealed after each restart.`,
    },
  ];
}

/** The servers have no metric for their certificate, only cert-manager has. */
function certificate(servers: WatchedServers): Alert[] {
  if (servers.server.certificate.kind !== 'certManager') return [];
  // 0 if the certificate was never issued.
  const due = `((${ofCertificate('certmanager_certificate_renewal_timestamp_seconds', servers)}) > 0)`;
  return [
    {
      name: 'CertificateNotRenewed',
      severity: 'critical',
      expression: `time() - ${due} > ${thresholds.lateSeconds}`,
      for: '5m',
      summary: 'cert-manager does not renew the servers’ certificate',
      description:
        'It was due {{ $value | humanizeDuration }} ago. When the certificate expires, clients reject the servers.',
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
      // Longer than the duration of a backup.
      for: '4h',
      summary: 'The last backup did not succeed',
      description: 'It started hours ago, and no backup has succeeded since.',
    },
    {
      name: 'BackupLate',
      severity: 'warning',
      expression: `time() - kube_cronjob_next_schedule_time${of} > ${thresholds.lateSeconds}`,
      for: '5m',
      summary: 'The next backup has not started',
      description: 'It was due {{ $value | humanizeDuration }} ago.',
    },
  ];
}
