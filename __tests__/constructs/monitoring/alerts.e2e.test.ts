import { serverContext } from '../../../constructs/kubernetes/server-part';
import { alertRules, thresholds } from '../../../constructs/monitoring/alerts';
import { defaultUploadImage } from '../../../model/cluster/kubernetes/images';
import { cluster, kubernetesServer, managedCertificate } from '../../support/inventory/model';
import { Promtool, promtoolMissing, type Firing, type Series } from '../../support/prometheus/promtool';
import { itUnless } from '../../support/skips';

const backup = {
  schedule: '17 3 * * *',
  timeZone: 'Etc/UTC',
  bucket: 'backups',
  prefix: 'nonprod',
  region: 'eu-central-1',
  recipient: '-----BEGIN CERTIFICATE-----',
  uploadImage: defaultUploadImage,
  egress: [],
};
const rules = alertRules(serverContext(cluster(), kubernetesServer({ certificate: managedCertificate, backup })));

const of = (pod: number): string =>
  `{namespace="openbao-nonprod",job="openbao-peers",cluster="nonprod",pod="openbao-${pod}"}`;
const cronJob = '{namespace="openbao-nonprod",cronjob="openbao-backup",job="kube-state-metrics"}';
const restarts =
  'kube_pod_container_status_restarts_total{namespace="openbao-nonprod",container="server",pod="openbao-0"}';
const certificateOf = (label: string): string =>
  `certmanager_certificate_renewal_timestamp_seconds{name="openbao",${label}="openbao-nonprod",job="cert-manager"}`;

/** A value a minute, for a day and an hour; the clock of the series starts at 0. */
const hours = 25;
const steps = hours * 60;
const always = (value: number): string => `${value}x${steps}`;
const growing = (from: number, by: number): string => `${from}+${by}x${steps}`;

/** What three servers tell when all is well: the first is active, the second was before. */
const healthy: Series = {
  ...Object.fromEntries(
    [0, 1, 2].flatMap((pod): [string, string][] => [
      [`up${of(pod)}`, always(1)],
      [`vault_core_unsealed${of(pod)}`, always(1)],
      [`vault_core_active${of(pod)}`, always(pod === 0 ? 1 : 0)],
      ...['get', 'put'].flatMap((operation): [string, string][] => [
        [`vault_postgres_${operation}_count${of(pod)}`, growing(0, 100)],
        [`vault_postgres_${operation}_sum${of(pod)}`, growing(0, 500)],
      ]),
    ]),
  ),
  [`vault_expire_num_leases${of(0)}`]: always(20_000),
  [`vault_expire_num_leases${of(1)}`]: always(500_000),
  [`vault_expire_num_irrevocable_leases${of(0)}`]: always(0),
  [`vault_audit_log_request_failure${of(0)}`]: always(0),
  [`vault_audit_log_response_failure${of(0)}`]: always(0),
  [restarts]: always(1),
  [certificateOf('exported_namespace')]: always(hours * 3600 + 1),
  // One backup was at 0 and took ten minutes, the next one is due in a day and three hours.
  [`kube_cronjob_status_last_schedule_time${cronJob}`]: always(0),
  [`kube_cronjob_status_last_successful_time${cronJob}`]: always(600),
  [`kube_cronjob_next_schedule_time${cronJob}`]: always(27 * 3600),
};

/** A step of a series to another value, after an hour unless said otherwise. */
const after = (before: number, then: number, hour = 1): string => `${before}x${hour * 60 - 1} ${then}x60`;

const promtool = new Promtool();

afterAll(() => promtool.dispose());

const fires = (series: Series, at: string, ...expected: Firing[]): Promise<void> =>
  promtool.expectFiring(rules, { ...healthy, ...series }, at, expected);

const it = itUnless(promtoolMissing(), 'alerts, evaluated by Prometheus itself');

describe('alerts, evaluated by Prometheus itself', () => {
  it('are valid rules for both servers', async () => {
    const vault = serverContext(
      cluster({ dialect: 'vault' }),
      kubernetesServer({ certificate: managedCertificate, backup }),
    );
    await promtool.check(rules);
    await promtool.check(alertRules(vault));
  });

  it('do not fire in normal operation', () => fires({}, '24h'));

  it('fire after a minute without an active server', async () => {
    const none = { [`vault_core_active${of(0)}`]: after(1, 0) };
    await fires(none, '1h');
    await fires(none, '1h2m', { alert: 'OpenBaoNoLeader' });
  });

  it('fire when several servers are active', () =>
    fires({ [`vault_core_active${of(2)}`]: after(0, 1) }, '1h5m', { alert: 'OpenBaoSeveralLeaders' }));

  it('fire for a sealed server, and not for one that was sealed before it had labels', async () => {
    await fires({ [`vault_core_unsealed${of(2)}`]: after(1, 0) }, '1h5m', {
      alert: 'OpenBaoSealed',
      pod: 'openbao-2',
    });
    const nameless = `vault_core_unsealed${of(2).replace('cluster="nonprod",', '')}`;
    await fires({ [nameless]: always(0) }, '1h5m');
  });

  it('fire when a server, or every server, does not answer', async () => {
    await fires({ [`up${of(2)}`]: after(1, 0) }, '1h6m', { alert: 'OpenBaoServersMissing' });
    await promtool.expectFiring(rules, {}, '1h', [{ alert: 'OpenBaoNoLeader' }, { alert: 'OpenBaoServersMissing' }]);
  });

  it('fire when the audit log cannot be written', () =>
    fires({ [`vault_audit_log_response_failure${of(0)}`]: after(0, 3) }, '1h1m', {
      alert: 'OpenBaoAuditFailing',
      pod: 'openbao-0',
    }));

  it.each([
    ['reads', 'get', thresholds.readMilliseconds],
    ['writes', 'put', thresholds.writeMilliseconds],
  ])('say that %s of the storage are slow', (_, operation, threshold) =>
    fires({ [`vault_postgres_${operation}_sum${of(0)}`]: growing(0, (threshold + 10) * 100) }, '1h', {
      alert: 'OpenBaoStorageSlow',
      pod: 'openbao-0',
    }),
  );

  it('fire when many leases have multiplied within a day', async () => {
    const leases = `vault_expire_num_leases${of(0)}`;
    await fires({ [leases]: after(20_000, 40_000, 24) }, '24h30m', { alert: 'OpenBaoLeasesGrowing' });
    await fires({ [leases]: after(20_000, 25_000, 24) }, '24h30m');
    await fires({ [leases]: after(1000, 9000, 24) }, '24h30m');
  });

  it('fire when leases cannot be revoked', () =>
    fires({ [`vault_expire_num_irrevocable_leases${of(0)}`]: after(0, 1) }, '1h30m', {
      alert: 'OpenBaoIrrevocableLeases',
    }));

  it('fire when a pod restarts repeatedly', () =>
    fires({ [restarts]: after(1, 5) }, '1h10m', { alert: 'OpenBaoRestarting', pod: 'openbao-0' }));

  it.each(['namespace', 'exported_namespace'])(
    'say that the certificate is not renewed, found by %s',
    async (label) => {
      const series = { [certificateOf('exported_namespace')]: '_', [certificateOf(label)]: always(2 * 3600) };
      await fires(series, '2h30m');
      await fires(series, '4h', { alert: 'OpenBaoCertificateNotRenewed' });
    },
  );

  it('ignore certificates that were never issued', () =>
    fires({ [certificateOf('exported_namespace')]: always(0) }, '1h'));

  it('fire when a backup failed or none has ever succeeded', async () => {
    const failing = { alert: 'OpenBaoBackupFailing' };
    const begun = { [`kube_cronjob_status_last_schedule_time${cronJob}`]: always(3600) };
    await fires(begun, '3h');
    await fires(begun, '5h', failing);
    await fires({ [`kube_cronjob_status_last_successful_time${cronJob}`]: '_' }, '5h', failing);
  });

  it('fire when no backup starts', () =>
    fires({ [`kube_cronjob_next_schedule_time${cronJob}`]: always(3600) }, '3h', { alert: 'OpenBaoBackupLate' }));
});
