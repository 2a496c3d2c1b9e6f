import type { ServerStorage } from '../../model/cluster/kubernetes/storage';
import { dialects } from '../../model/dialect';
import type { IServerPart, ServerContext } from '../kubernetes/server-part';
import { postgresqlStorage } from '../server/configuration';
import { connectionBudget } from '../server/connection-budget';
import { CloudNativePostgresql, operatedDatabase } from './cloud-native-postgresql';
import { connectionUrl, databaseVolumes, type StorageDatabase } from './storage-database';
import { StorageTables } from './storage-tables';

/**
 * Storage of the servers: an existing PostgreSQL, or one that an operator runs. A Job creates the tables before the servers start, if the
 * servers do not create them.
 */
export function serverStorage(storage: ServerStorage): IServerPart {
  return {
    bind(scope, context) {
      const { dialect } = context.cluster;
      const budget = connectionBudget({ nodes: context.server.replicas, ...storage.connections });
      const database = storageDatabase(context.name, storage);
      const { maxConnections } = budget;
      const provided =
        storage.kind === 'cloudNativePg'
          ? new CloudNativePostgresql(scope, 'database', { context, storage, maxConnections }).resource
          : undefined;
      const tables = dialects[dialect].createsTables
        ? undefined
        : new StorageTables(scope, 'tables', { context, database }).resource;
      // Without the operator there is no database, so the Job is omitted too.
      if (provided !== undefined) tables?.addOverride('count', `\${length(${provided.fqn})}`);
      return {
        configuration: postgresqlStorage(dialect, budget, connectionUrl(context, database)),
        volumes: databaseVolumes(context, database),
        egress: [{ purpose: 'database', peers: database.peers, port: database.port }],
        dependsOn: [provided, tables].filter((resource) => resource !== undefined),
      };
    },
  };
}

/** The database of a cluster, of either kind. */
export const storageDatabase = (name: ServerContext['name'], storage: ServerStorage): StorageDatabase =>
  storage.kind === 'postgresql' ? storage : operatedDatabase(name, storage);
