import { serverContext } from '../../../constructs/kubernetes/server-part';
import { ServerServices } from '../../../constructs/kubernetes/services';
import { alertRules } from '../../../constructs/monitoring/alerts';
import { dashboard } from '../../../constructs/monitoring/dashboard';
import { ServerMonitoring } from '../../../constructs/monitoring/monitoring';
import type { Cluster } from '../../../model/cluster/cluster';
import type { Monitoring } from '../../../model/cluster/kubernetes/monitoring';
import type { Labels } from '../../../model/cluster/kubernetes/parts';
import type { KubernetesServer } from '../../../model/cluster/kubernetes/server';
import { cluster, kubernetesServer } from '../../support/inventory/model';
import { inKubernetes } from '../../support/kubernetes/kubernetes-run';
import { Template, testApp } from '../../support/template/template';

const all: Monitoring = {
  from: [],
  labels: { release: 'prometheus' },
  serviceMonitor: true,
  rules: true,
  dashboardLabels: { grafana_dashboard: '1' },
};

const contextOf = (server: Partial<KubernetesServer> = {}, over: Partial<Cluster> = {}) =>
  serverContext(cluster(over), kubernetesServer({ monitoring: all, ...server }));

const watched = (monitoring: Monitoring, context = contextOf()): Template =>
  Template.fromStack(
    inKubernetes((scope) => {
      new ServerMonitoring(scope, 'monitoring', { context, monitoring });
    })(testApp()),
  );

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly labels: Labels };
  readonly spec: { readonly selector: { readonly matchLabels: Labels }; readonly endpoints: readonly unknown[] };
}

const manifests = (template: Template): Manifest[] =>
  Object.values(template.resources('kubernetes_manifest')).map(({ manifest }) => manifest as Manifest);

describe('monitoring', () => {
  it('creates only what is set', () => {
    const others: Monitoring = { from: [], labels: all.labels, serviceMonitor: true, rules: true };
    expect(watched({ ...others, serviceMonitor: false, rules: false }).addresses).toEqual([]);
    expect(manifests(watched({ ...others, rules: false })).map(({ kind }) => kind)).toEqual(['ServiceMonitor']);
    expect(manifests(watched({ ...others, serviceMonitor: false })).map(({ kind }) => kind)).toEqual([
      'PrometheusRule',
    ]);
  });

  it('has the labels of the Prometheus operator and of Grafana', () => {
    const template = watched(all);
    for (const { metadata } of manifests(template)) expect(metadata.labels).toMatchObject(all.labels);
    expect(template.resource('kubernetes_config_map_v1')).toMatchObject({
      metadata: { labels: all.dashboardLabels },
    });
  });

  it('scrapes each server once, also sealed ones, and verifies its certificate', () => {
    const context = contextOf({ certificate: { kind: 'selfSigned' } }, { address: 'https://bao.example.com' });
    const template = Template.fromStack(
      inKubernetes((scope) => {
        new ServerServices(scope, 'services', { context });
        new ServerMonitoring(scope, 'monitoring', { context, monitoring: all });
      })(testApp()),
    );
    const monitor = manifests(template).find(({ kind }) => kind === 'ServiceMonitor')!.spec;
    const services = Object.values(template.resources('kubernetes_service_v1')) as {
      metadata: { labels: Labels };
      spec: { port: { name: string; port: number }[]; publish_not_ready_addresses?: boolean };
    }[];
    const selected = services.filter(({ metadata }) =>
      Object.entries(monitor.selector.matchLabels).every(([name, value]) => metadata.labels[name] === value),
    );
    expect(selected).toHaveLength(1);
    expect(selected[0]!.spec.publish_not_ready_addresses).toBe(true);
    expect(selected[0]!.spec.port).toContainEqual(expect.objectContaining({ name: 'metrics', port: 9102 }));
    expect(monitor.endpoints).toEqual([
      expect.objectContaining({
        port: 'metrics',
        scheme: 'https',
        path: '/v1/sys/metrics',
        params: { format: ['prometheus'] },
        tlsConfig: { ca: { secret: { name: 'openbao-tls', key: 'ca.crt' } }, serverName: 'bao.example.com' },
      }),
    ]);
  });
});

describe('alert rules', () => {
  const names = (server: Partial<KubernetesServer> = {}): string[] =>
    alertRules(contextOf(server)).map(({ alert }) => alert);

  it('cover what the cluster has', () => {
    expect(names()).not.toContain('OpenBaoBackupFailing');
    expect(names()).not.toContain('OpenBaoCertificateNotRenewed');
  });

  it('have a summary, a description and a runbook', () => {
    for (const { annotations, labels } of alertRules(contextOf())) {
      expect(annotations.summary).toMatch(/\(OpenBao cluster nonprod\)$/);
      expect(annotations.description).toMatch(/\.$/);
      expect(annotations.runbook).toMatch(/^docs\/guides\/operations-kubernetes\.md#[a-z-]+$/);
      expect(['critical', 'warning']).toContain(labels.severity);
    }
  });

  it('select one cluster only', () => {
    for (const { expr } of alertRules(contextOf())) {
      for (const [, selector] of expr.matchAll(/\{([^}]*)\}/g))
        expect(selector).toContain('namespace="openbao-nonprod"');
    }
  });
});

describe('the dashboard', () => {
  it('has a stable UID within Grafana’s limit', () => {
    const { uid } = dashboard(contextOf());
    expect(dashboard(contextOf({ replicas: 5 })).uid).toBe(uid);
    expect(dashboard(contextOf({}, { name: 'prod' })).uid).not.toBe(uid);
    expect(String(dashboard(contextOf({}, { name: 'n'.repeat(63) })).uid).length).toBeLessThanOrEqual(40);
  });

  it('is JSON without Terraform templates', () => {
    const { data } = watched(all).resource('kubernetes_config_map_v1') as { data: Record<string, string> };
    const [text = ''] = Object.values(data);
    expect(JSON.parse(text)).toEqual(dashboard(contextOf()));
    expect(text).not.toMatch(/[$%]\{/);
  });

  it('has panels that do not overlap, and a query in each', () => {
    const { panels } = dashboard(contextOf()) as {
      panels: { id: number; gridPos: { x: number; y: number; w: number; h: number }; targets: { expr: string }[] }[];
    };
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    for (const { targets } of panels) expect(targets.length).toBeGreaterThan(0);
  });
});
