/** Roles of the two kinds of clients; the common name of a client certificate is its role. */
export const databaseRoles = {
  /** Superuser: creates the database and reads its `status`. */
  operator: 'platform',
} as const;

/** All settings of PostgreSQL in one file, so that nothing depends on the output of initdb. */
export function postgresqlConfiguration(settings: {
  readonly port: number;
  readonly maxConnections: number;
  readonly hbaFile: string;
  readonly identFile: string;
  readonly certificateFile: string;
  readonly keyFile: string;
  readonly caFile: string;
}): string {
  const values: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    port: settings.port,
    // No socket: its path is limited to 107 bytes, and no client needs it.
    unix_socket_directories: '',
    max_connections: settings.maxConnections,
    hba_file: settings.hbaFile,
    ident_file: settings.identFile,
    ssl: 'on',
    ssl_min_protocol_version: 'TLSv1.2',
    ssl_cert_file: settings.certificateFile,
    ssl_key_file: settings.keyFile,
    ssl_ca_file: settings.caFile,
    // The database has no replica, so no data for one is written.
    wal_level: 'minimal',
    max_wal_senders: 0,
    shared_buffers: '64MB',
    log_line_prefix: '%m [%p] ',
    log_timezone: 'UTC',
    timezone: 'UTC',
    lc_messages: 'C',
  };
  return Object.entries(values)
    .map(([name, value]) => `${name} = ${typeof value === 'number' ? value : `'${value.replaceAll("'", "''")}'`}\n`)
    .join('');
}

/** Accepts only TLS with a client certificate of this cluster's authority, only from this machine. */
export const postgresqlAccess = 'hostssl all all 127.0.0.1/32 cert\n';
