import type { Labels } from '../../model/cluster/kubernetes/parts';
import type { EnvironmentVariable, MountedVolume, ServerContext } from '../kubernetes/server-part';
import { authorityFile, databaseVolumes, passwordFile, type StorageDatabase } from './storage-database';

/** Labels that select only the pods of one component, such as `backup`. */
export const componentLabels = ({ podLabels }: Pick<ServerContext, 'podLabels'>, component: string): Labels => ({
  ...podLabels,
  'app.kubernetes.io/component': component,
});

/** Environment and volumes with which a container can run `psql` or `pg_dump` without arguments for the connection. */
export interface DatabaseClient {
  readonly environment: readonly EnvironmentVariable[];
  readonly volumes: readonly MountedVolume[];
  /** Shell commands to run before. */
  readonly prepare: string;
}

const scratch: MountedVolume = { name: 'scratch', mountPath: '/tmp', source: { emptyDir: 'memory' } };
const ownPasswordFile = `${scratch.mountPath}/pgpass`;

/** @see https://www.postgresql.org/docs/current/libpq-envars.html */
export function databaseClient(context: Pick<ServerContext, 'name'>, database: StorageDatabase): DatabaseClient {
  const values = {
    PGHOST: database.host,
    PGPORT: String(database.port),
    PGDATABASE: database.database,
    PGUSER: database.user,
    PGPASSFILE: ownPasswordFile,
    PGSSLMODE: 'verify-full',
    PGSSLROOTCERT: database.authority === undefined ? 'system' : authorityFile(context),
    PGCONNECT_TIMEOUT: '10',
  };
  return {
    environment: Object.entries(values).map(([name, value]) => ({ name, from: { value } })),
    volumes: [...databaseVolumes(context, database), scratch],
    // PostgreSQL's programs ignore a password file that others than its owner can read, as is the case for a mounted Secret.
    prepare: `umask 077\ncat ${passwordFile(context)} > "$PGPASSFILE"`,
  };
}
