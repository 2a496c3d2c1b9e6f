/** Who the two kinds of clients are to PostgreSQL; the common name of a client certificate is the role it may take. */
export const databaseRoles = {
  /** Superuser: makes the database, and looks at it for `status`. */
  operator: 'platform',
} as const;

/** Everything PostgreSQL is told, one file: nothing depends on what initdb wrote. */
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
    // No socket: its path may not be longer than 107 bytes, and nobody needs it.
    unix_socket_directories: '',
    max_connections: settings.maxConnections,
    hba_file: settings.hbaFile,
    ident_file: settings.identFile,
    ssl: 'on',
    ssl_min_protocol_version: 'TLSv1.2',
    ssl_cert_file: settings.certificateFile,
    ssl_key_file: settings.keyFile,
    ssl_ca_file: settings.caFile,
    // One machine, no replica of the database: what would feed one is only work.
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

/** Only over TLS, only with a certificate of our authority, only from this machine; no password anywhere. */
export const postgresqlAccess = 'hostssl all all 127.0.0.1/32 cert\n';
