import { auditPath, fileAuditDevice } from '../../model/audit-device';
import { dialects } from '../../model/dialect';
import type { Dialect } from '../../model/dialect';
import type { ConnectionBudget } from './connection-budget';

export interface ServerConfigurationProps {
  readonly dialect: Dialect;
  /** Shown in the user interface and in responses; the same on every node. */
  readonly clusterName: string;
  /** URL of this node for clients and for the other nodes, `https://host:port`. @default - `<PREFIX>_API_ADDR` */
  readonly apiAddress?: string;
  /** URL of this node that the other nodes forward requests to, `https://host:port`. @default - `<PREFIX>_CLUSTER_ADDR` */
  readonly clusterAddress?: string;
  readonly listener: ServerListenerProps;
  /**
   * `host:port` of a second listener that serves metrics without a token. On OpenBao it serves nothing else; on Vault it also serves the
   * API, which requires a token as usual. @default - none, and no metrics in Prometheus format
   */
  readonly metricsAddress?: string;
  /** Stanzas of storage, audit and other parts: {@link postgresqlStorage}, {@link fileAudit}. */
  readonly stanzas: readonly ServerConfiguration[];
  /**
   * Whether OpenBao's standbys answer reads. Their replication stream can delay a takeover: in 4 of 13 stops of the active node it took 16 s
   * instead of less than one. @default false
   */
  readonly standbyReads?: boolean;
  /** @default 'info' */
  readonly logLevel?: 'trace' | 'debug' | 'info' | 'warn' | 'error';
  /** Whether the log is in JSON, one object per line. @default false */
  readonly jsonLog?: boolean;
  /** Whether the user interface is served. @default true */
  readonly ui?: boolean;
}

export interface ServerListenerProps {
  /** `host:port` for clients. */
  readonly address: string;
  /** `host:port` for the other nodes. */
  readonly clusterAddress: string;
  readonly certificateFile: string;
  readonly keyFile: string;
  /**
   * Whether a threshold of unseal keys can generate a root token. OpenBao refuses by default, because everyone with access to the listener
   * could cancel the operation. Without it, lost administrator tokens cannot be replaced. @default false
   */
  readonly generateRoot?: boolean;
}

/** The configuration file of a server, or a part of it, as JSON. It contains no secrets and may be in a ConfigMap. */
export type ServerConfiguration = Readonly<Record<string, unknown>>;

/** Environment variable of the server process with the URL of its database, which is not in the configuration. */
export const connectionUrlVariable = (dialect: Dialect): string => `${dialects[dialect].envPrefix}_PG_CONNECTION_URL`;

/** Longer than the interval of gauges, some of which, for example the number of tokens, are updated every ten minutes. */
const metricsRetention = '1h';

/**
 * Renders a server's configuration: TLS 1.2 or newer, and safe settings for each dialect.
 * @see https://openbao.org/docs/configuration/
 * @see https://developer.hashicorp.com/vault/docs/configuration
 */
export function serverConfiguration(props: ServerConfigurationProps): ServerConfiguration {
  const { mlockSetting, standbyReadsSetting } = dialects[props.dialect];
  const { apiAddress, clusterAddress, metricsAddress } = props;
  return {
    cluster_name: props.clusterName,
    ...(apiAddress !== undefined && { api_addr: apiAddress }),
    ...(clusterAddress !== undefined && { cluster_addr: clusterAddress }),
    log_level: props.logLevel ?? 'info',
    ...(props.jsonLog === true && { log_format: 'json' }),
    ui: props.ui ?? true,
    listener: [
      { tcp: listener(props) },
      ...(metricsAddress !== undefined ? [{ tcp: metricsListener(props, metricsAddress) }] : []),
    ],
    telemetry: {
      disable_hostname: true,
      ...(metricsAddress !== undefined && { prometheus_retention_time: metricsRetention }),
    },
    ...(mlockSetting !== undefined && { [mlockSetting]: true }),
    ...(standbyReadsSetting !== undefined && { [standbyReadsSetting]: props.standbyReads !== true }),
    ...props.stanzas.reduce((all, stanza) => ({ ...all, ...stanza }), {}),
  };
}

function listener({ dialect, listener: given }: ServerConfigurationProps): object {
  const { generateRootSetting } = dialects[dialect];
  return {
    address: given.address,
    cluster_address: given.clusterAddress,
    ...tls(given),
    ...(generateRootSetting !== undefined && { [generateRootSetting]: given.generateRoot !== true }),
  };
}

function metricsListener({ dialect, listener: given }: ServerConfigurationProps, address: string): object {
  const { metricsOnlySetting } = dialects[dialect];
  return {
    address,
    ...tls(given),
    telemetry: {
      unauthenticated_metrics_access: true,
      ...(metricsOnlySetting !== undefined && { [metricsOnlySetting]: true }),
    },
  };
}

const tls = ({ certificateFile, keyFile }: ServerListenerProps): object => ({
  tls_cert_file: certificateFile,
  tls_key_file: keyFile,
  tls_min_version: 'tls12',
});

/**
 * Storage in PostgreSQL with high availability.
 *
 * @param connectionUrl URL of the database, without password. @default - the variable {@link connectionUrlVariable}
 */
export function postgresqlStorage(
  dialect: Dialect,
  budget: Pick<ConnectionBudget, 'maxParallel' | 'maxIdleConnections'>,
  connectionUrl?: string,
): ServerConfiguration {
  const { storageTable, lockTable } = dialects[dialect];
  return {
    storage: {
      postgresql: {
        ...(connectionUrl !== undefined && { connection_url: connectionUrl }),
        table: storageTable,
        ha_table: lockTable,
        ha_enabled: 'true',
        max_parallel: String(budget.maxParallel),
        max_idle_connections: String(budget.maxIdleConnections),
      },
    },
  };
}

/**
 * The audit device of OpenBao: a file or `stdout`. Vault's is enabled through the API, so its configuration has none. Type and path are
 * fields, because OpenBao reads nested blocks with a single key as one block with several labels. The next active server removes a device
 * that is no longer in its configuration: {@link auditPath}.
 */
export function fileAudit(dialect: Dialect, file: string): ServerConfiguration {
  if (dialects[dialect].audit !== 'configuration') return {};
  const device = fileAuditDevice(file);
  return { audit: [{ ...device, path: auditPath(device) }] };
}
