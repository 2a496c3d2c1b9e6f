import {
  databaseImageRule,
  imageRule,
  memoryRule,
  namespaceRule,
  objectNameRule,
} from '../../language/rules/kubernetes';
import { databaseRule, hostRule } from '../../language/rules/words';
import { map, oneOf, optional, text, wholeNumber, type Filled, type Output } from '../../language/schema';
import { defaultClientImage } from './images';
import { authority, databaseResources, egress, port, secretEntry } from './parts';

const connections = map({
  maxParallel: optional(wholeNumber(4, 1000)).describe(
    'Maximum number of connections of each server. Default: 64, or each server’s share of maxConnections.',
  ),
  maxConnections: optional(wholeNumber(20, 100_000)).describe(
    'max_connections of the database. Set it for an existing database: a takeover opens every connection, and servers seal themselves if the database refuses one. Default: unknown; with cloudNativePg what the servers need.',
  ),
});

/** The keys of every kind of PostgreSQL. */
const databaseKeys = {
  database: optional(text(databaseRule)).describe('Name of the database. Default: openbao or vault, by the dialect.'),
  connections: optional(connections, {}).describe('Limits of the servers’ connections.'),
  clientImage: optional(text(imageRule), defaultClientImage).describe(
    'Image with psql and pg_dump, no older than the database.',
  ),
};

const postgresql = map({
  host: text(hostRule).describe('Host name of the database; its certificate must contain it.'),
  port: optional(port, 5432).describe('Port of the database.'),
  user: optional(text(databaseRule)).describe(
    'User that the servers connect as. Default: openbao or vault, by the dialect.',
  ),
  // See docs/decisions/0026-database-password.md.
  passwordFile: secretEntry('pgpass').describe(
    'Secret with a PostgreSQL password file: one line host:port:database:user:password.',
  ),
  authority: authority('the database'),
  peers: egress.describe('Addresses of the database, for the NetworkPolicy.'),
  ...databaseKeys,
}).describe('An existing PostgreSQL. The servers always verify its certificate and host name.');

const cloudNativePg = map({
  instances: optional(wholeNumber(1, 9), 3).describe('Number of instances, one of which is the primary.'),
  size: optional(text(memoryRule), '10Gi').describe('Size of the volume of each instance.'),
  storageClass: optional(text(objectNameRule)).describe(
    'StorageClass of the volumes. Default: the default class of Kubernetes.',
  ),
  image: optional(text(databaseImageRule)).describe(
    'Image of PostgreSQL, with its version as the tag. Default: the operator’s.',
  ),
  resources: databaseResources,
  operatorNamespace: optional(text(namespaceRule), 'cnpg-system').describe('Namespace of the operator.'),
  ...databaseKeys,
}).describe('A PostgreSQL in the servers’ namespace, run by the operator CloudNativePG.');

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
