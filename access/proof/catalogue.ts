import type { Operation } from '../decide/request';
import { accessOperations } from './holder';

/** Access that gives its holder, sooner or later, more than what its policies list. */
export interface Escalation {
  /** Stable name, for exceptions. */
  readonly id: string;
  /** Paths are below: the root of the API, each auth mount, each mount of an engine of this type, or each engine besides `kv`. */
  readonly below: 'api' | 'auth' | 'engine' | 'aws' | 'database' | 'kv-v2' | 'pki' | 'ssh' | 'totp' | 'transit';
  /** In the syntax of policies. */
  readonly paths: readonly string[];
  readonly operations: readonly Operation[];
  /** Capability that the stanza must have as well. @default - none */
  readonly capability?: 'sudo';
  /** What somebody can do with the access, in one sentence without a full stop. */
  readonly reason: string;
}

const all: readonly Operation[] = accessOperations;
const write: readonly Operation[] = ['create', 'update', 'patch', 'delete'];

/** The path, and everything below it. */
const at = (...paths: readonly string[]): string[] => paths.flatMap((path) => [path, `${path}/*`]);

/** Endpoints of auth methods that say which policies a login yields. */
export const loginEndpoints = 'role roles users user groups group certs map teams identities tag repositories'.split(
  ' ',
);

/** What no tenant needs. Paths of both servers and of their former versions; a path that a server does not have is harmless. */
export const catalogue: readonly Escalation[] = [
  {
    id: 'policy',
    below: 'api',
    paths: at('sys/policies', 'sys/policy'),
    operations: all,
    reason: 'who writes a policy can grant anything to its holders, and who reads policies learns what to attack',
  },
  {
    id: 'auth-method',
    below: 'api',
    paths: at('sys/auth', 'sys/mounts/auth'),
    operations: all,
    reason: 'a new auth method lets anybody log in with any policy, and a removed one locks all out',
  },
  {
    id: 'mount',
    below: 'api',
    paths: at('sys/mounts', 'sys/remount'),
    operations: all,
    reason: 'an engine that is unmounted loses its data, and one that is moved leaves the policies that protect it',
  },
  {
    id: 'raw',
    below: 'api',
    paths: at('sys/raw'),
    operations: all,
    reason: 'the storage contains all secrets, and the policies are stored there as well',
  },
  {
    id: 'seal',
    below: 'api',
    paths: at('sys/seal', 'sys/step-down', 'sys/seal-backend-status', 'sys/sealwrap'),
    operations: write,
    reason: 'a sealed server, or one that steps down again and again, serves nobody',
  },
  {
    id: 'root-token',
    below: 'api',
    paths: at('sys/generate-root', 'sys/generate-recovery-token', 'sys/decode-token'),
    operations: write,
    reason: 'the result is a token with the policy root',
  },
  {
    id: 'rekey',
    below: 'api',
    paths: at('sys/rekey', 'sys/rekey-recovery-key', 'sys/rotate', 'sys/init'),
    operations: write,
    reason: 'new key shares take the cluster away from those who hold the old ones',
  },
  {
    id: 'audit',
    below: 'api',
    paths: at('sys/audit', 'sys/config/auditing'),
    operations: all,
    reason: 'without audit devices nobody sees what happens, and a new one can write to any file of the server',
  },
  {
    id: 'server-config',
    below: 'api',
    paths: at(
      'sys/config',
      'sys/loggers',
      'sys/reload',
      'sys/managed-keys',
      'sys/mfa',
      'sys/license',
      'sys/experiments',
    ),
    operations: write,
    reason: 'settings of the server concern all tenants',
  },
  {
    id: 'plugin',
    below: 'api',
    paths: at('sys/plugins'),
    operations: write,
    reason: 'a plugin is a program that runs on the server and sees all requests to its mount',
  },
  {
    id: 'quota',
    below: 'api',
    paths: at('sys/quotas'),
    operations: write,
    reason: 'a quota that is removed or set to nothing stops other tenants',
  },
  {
    id: 'namespace',
    below: 'api',
    paths: at('sys/namespaces'),
    operations: write,
    reason: 'who creates a namespace is its administrator, and who deletes one deletes all in it',
  },
  {
    id: 'storage',
    below: 'api',
    paths: at('sys/storage', 'sys/replication'),
    operations: all,
    reason: 'a snapshot contains all data, and one that is restored replaces all data',
  },
  {
    id: 'lease-revocation',
    below: 'api',
    paths: [
      ...at('sys/leases/revoke-force', 'sys/leases/revoke-prefix', 'sys/leases/tidy'),
      ...at('sys/revoke-force', 'sys/revoke-prefix'),
    ],
    operations: write,
    reason: 'credentials of all tenants can be revoked by their path',
  },
  {
    id: 'diagnostics',
    below: 'api',
    paths: at('sys/pprof', 'sys/internal/inspect', 'sys/internal/counters/config', 'sys/monitor', 'sys/in-flight-req'),
    operations: all,
    reason: 'memory and requests of the server contain secrets of all tenants',
  },
  {
    id: 'unlock',
    below: 'api',
    paths: at('sys/locked-users'),
    operations: write,
    reason: 'the lock stops those who guess passwords',
  },
  {
    id: 'identity',
    below: 'api',
    paths: at(
      ...['entity', 'entity-alias', 'group', 'group-alias', 'persona', 'alias', 'mfa'].map(
        (name) => `identity/${name}`,
      ),
    ),
    operations: write,
    reason: 'entities and groups add policies to tokens, and an alias makes one client another',
  },
  {
    id: 'identity-provider',
    below: 'api',
    paths: [
      ...at(...['key', 'role', 'config', 'client', 'assignment', 'scope'].map((name) => `identity/oidc/${name}`)),
      'identity/oidc/provider/+',
      'identity/oidc/introspect',
    ],
    operations: write,
    reason: 'the identity provider vouches for users to other programs',
  },
  {
    id: 'token-create',
    below: 'api',
    paths: ['auth/token/create'],
    operations: ['create', 'update'],
    capability: 'sudo',
    reason: 'with sudo a new token can have any policy; without, it has at most those of its parent',
  },
  {
    id: 'token-create-orphan',
    below: 'api',
    paths: ['auth/token/create-orphan'],
    operations: ['create', 'update'],
    reason: 'an orphan token outlives the one that created it, and with sudo it can have any policy',
  },
  {
    id: 'token-accessor',
    below: 'api',
    paths: [
      ...at('auth/token/accessors', 'auth/token/lookup-accessor', 'auth/token/renew-accessor'),
      ...at('auth/token/revoke-accessor', 'auth/token/revoke-orphan', 'auth/token/tidy'),
    ],
    operations: all,
    reason: 'tokens of others can be found, kept alive and revoked by their accessors',
  },
  {
    id: 'auth-role',
    below: 'auth',
    paths: at(...loginEndpoints),
    operations: write,
    reason: 'the role says which policies a login yields; a SecretID of a role is a login with its policies',
  },
  {
    id: 'auth-config',
    below: 'auth',
    paths: [...at('config', 'rotate', 'tidy'), 'tune', 'clients/*', 'roletag-denylist/*', 'identity-accesslist/*'],
    operations: write,
    reason: 'settings of an auth method say who vouches for clients',
  },
  {
    id: 'engine-config',
    below: 'engine',
    paths: at('config', 'role', 'roles', 'static-roles', 'static-role', 'rotate-root', 'tidy'),
    operations: write,
    reason: 'settings and roles of an engine say what its credentials allow, for all tenants of the engine',
  },
  {
    id: 'kv-config',
    below: 'kv-v2',
    paths: ['config'],
    operations: write,
    reason: 'the number of versions concerns the documents of all tenants: older ones are deleted',
  },
  {
    id: 'pki-authority',
    below: 'pki',
    paths: [
      ...at('root', 'intermediate', 'issuers', 'issuer/+/sign-intermediate', 'issuer/+/sign-self-issued'),
      ...at('issuer/+/resign-crls', 'issuer/+/sign-revocation-list', 'issuer/+/unified-crl'),
      ...['issuer/+', 'bundle', 'keys/*', 'key/+', 'certs/revoked', 'revoke', 'eab/+', 'sign-self-issued'],
    ],
    operations: write,
    reason: 'an authority signed by this one can issue any certificate, and without its issuers it can issue none',
  },
  {
    id: 'pki-sign-verbatim',
    below: 'pki',
    paths: at('sign-verbatim', 'issuer/+/sign-verbatim', 'acme', 'issuer/+/acme'),
    operations: write,
    reason: 'certificates are signed as requested, without the limits of a role',
  },
  {
    id: 'transit-export',
    below: 'transit',
    paths: at('export', 'byok-export', 'backup', 'restore'),
    operations: all,
    reason: 'a key that leaves the server can be used without its log and its limits',
  },
  {
    id: 'transit-key',
    below: 'transit',
    paths: [
      ...['keys/+', 'keys/+/config', 'keys/+/trim', 'keys/+/import', 'keys/+/import_version', 'keys/+/csr'],
      ...['keys/+/set-certificate', 'keys/+/soft-delete', 'keys/+/soft-delete-restore', 'cache-config'],
    ],
    operations: write,
    reason: 'settings of a key can make it exportable and deletable, and an imported key is known to others',
  },
  {
    id: 'database-connection',
    below: 'database',
    paths: at('reset', 'reload', 'rotate-role'),
    operations: write,
    reason: 'connections and passwords are shared by all tenants of the engine',
  },
  {
    id: 'ssh-key',
    below: 'ssh',
    paths: at('keys', 'issuer', 'issuers'),
    operations: write,
    reason: 'who holds the key of the authority can log in to all hosts that trust it',
  },
  {
    id: 'totp-key',
    below: 'totp',
    paths: at('keys'),
    operations: write,
    reason: 'a key that is replaced gives its codes to somebody else',
  },
  {
    id: 'aws-config',
    below: 'aws',
    paths: at('config/root', 'config/rotate-root', 'config/lease'),
    operations: all,
    reason: 'the account of the engine creates those of all tenants',
  },
];
