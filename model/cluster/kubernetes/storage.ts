import type { Filled } from '../../language/absent';
import type { Output } from '../../language/map';
import { oneOf } from '../../language/one-of';
import { cloudNativePg } from './storages/cloud-native-pg';
import { postgresql } from './storages/postgresql';

/** Where the servers keep their data. */
export const storageSchema = oneOf([], { postgresql, cloudNativePg });

type StorageFile = Output<typeof storageSchema>;

export type PostgresqlStorage = Filled<Extract<StorageFile, { kind: 'postgresql' }>, 'database' | 'user'>;
export type CloudNativePostgresqlStorage = Filled<Extract<StorageFile, { kind: 'cloudNativePg' }>, 'database'>;
export type ServerStorage = PostgresqlStorage | CloudNativePostgresqlStorage;

/** @param program default name of the database and its user */
export function linkStorage(storage: StorageFile, program: string): ServerStorage {
  const database = storage.database ?? program;
  return storage.kind === 'postgresql' ? { user: program, ...storage, database } : { ...storage, database };
}
