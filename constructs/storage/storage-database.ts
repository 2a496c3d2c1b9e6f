import type { NetworkPeer, SecretEntry } from '../../model/cluster/kubernetes/parts';
import type { MountedVolume, ServerContext } from '../kubernetes/server-part';

/** The database of a cluster's servers, as a client finds it. */
export interface StorageDatabase {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  /** Password file of PostgreSQL. */
  readonly passwordFile: SecretEntry;
  /** PEM of the authority that signed the database's certificate. @default - what the image trusts */
  readonly authority?: SecretEntry;
  /** Where it is, for NetworkPolicies. */
  readonly peers: readonly NetworkPeer[];
}

type Named = Pick<ServerContext, 'name'>;

/** File of the authority of the database. */
export const authorityFile = ({ name }: Named): string => `/${name}/database/ca.crt`;

/** File with the password, and whom it is for. */
export const passwordFile = ({ name }: Named): string => `/${name}/database-password/pgpass`;

/** The two files, for any pod that talks to the database. */
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
 * URL that a server connects by. It holds no password but says which file does, so that it can stand in the configuration
 * and be reviewed there. The database's certificate and its name are always verified.
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
