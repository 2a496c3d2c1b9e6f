import { flag, map, optional, type Output } from '../../language/schema';
import { inNamespace, labels, peers } from './parts';

export const monitoring = map({
  from: optional(peers, inNamespace('monitoring')).describe('Pods and networks that may read the metrics.'),
  labels: optional(labels, {}).describe(
    'Labels that the Prometheus operator selects its objects by, such as {release: prometheus}.',
  ),
  serviceMonitor: optional(flag, true).describe('Whether to create a ServiceMonitor.'),
  rules: optional(flag, true).describe('Whether to create alerts, as a PrometheusRule.'),
  dashboardLabels: optional(labels).describe(
    "Labels that Grafana selects dashboards by, such as {grafana_dashboard: '1'}. Default: no dashboard is created.",
  ),
});

export type Monitoring = Output<typeof monitoring>;
