import {
  fileAudit,
  postgresqlStorage,
  serverConfiguration,
  type ServerConfigurationProps,
} from '../../../constructs/server/configuration';
import type { Dialect } from '../../../model/dialect';

const stanzas = (dialect: Dialect) => [
  postgresqlStorage(dialect, { maxParallel: 40, maxIdleConnections: 40 }),
  fileAudit(dialect, 'audit.log'),
];

const props: ServerConfigurationProps = {
  dialect: 'openbao',
  clusterName: 'nonprod',
  apiAddress: 'https://node-1:8200',
  clusterAddress: 'https://node-1:8201',
  listener: {
    address: '127.0.0.1:8200',
    clusterAddress: '127.0.0.1:8201',
    certificateFile: '/certificates/node-1.crt',
    keyFile: '/certificates/node-1.key',
  },
  stanzas: stanzas('openbao'),
};

const common = {
  cluster_name: 'nonprod',
  api_addr: 'https://node-1:8200',
  cluster_addr: 'https://node-1:8201',
  log_level: 'info',
  ui: true,
  telemetry: { disable_hostname: true },
};
const listener = {
  address: '127.0.0.1:8200',
  cluster_address: '127.0.0.1:8201',
  tls_cert_file: '/certificates/node-1.crt',
  tls_key_file: '/certificates/node-1.key',
  tls_min_version: 'tls12',
};
const storage = { ha_enabled: 'true', max_parallel: '40', max_idle_connections: '40' };

describe('serverConfiguration', () => {
  it('renders OpenBao with its audit device, and with standbys that do not answer reads', () => {
    expect(serverConfiguration(props)).toEqual({
      ...common,
      listener: [{ tcp: { ...listener, disable_unauthed_generate_root_endpoints: true } }],
      storage: { postgresql: { ...storage, table: 'openbao_kv_store', ha_table: 'openbao_ha_locks' } },
      disable_standby_reads: true,
      audit: [
        {
          type: 'file',
          path: expect.stringMatching(/^file-[0-9a-f]{8}\/$/) as string,
          description: 'Every request and answer',
          options: { file_path: 'audit.log' },
        },
      ],
    });
  });

  it('renders Vault with disable_mlock, and without settings of OpenBao', () => {
    expect(serverConfiguration({ ...props, dialect: 'vault', stanzas: stanzas('vault') })).toEqual({
      ...common,
      listener: [{ tcp: listener }],
      storage: { postgresql: { ...storage, table: 'vault_kv_store', ha_table: 'vault_ha_locks' } },
      disable_mlock: true,
    });
  });

  it('can enable reads on standbys and generate-root', () => {
    const configuration = serverConfiguration({
      ...props,
      standbyReads: true,
      listener: { ...props.listener, generateRoot: true },
    });
    expect(configuration).toMatchObject({
      disable_standby_reads: false,
      listener: [{ tcp: { disable_unauthed_generate_root_endpoints: false } }],
    });
  });

  it('reads addresses from the environment and writes JSON logs in a pod', () => {
    const { apiAddress, clusterAddress, ...others } = props;
    expect([apiAddress, clusterAddress]).not.toContain(undefined);
    const configuration = serverConfiguration({ ...others, jsonLog: true });
    expect(configuration).not.toHaveProperty('api_addr');
    expect(configuration).not.toHaveProperty('cluster_addr');
    expect(configuration).toMatchObject({ log_format: 'json' });
  });

  it.each([
    ['openbao', { unauthenticated_metrics_access: true, metrics_only: true }],
    ['vault', { unauthenticated_metrics_access: true }],
  ] as const)('serves metrics of %s on their listener without a token', (dialect, telemetry) => {
    const configuration = serverConfiguration({ ...props, dialect, metricsAddress: '127.0.0.1:9102' });
    expect(configuration).toMatchObject({
      listener: [
        { tcp: { address: '127.0.0.1:8200' } },
        { tcp: { address: '127.0.0.1:9102', tls_cert_file: '/certificates/node-1.crt', telemetry } },
      ],
      telemetry: { prometheus_retention_time: '1h' },
    });
  });

  it('does not contain the connection URL of the database, which can contain a password', () => {
    expect(JSON.stringify(serverConfiguration(props))).not.toContain('connection_url');
  });
});

describe('fileAudit', () => {
  const device = (file: string): unknown => (fileAudit('openbao', file).audit as unknown[])[0];

  it('keeps the whole device of standard output: OpenBao refuses another one at its path', () => {
    expect(device('stdout')).toEqual({
      type: 'file',
      path: 'file/',
      description: 'Every request and answer',
      options: { file_path: 'stdout' },
    });
  });

  it('gives another device another path', () => {
    const paths = ['stdout', 'audit.log', '/bao/audit/audit.log'].map(
      (file) => (device(file) as { path: string }).path,
    );
    expect(new Set(paths).size).toBe(3);
  });
});
