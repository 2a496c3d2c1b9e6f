import type { CertificateOperation } from '../../model/tenant/grants/certificate';
import type { Document1Operation, DocumentOperation } from '../../model/tenant/grants/documents';
import type { KeyOperation } from '../../model/tenant/grants/key';
import type { Capability } from './capability';
import type { IGrantable, PolicyStatement } from './policy-document';

/** A rule that an operation requires. `$` in the path, which is relative to the mount, is the name of the document, role or key. */
interface Rule {
  readonly path: string;
  readonly capabilities: readonly Capability[];
  /** Parameters that a request must not have. @default - none */
  readonly deniedParameters?: readonly string[];
}

/** Operations of an engine, with the rules that each requires. */
export type Operations<Name extends string> = Readonly<Record<Name, readonly Rule[]>>;

/**
 * Key-value, version 2, which has five API paths for a document.
 *
 * @see https://openbao.org/api-docs/secret/kv/kv-v2/
 */
export const documentOperations: Operations<DocumentOperation> = {
  create: [{ path: 'data/$', capabilities: ['create'] }],
  read: [{ path: 'data/$', capabilities: ['read'] }],
  update: [{ path: 'data/$', capabilities: ['update'] }],
  patch: [{ path: 'data/$', capabilities: ['patch'] }],
  delete: [{ path: 'data/$', capabilities: ['delete'] }],
  list: [{ path: 'metadata/$', capabilities: ['list'] }],
  'read-metadata': [{ path: 'metadata/$', capabilities: ['read'] }],
  'write-metadata': [{ path: 'metadata/$', capabilities: ['create', 'update', 'patch'] }],
  'delete-versions': [{ path: 'delete/$', capabilities: ['update'] }],
  undelete: [{ path: 'undelete/$', capabilities: ['update'] }],
  destroy: [{ path: 'destroy/$', capabilities: ['update'] }],
  purge: [{ path: 'metadata/$', capabilities: ['delete'] }],
};

/** Key-value, version 1. @see https://openbao.org/api-docs/secret/kv/kv-v1/ */
export const document1Operations: Operations<Document1Operation> = {
  create: [{ path: '$', capabilities: ['create'] }],
  read: [{ path: '$', capabilities: ['read'] }],
  update: [{ path: '$', capabilities: ['update'] }],
  delete: [{ path: '$', capabilities: ['delete'] }],
  list: [{ path: '$', capabilities: ['list'] }],
};

/** The server accepts dates that exceed the maximum TTL of the role. */
const dates = ['not_after', 'not_before'] as const;

/** @see https://openbao.org/api-docs/secret/pki/ */
export const certificateOperations: Operations<CertificateOperation> = {
  issue: [{ path: 'issue/$', capabilities: ['update'], deniedParameters: dates }],
  sign: [{ path: 'sign/$', capabilities: ['update'], deniedParameters: dates }],
  revoke: [{ path: 'revoke-with-key', capabilities: ['update'] }],
};

/** @see https://openbao.org/api-docs/secret/transit/ */
export const keyOperations: Operations<KeyOperation> = {
  encrypt: [{ path: 'encrypt/$', capabilities: ['update'] }],
  decrypt: [{ path: 'decrypt/$', capabilities: ['update'] }],
  rewrap: [{ path: 'rewrap/$', capabilities: ['update'] }],
  sign: [
    { path: 'sign/$', capabilities: ['update'] },
    { path: 'sign/$/*', capabilities: ['update'] },
  ],
  verify: [
    { path: 'verify/$', capabilities: ['update'] },
    { path: 'verify/$/*', capabilities: ['update'] },
  ],
  hmac: [
    { path: 'hmac/$', capabilities: ['update'] },
    { path: 'hmac/$/*', capabilities: ['update'] },
  ],
  datakey: [{ path: 'datakey/+/$', capabilities: ['update'] }],
  rotate: [{ path: 'keys/$/rotate', capabilities: ['update'] }],
  read: [{ path: 'keys/$', capabilities: ['read'] }],
};

/** Databases: a new account, or the password of an existing one. @see https://openbao.org/api-docs/secret/databases/ */
export const databaseOperations: Operations<'dynamic' | 'static'> = {
  dynamic: [{ path: 'creds/$', capabilities: ['read'] }],
  static: [{ path: 'static-creds/$', capabilities: ['read'] }],
};

/** @see https://developer.hashicorp.com/vault/api-docs/secret/aws#generate-credentials */
export const awsOperations: Operations<'credentials'> = {
  credentials: [{ path: 'creds/$', capabilities: ['read'] }],
};

/** @see https://openbao.org/api-docs/secret/ssh/#sign-ssh-key */
export const sshOperations: Operations<'sign'> = {
  sign: [{ path: 'sign/$', capabilities: ['update'] }],
};

/** The document, role or key that is granted. */
export interface Subject {
  /** Path of the engine's mount. */
  readonly mountPath: string;
  /** Name of the document, role or key. */
  readonly name: string;
  /** Written as a comment above the rule. @default - no comment */
  readonly reason?: string | undefined;
}

/**
 * Adds the rules of operations to the grantee, one for each path.
 *
 * @throws PlatformError `construct` if the grantee refuses a rule, for example because the path already has one
 */
export function grantOperations<Name extends string>(
  grantee: IGrantable,
  table: Operations<Name>,
  operations: readonly Name[],
  { mountPath, name, reason }: Subject,
): void {
  const statements = new Map<string, PolicyStatement>();
  for (const { path: pattern, ...rule } of operations.flatMap((operation) => table[operation])) {
    const path = `${mountPath}/${pattern.replace('$', () => name)}`;
    const capabilities = [...(statements.get(path)?.capabilities ?? []), ...rule.capabilities];
    statements.set(path, { ...rule, path, capabilities, ...(reason !== undefined && { reason }) });
  }
  for (const statement of statements.values()) grantee.addStatement(statement);
}
