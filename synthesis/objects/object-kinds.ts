import { loginAlias, type ServerMade } from './login-alias';

/** Attributes of a resource as a plan contains them; those that are not known before the apply are missing. */
export type Attributes = Readonly<Record<string, unknown>>;

/** How an object on the server that a resource creates is found, described and imported. */
export interface ObjectKind {
  /** For messages, for example `policy`. */
  readonly title: string;
  /** Path of the API where it can be read. @returns undefined if a part of it is not known before the apply */
  readonly path: (attributes: Attributes) => string | undefined;
  /** Body of a lookup, which is then written to the path. @default - the path is read */
  readonly lookup?: (attributes: Attributes) => Attributes | undefined;
  /** Fields of the answer that say what it is and contain no secret. */
  readonly shows: readonly string[];
  /** Identifies it in an import: a field of the answer, or its name in the plan. @default - its path */
  readonly importedBy?: { readonly answer: string } | { readonly attribute: string };
  /** Because Terraform cannot import it. @default - it can */
  readonly insteadOfImport?: string;
  /** Recognises what the server itself created. @default - everything that exists was made by somebody else */
  readonly madeByServer?: (attributes: Attributes, answer: Attributes) => ServerMade | undefined;
  /** Whether it stays on the server when its tenant leaves, and is used again when that tenant returns. @default false */
  readonly stays?: boolean;
}

/** A path with attributes in braces. */
const at =
  (pattern: string) =>
  (attributes: Attributes): string | undefined => {
    let isKnown = true;
    const path = pattern.replaceAll(/\{(\w+)\}/g, (_, key: string) => {
      const value = attributes[key];
      if (typeof value !== 'string' || value === '') isKnown = false;
      return String(value).replaceAll(/^\/+|\/+$/g, '');
    });
    return isKnown ? path : undefined;
  };

const tokenFields = ['token_policies', 'policies'];
const role = (title: string, pattern: string, shows: readonly string[]): ObjectKind => ({
  title,
  path: at(pattern),
  shows,
});

/** By resource type. */
const kinds: Readonly<Record<string, ObjectKind>> = {
  vault_policy: {
    title: 'policy',
    path: at('sys/policies/acl/{name}'),
    shows: ['policy'],
    importedBy: { attribute: 'name' },
  },
  vault_mount: {
    title: 'secret engine',
    path: at('sys/mounts/{path}'),
    shows: ['type', 'description'],
    importedBy: { attribute: 'path' },
  },
  vault_auth_backend: {
    title: 'auth method',
    path: at('sys/auth/{path}'),
    shows: ['type', 'description'],
    importedBy: { attribute: 'path' },
  },
  vault_identity_group: {
    title: 'identity group',
    path: at('identity/group/name/{name}'),
    shows: ['policies', 'member_entity_ids', 'member_group_ids', 'type'],
    importedBy: { answer: 'id' },
  },
  vault_identity_entity: {
    title: 'identity entity',
    path: at('identity/entity/name/{name}'),
    shows: ['policies', 'aliases', 'group_ids', 'metadata'],
    importedBy: { answer: 'id' },
  },
  vault_identity_entity_alias: {
    title: 'entity with this alias',
    path: at('identity/lookup/entity'),
    lookup: ({ name, mount_accessor: accessor }) =>
      typeof name === 'string' && typeof accessor === 'string'
        ? { alias_name: name, alias_mount_accessor: accessor }
        : undefined,
    shows: ['name', 'policies', 'group_ids', 'metadata'],
    insteadOfImport: 'an administrator deletes its alias (constructs/identity/README.md)',
    madeByServer: loginAlias,
  },
  vault_quota_rate_limit: {
    title: 'rate limit',
    path: at('sys/quotas/rate-limit/{name}'),
    shows: ['path', 'role', 'rate', 'interval'],
    importedBy: { attribute: 'name' },
  },
  vault_quota_lease_count: {
    title: 'lease count limit',
    path: at('sys/quotas/lease-count/{name}'),
    shows: ['path', 'role', 'max_leases'],
    importedBy: { attribute: 'name' },
  },
  vault_approle_auth_backend_role: role('AppRole', 'auth/{backend}/role/{role_name}', tokenFields),
  vault_kubernetes_auth_backend_role: role('role', 'auth/{backend}/role/{role_name}', [
    ...tokenFields,
    'bound_service_account_names',
    'bound_service_account_namespaces',
  ]),
  vault_jwt_auth_backend_role: role('role', 'auth/{backend}/role/{role_name}', [
    ...tokenFields,
    'bound_audiences',
    'bound_claims',
  ]),
  vault_aws_auth_backend_role: role('role', 'auth/{backend}/role/{role}', [...tokenFields, 'bound_iam_principal_arn']),
  vault_ldap_auth_backend_group: role('LDAP group', 'auth/{backend}/groups/{groupname}', tokenFields),
  vault_token_auth_backend_role: {
    ...role('token role', 'auth/token/roles/{role_name}', ['allowed_policies', 'allowed_policies_glob']),
    importedBy: { attribute: 'role_name' },
  },
  // The register keeps its name from other teams, and a server that has it changes nothing.
  vault_transit_secret_backend_key: {
    ...role('transit key', '{backend}/keys/{name}', ['type', 'latest_version']),
    stays: true,
  },
  vault_database_secret_backend_connection: role('database connection', '{backend}/config/{name}', [
    'plugin_name',
    'allowed_roles',
  ]),
  vault_database_secret_backend_role: role('database role', '{backend}/roles/{name}', ['db_name']),
  vault_database_secret_backend_static_role: role('static role', '{backend}/static-roles/{name}', [
    'db_name',
    'username',
  ]),
  vault_aws_secret_backend_role: role('AWS role', '{backend}/roles/{name}', [
    'credential_type',
    'role_arns',
    'policy_arns',
  ]),
  vault_ssh_secret_backend_role: role('SSH role', '{backend}/roles/{name}', [
    'allowed_users',
    'default_user',
    'max_ttl',
  ]),
  vault_pki_secret_backend_role: role('certificate role', '{backend}/roles/{name}', ['allowed_domains', 'max_ttl']),
};

/**
 * Resources without an object of their own: settings of a mount or a role that another resource creates, and generations of keys and
 * certificates, which the server adds and never replaces.
 */
const partsOfOthers: ReadonlySet<string> = new Set([
  'vault_audit_request_header',
  'vault_aws_auth_backend_client',
  'vault_kubernetes_auth_backend_config',
  'vault_kv_secret_backend_v2',
  'vault_pki_secret_backend_config_cluster',
  'vault_pki_secret_backend_config_issuers',
  'vault_pki_secret_backend_config_urls',
  'vault_pki_secret_backend_intermediate_cert_request',
  'vault_pki_secret_backend_root_sign_intermediate',
  'vault_ssh_secret_backend_ca',
]);

/** A document is read through its metadata, which reveals no content. */
const documentKind: ObjectKind = {
  title: 'document',
  path: ({ path }) => (typeof path === 'string' ? path.replace('/data/', '/metadata/') : undefined),
  shows: ['current_version', 'created_time'],
  insteadOfImport: 'set `keySet: existing` in the tenant’s file, which never overwrites it',
};

const documentPath = /^v1\/[^/]+\/kv\/data\/./;

/** Paths of generic endpoints that are part of others, as {@link partsOfOthers}. */
const settingsPaths: readonly RegExp[] = [
  /^sys\/mounts\/.+\/tune$/,
  /^auth\/.+\/config$/,
  // Bounds of a role that another resource creates.
  /^auth\/.+\/role\/[^/]+$/,
  /^v1\/[^/]+\/(pki\/[^/]+|database|aws)\/config\/[^/]+$/,
  /^v1\/[^/]+\/pki\/[^/]+\/(issuers\/generate\/root\/internal|intermediate\/set-signed|issuer\/[^/]+)$/,
];

/**
 * The kind of object that a resource creates.
 *
 * @returns `part` for a part of another object, undefined for a resource that is not known here
 */
export function objectKind(type: string, attributes: Attributes): ObjectKind | 'part' | undefined {
  if (Object.hasOwn(kinds, type)) return kinds[type];
  if (partsOfOthers.has(type)) return 'part';
  if (type !== 'vault_generic_endpoint') return undefined;
  const { path } = attributes;
  // The path contains an id that the server generates for another resource of the plan, such as an issuer.
  if (typeof path !== 'string') return 'part';
  if (documentPath.test(path)) return documentKind;
  return settingsPaths.some((pattern) => pattern.test(path)) ? 'part' : undefined;
}
