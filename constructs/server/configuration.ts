import { dialects } from '../../model/dialect';
import type { Dialect } from '../../model/inventory';
import type { ConnectionBudget } from './connection-budget';

export interface ServerConfigurationProps {
  readonly dialect: Dialect;
  /** Shown by the user interface and in replies; the same on every node. */
  readonly clusterName: string;
  /** URL of this node for clients and for the other nodes, `https://host:port`. */
  readonly apiAddress: string;
  /** URL of this node that the other nodes forward requests to, `https://host:port`. */
  readonly clusterAddress: string;
  readonly listener: ServerListenerProps;
  readonly storage: Pick<ConnectionBudget, 'maxParallel' | 'maxIdleConnections'>;
  /** File of the audit device. On Vault it is enabled through the API instead, so it takes no part here. */
  readonly auditFile: string;
  /**
   * Lets OpenBao's standbys answer reads. The stream they follow races with a takeover: with it, stopping the
   * active node took 16 s instead of under one in 4 of 13 stops. @default false
   */
  readonly standbyReads?: boolean;
  /** @default 'info' */
  readonly logLevel?: 'trace' | 'debug' | 'info' | 'warn' | 'error';
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

/** The configuration file of a server, as JSON. It holds no secret and may stand in a config map. */
export type ServerConfiguration = Readonly<Record<string, unknown>>;

/** Variable that gives the server process, and it alone, the URL of its database: it is not in the configuration. */
export const connectionUrlVariable = (dialect: Dialect): string => `${dialects[dialect].envPrefix}_PG_CONNECTION_URL`;

/** Name of the audit device that every cluster has. */
export const auditDevice = 'file';

/**
 * Renders a server's configuration for PostgreSQL storage in high availability, TLS 1.2 and newer.
 * @see https://openbao.org/docs/configuration/
 * @see https://developer.hashicorp.com/vault/docs/configuration
 */
export function serverConfiguration(props: ServerConfigurationProps): ServerConfiguration {
  const { audit, mlockSetting, standbyReadsSetting } = dialects[props.dialect];
  return {
    cluster_name: props.clusterName,
    api_addr: props.apiAddress,
    cluster_addr: props.clusterAddress,
    log_level: props.logLevel ?? 'info',
    ui: props.ui ?? true,
    listener: [{ tcp: listener(props) }],
    storage: { postgresql: storage(props) },
    telemetry: { disable_hostname: true },
    ...(mlockSetting !== undefined && { [mlockSetting]: true }),
    ...(standbyReadsSetting !== undefined && { [standbyReadsSetting]: props.standbyReads !== true }),
    ...(audit === 'configuration' && { audit: [auditDeclaration(props.auditFile)] }),
  };
}

function listener({ dialect, listener: given }: ServerConfigurationProps): object {
  const { generateRootSetting } = dialects[dialect];
  return {
    address: given.address,
    cluster_address: given.clusterAddress,
    tls_cert_file: given.certificateFile,
    tls_key_file: given.keyFile,
    tls_min_version: 'tls12',
    ...(generateRootSetting !== undefined && { [generateRootSetting]: given.generateRoot !== true }),
  };
}

function storage({ dialect, storage: budget }: ServerConfigurationProps): object {
  const { storageTable, lockTable } = dialects[dialect];
  return {
    table: storageTable,
    ha_table: lockTable,
    ha_enabled: 'true',
    max_parallel: String(budget.maxParallel),
    max_idle_connections: String(budget.maxIdleConnections),
  };
}

/** Type and path as fields: OpenBao reads nested blocks with a single key inside as one block with more labels. */
function auditDeclaration(file: string): object {
  return {
    type: 'file',
    path: `${auditDevice}/`,
    description: 'Every request and answer',
    options: { file_path: file },
  };
}
