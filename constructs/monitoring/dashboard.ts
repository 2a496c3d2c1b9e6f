import { createHash } from 'node:crypto';

import { dialects } from '../../model/dialect';
import { leases, ofPods, ofServers, type WatchedServers } from './selectors';

/** A query of a panel, with the legend of its series. */
interface Query {
  readonly expression: string;
  /** With `{{label}}`. */
  readonly legend: string;
}

interface Panel {
  readonly title: string;
  readonly description: string;
  /** Unit of Grafana: `short`, `ms`, `reqps`. */
  readonly unit: string;
  /** Whether the panel shows the current value instead of a time series. @default false */
  readonly now?: boolean;
  readonly queries: readonly Query[];
}

/** Grafana's grid is 24 wide. */
const grid = { width: 24, now: { w: 6, h: 4 }, lines: { w: 8, h: 8 } } as const;

/** Variable of the data source. Without braces, which Terraform would interpret as a template. */
const source = { type: 'prometheus', uid: '$datasource' } as const;

/**
 * A Grafana dashboard for one cluster, as JSON model. Its uid depends on the cluster's name only, so links to it remain valid.
 *
 * @see https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/
 */
export function dashboard(servers: WatchedServers): Readonly<Record<string, unknown>> {
  const { title } = dialects[servers.cluster.dialect];
  return {
    // Grafana allows 40 characters, and names of clusters may be longer.
    uid: createHash('sha256').update(`${title} ${servers.cluster.name}`).digest('hex').slice(0, 32),
    title: `${title} ${servers.cluster.name}`,
    tags: [title.toLowerCase(), 'vault-platform'],
    schemaVersion: 39,
    editable: false,
    refresh: '30s',
    time: { from: 'now-3h', to: 'now' },
    templating: {
      list: [{ name: 'datasource', label: 'Prometheus', type: 'datasource', query: 'prometheus', current: {} }],
    },
    panels: placed(panelsOf(servers)),
  };
}

/** Current values in the first row, time series below. */
function placed(panels: readonly Panel[]): object[] {
  const size = ({ now }: Panel): { w: number; h: number } => (now === true ? grid.now : grid.lines);
  let [x, y, height] = [0, 0, 0];
  return panels.map((panel, index) => {
    const { w, h } = size(panel);
    if (x + w > grid.width || (height !== 0 && h !== height)) [x, y] = [0, y + height];
    height = h;
    const gridPos = { x, y, w, h };
    x += w;
    return { id: index + 1, gridPos, ...rendered(panel) };
  });
}

const rendered = ({ title, description, unit, now = false, queries }: Panel): object => ({
  type: now ? 'stat' : 'timeseries',
  title,
  description,
  datasource: source,
  fieldConfig: { defaults: { unit, min: 0 }, overrides: [] },
  options: now
    ? { reduceOptions: { calcs: ['lastNotNull'], values: false }, colorMode: 'none', textMode: 'value_and_name' }
    : { legend: { showLegend: true, placement: 'bottom', displayMode: 'list' }, tooltip: { mode: 'multi' } },
  targets: queries.map(({ expression, legend }, index) => ({
    refId: String.fromCharCode('A'.charCodeAt(0) + index),
    datasource: source,
    expr: expression,
    legendFormat: legend,
    instant: now,
    range: !now,
  })),
});

function panelsOf(servers: WatchedServers): Panel[] {
  const of = ofServers(servers);
  const rate = (metric: string): string => `rate(${metric}${of}[$__rate_interval])`;
  const mean = (metric: string): string => `${rate(`${metric}_sum`)} / ${rate(`${metric}_count`)}`;
  const each = (expression: string): Query[] => [{ expression, legend: '{{pod}}' }];
  const operations = ['get', 'put', 'list'];
  return [
    {
      title: 'Active server',
      description: 'Exactly one, except during a takeover.',
      unit: 'short',
      now: true,
      queries: each(`vault_core_active${of} == 1`),
    },
    {
      title: 'Unsealed servers',
      description: `Of ${servers.server.replicas}.`,
      unit: 'short',
      now: true,
      queries: [{ expression: `sum(max by (pod) (vault_core_unsealed${of}))`, legend: 'unsealed' }],
    },
    {
      title: 'Leases',
      description: 'Tokens and dynamic secrets that are not expired or revoked.',
      unit: 'short',
      now: true,
      queries: [{ expression: leases(servers), legend: 'leases' }],
    },
    {
      title: 'Requests in flight',
      description: 'On all servers.',
      unit: 'short',
      now: true,
      queries: [{ expression: `sum(vault_core_in_flight_requests${of})`, legend: 'requests' }],
    },
    {
      title: 'Who is active',
      description: '1 while a server is active. A line that ends where another starts is a takeover.',
      unit: 'short',
      queries: each(`vault_core_active${of}`),
    },
    {
      title: 'Requests',
      description: 'Handled by the active server, including requests that standbys forward.',
      unit: 'reqps',
      queries: each(rate('vault_core_handle_request_count')),
    },
    {
      title: 'Time of a request',
      description: 'Mean and 99th percentile.',
      unit: 'ms',
      queries: [
        { expression: mean('vault_core_handle_request'), legend: 'mean {{pod}}' },
        { expression: `vault_core_handle_request${of.replace('{', '{quantile="0.99",')}`, legend: '99 % {{pod}}' },
      ],
    },
    {
      title: 'Storage operations',
      description: 'Operations on PostgreSQL. OpenBao counts only operations outside transactions.',
      unit: 'ops',
      queries: operations.map((operation) => ({
        expression: `sum(${rate(`vault_postgres_${operation}_count`)})`,
        legend: operation,
      })),
    },
    {
      title: 'Time of a storage operation',
      description: 'Mean.',
      unit: 'ms',
      queries: operations.map((operation) => ({
        expression: mean(`vault_postgres_${operation}`),
        legend: `${operation} {{pod}}`,
      })),
    },
    {
      title: 'Leases over time',
      description: 'They grow when clients log in repeatedly.',
      unit: 'short',
      queries: [
        { expression: leases(servers), legend: 'leases' },
        { expression: leases(servers, '', 'vault_expire_num_irrevocable_leases'), legend: 'irrevocable' },
      ],
    },
    {
      title: 'Tokens made',
      description: 'Logins, and tokens made by tokens.',
      unit: 'cps',
      queries: [{ expression: `sum by (auth_method) (${rate('vault_token_creation')})`, legend: '{{auth_method}}' }],
    },
    {
      title: 'Time of the audit log',
      description: 'Mean time until a request and its answer are written down.',
      unit: 'ms',
      queries: ['request', 'response'].map((what) => ({
        expression: mean(`vault_audit_log_${what}`),
        legend: `${what} {{pod}}`,
      })),
    },
    {
      title: 'Failures of the audit log',
      description: 'A request that no device writes down is refused.',
      unit: 'short',
      queries: ['request', 'response'].map((what) => ({
        expression: `increase(vault_audit_log_${what}_failure${of}[$__rate_interval])`,
        legend: `${what} {{pod}}`,
      })),
    },
    {
      title: 'Memory',
      description: 'What the program has allocated; its pod is ended at the limit.',
      unit: 'bytes',
      queries: each(`vault_runtime_alloc_bytes${of}`),
    },
    {
      title: 'Restarts',
      description: 'Of the containers, in an hour (kube-state-metrics).',
      unit: 'short',
      queries: each(`sum by (pod) (increase(kube_pod_container_status_restarts_total${ofPods(servers)}[1h]))`),
    },
  ];
}
