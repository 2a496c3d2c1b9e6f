import type { Labels } from '../../model/cluster/kubernetes/parts';
import type { EnvironmentVariable, MountedVolume, ServerContext } from '../kubernetes/server-part';
import { authorityFile, databaseVolumes, passwordFile, type StorageDatabase } from './storage-database';

/** Labels that select the pods of one purpose, such as `backup`, and nothing else. */
export const componentLabels = ({ podLabels }: Pick<ServerContext, 'podLabels'>, component: string): Labels => ({
  ...podLabels,
  'app.kubernetes.io/component': component,
});

/** What a container needs to run `psql` or `pg_dump` without further arguments. */
export interface DatabaseClient {
  readonly environment: readonly EnvironmentVariable[];
  readonly volumes: readonly MountedVolume[];
  /** Lines of a shell that have to come before. */
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
    // PostgreSQL's own programs pass over a password file that anybody but its owner can read, as a mounted Secret can be.
    prepare: `umask 077\ncat ${passwordFile(context)} > "$PGPASSFILE"`,
  };
}
