import { dialects } from '../../model/dialect';
import type { Dialect } from '../../model/dialect';
import type { ConnectionBudget } from './connection-budget';

export interface ServerConfigurationProps {
  readonly dialect: Dialect;
  /** Shown by the user interface and in replies; the same on every node. */
  readonly clusterName: string;
  /** URL of this node for clients and for the other nodes, `https://host:port`. @default - `<PREFIX>_API_ADDR` */
  readonly apiAddress?: string;
  /** URL of this node that the other nodes forward requests to, `https://host:port`. @default - `<PREFIX>_CLUSTER_ADDR` */
  readonly clusterAddress?: string;
  readonly listener: ServerListenerProps;
  /**
   * `host:port` of a second listener whose metrics need no token. On OpenBao it answers nothing else; on Vault it serves the
   * whole API too, for which a token is needed as ever. @default - none, and no metrics in Prometheus' format
   */
  readonly metricsAddress?: string;
  /** What storage, audit and the like add: {@link postgresqlStorage}, {@link fileAudit}. */
  readonly stanzas: readonly ServerConfiguration[];
  /**
   * Lets OpenBao's standbys answer reads. The stream they follow races with a takeover: with it, stopping the
   * active node took 16 s instead of under one in 4 of 13 stops. @default false
   */
  readonly standbyReads?: boolean;
  /** @default 'info' */
  readonly logLevel?: 'trace' | 'debug' | 'info' | 'warn' | 'error';
  /** Whether each line of the log is a JSON object. @default false */
  readonly jsonLog?: boolean;
  /** Serves the user interface. @default true */
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
   * Lets a threshold of unseal keys make a root token. OpenBao refuses by default, because whoever reaches the
   * listener could interrupt it; without it, lost administrator tokens cannot be replaced. @default false
   */
  readonly generateRoot?: boolean;
}

/** The configuration file of a server or a part of it, as JSON. It holds no secret and may stand in a config map. */
export type ServerConfiguration = Readonly<Record<string, unknown>>;

/** Variable that gives the server process, and it alone, the URL of its database: it is not in the configuration. */
export const connectionUrlVariable = (dialect: Dialect): string => `${dialects[dialect].envPrefix}_PG_CONNECTION_URL`;

/** Name of the audit device that every cluster has. */
export const auditDevice = 'file';

/** Some measures, how many tokens there are for example, are taken every ten minutes and must not be forgotten meanwhile. */
const metricsRetention = '1h';

/**
 * Renders a server's configuration: TLS 1.2 and newer, and what each dialect needs to be told so as not to hurt.
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
 * Storage in PostgreSQL in high availability.
 *
 * @param connectionUrl where the database is; it holds no password. @default - {@link connectionUrlVariable} tells the server
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
 * The audit device of OpenBao, to a file or to `stdout`. On Vault it is enabled through the API, so nothing is declared.
 * Type and path are fields: OpenBao reads nested blocks with a single key inside as one block with more labels.
 */
export function fileAudit(dialect: Dialect, file: string): ServerConfiguration {
  if (dialects[dialect].audit !== 'configuration') return {};
  return {
    audit: [
      {
        type: 'file',
        path: `${auditDevice}/`,
        description: 'Every request and answer',
        options: { file_path: file },
      },
    ],
  };
}
