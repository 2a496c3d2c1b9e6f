import type { NetworkPeer, SecretEntry } from '../../model/cluster/kubernetes/parts';
import type { MountedVolume, ServerContext } from '../kubernetes/server-part';

/** Connection settings of the servers' database. */
export interface StorageDatabase {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  /** Secret with the password file. */
  readonly passwordFile: SecretEntry;
  /** Secret with the PEM of the authority that signed the database's certificate. @default - the authorities that the image trusts */
  readonly authority?: SecretEntry;
  /** Network addresses or pods of the database, for NetworkPolicies. */
  readonly peers: readonly NetworkPeer[];
}

type Named = Pick<ServerContext, 'name'>;

/** CA certificate of the database. */
export const authorityFile = ({ name }: Named): string => `/${name}/database/ca.crt`;

/** Password file, in PostgreSQL's format. */
export const passwordFile = ({ name }: Named): string => `/${name}/database-password/pgpass`;

/** Volumes with both files, for pods that connect to the database. */
export function databaseVolumes(context: Named, database: StorageDatabase): MountedVolume[] {
  const volume = (name: string, file: string, { secret, key }: SecretEntry): MountedVolume => {
    const [, folder = '', base = ''] = /^(.*)\/(.*)$/.exec(file) ?? [];
    return { name, mountPath: folder, source: { secret, items: { [key]: base } } };
  };
  return [
    volume('database-password', passwordFile(context), database.passwordFile),
    ...(database.authority === undefined ? [] : [volume('database', authorityFile(context), database.authority)]),
  ];
}

/**
 * Connection URL of a server. It contains the path of the password file instead of the password, so that it can be in the configuration. The
 * database's certificate and host name are always verified.
 *
 * @see docs/decisions/0026-database-password.md
 */
export function connectionUrl(context: Named, { host, port, database, user, authority }: StorageDatabase): string {
  const address = host.includes(':') ? `[${host}]` : host;
  const settings = [
    'sslmode=verify-full',
    ...(authority === undefined ? [] : [`sslrootcert=${authorityFile(context)}`]),
    `passfile=${passwordFile(context)}`,
  ];
  const [account, name] = [user, database].map(encodeURIComponent);
  return `postgres://${account}@${address}:${port}/${name}?${settings.join('&')}`;
}
