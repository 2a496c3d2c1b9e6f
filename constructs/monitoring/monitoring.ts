import { ConfigMapV1 } from '@cdktf/provider-kubernetes/lib/config-map-v1';
import { Construct } from 'constructs';

import type { Monitoring } from '../../model/cluster/kubernetes/monitoring';
import type { Labels } from '../../model/cluster/kubernetes/parts';
import { certificateSecret, clientHost } from '../../model/server-names';
import { CustomObject } from '../kubernetes/custom-object';
import type { ServerContext } from '../kubernetes/server-part';
import { alertRules } from './alerts';
import { dashboard } from './dashboard';

export interface ServerMonitoringProps {
  readonly context: ServerContext;
  readonly monitoring: Monitoring;
}

/** Short enough to show takeovers. */
const scrapeInterval = '15s';

/**
 * Monitoring of a cluster: a ServiceMonitor, alerting rules and a dashboard. Prometheus scrapes every server, including sealed ones, over TLS
 * and through the Service of the peers. NetworkPolicies control the access to the metrics.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/
 */
export class ServerMonitoring extends Construct {
  constructor(scope: Construct, id: string, { context, monitoring }: ServerMonitoringProps) {
    super(scope, id);
    if (monitoring.serviceMonitor) {
      this.operatorObject('service-monitor', context, monitoring, 'ServiceMonitor', {
        // Without the component, all three Services would match, and Prometheus would scrape each server three times.
        selector: { matchLabels: { ...selected(context), 'app.kubernetes.io/component': 'peers' } },
        endpoints: [endpoint(context)],
      });
    }
    if (monitoring.rules) {
      this.operatorObject('rules', context, monitoring, 'PrometheusRule', {
        groups: [{ name: `${context.name}-${context.cluster.name}`, rules: alertRules(context) }],
      });
    }
    if (monitoring.dashboardLabels !== undefined) this.dashboard(context, monitoring.dashboardLabels);
  }

  private operatorObject(
    id: string,
    context: ServerContext,
    monitoring: Monitoring,
    kind: string,
    spec: Readonly<Record<string, unknown>>,
  ): void {
    new CustomObject(this, id, {
      apiVersion: 'monitoring.coreos.com/v1',
      kind,
      definition: `${kind.toLowerCase()}s.monitoring.coreos.com`,
      name: context.name,
      namespace: context.server.namespace,
      labels: { ...context.labels, ...monitoring.labels },
      needs: 'the Prometheus operator',
      dependsOn: context.dependsOn,
      spec,
    });
  }

  private dashboard(context: ServerContext, labels: Labels): void {
    const { cluster, name, server } = context;
    new ConfigMapV1(this, 'dashboard', {
      metadata: {
        name: `${name}-dashboard`,
        namespace: server.namespace,
        labels: { ...context.labels, ...labels },
      },
      data: { [`${name}-${cluster.name}.json`]: `${JSON.stringify(dashboard(context), null, 2)}\n` },
      dependsOn: context.dependsOn,
    });
  }
}

const selected = ({ podLabels }: ServerContext): Labels =>
  Object.fromEntries(Object.entries(podLabels).filter(([label]) => label !== 'app.kubernetes.io/component'));

/** Prometheus verifies the certificate's authority, and the host of the cluster's address, which every certificate contains. */
const endpoint = (context: ServerContext): object => ({
  port: 'metrics',
  scheme: 'https',
  path: '/v1/sys/metrics',
  params: { format: ['prometheus'] },
  interval: scrapeInterval,
  tlsConfig: {
    ca: { secret: { name: certificateSecret(context), key: 'ca.crt' } },
    serverName: clientHost(context),
  },
});
