import type { Environment } from '../inventory';
import type { CertificateRole } from './authority';
import type { AwsRole, DatabaseRole, SshRole, TransitKey } from './engine';

/**
 * What can be done with documents of the key-value engine of version 2. `delete` marks the newest version as deleted;
 * `delete-versions`, `undelete` and `destroy` are for versions one names; `purge` removes a document with all its versions.
 */
export type DocumentOperation =
  | 'create'
  | 'read'
  | 'update'
  | 'patch'
  | 'delete'
  | 'list'
  | 'read-metadata'
  | 'write-metadata'
  | 'delete-versions'
  | 'undelete'
  | 'destroy'
  | 'purge';

/** Version 1 has neither versions nor metadata. */
export type Document1Operation = 'create' | 'read' | 'update' | 'delete' | 'list';

export type CertificateOperation =
  /** Get a key and a certificate. */
  | 'issue'
  /** Get a certificate for one's own key. */
  | 'sign'
  /** Revoke a certificate whose private key one has. */
  | 'revoke';

export type KeyOperation =
  'encrypt' | 'decrypt' | 'rewrap' | 'sign' | 'verify' | 'hmac' | 'datakey' | 'rotate' | 'read';

/** Access to documents below the tenant's own folder, `v1/<environment>/kv/data/<tenant>/<path>`. */
export interface DocumentGrant {
  readonly type: 'documents';
  readonly environment: Environment;
  /** Relative to the tenant's folder, for example `vault-integ-test/*`. */
  readonly path: string;
  readonly operations: readonly DocumentOperation[];
}

/** The same in the environment's key-value engine of version 1. */
export interface Document1Grant {
  readonly type: 'documents1';
  readonly path: string;
  readonly operations: readonly Document1Operation[];
}

export interface CertificateGrant {
  readonly type: 'certificate';
  readonly role: CertificateRole;
  readonly operations: readonly CertificateOperation[];
}

export interface KeyGrant {
  readonly type: 'key';
  readonly key: TransitKey;
  readonly operations: readonly KeyOperation[];
}

/** Get credentials of a database. */
export interface DatabaseGrant {
  readonly type: 'database';
  readonly role: DatabaseRole;
}

/** Get credentials of AWS. */
export interface AwsGrant {
  readonly type: 'aws';
  readonly role: AwsRole;
}

/** Get an SSH key signed. */
export interface SshGrant {
  readonly type: 'ssh';
  readonly role: SshRole;
}

export type Grant = DocumentGrant | Document1Grant | CertificateGrant | KeyGrant | DatabaseGrant | AwsGrant | SshGrant;
