import { catalogue } from '../../../access/proof/catalogue';
import { findEscalations, isKnownCheck } from '../../../access/proof/escalation';
import { now, owner, smallModel, type Rules } from './small-model';

const mounts = ['aws', 'database', 'kv', 'kv-v2', 'pki', 'ssh', 'totp', 'transit'].map((type) => ({
  path: `v1/devel/${type}/`,
  type,
}));

/** Checks that principals of a tenant fail, by the name of the principal. All are decided at once, which is fast. */
function checksOf(rules: Readonly<Record<string, Rules>>): ReadonlyMap<string, readonly string[]> {
  const entries = Object.entries(rules).map(([name, each]) => [name, { owner: owner('shop'), rules: each }] as const);
  const findings = findEscalations(smallModel(Object.fromEntries(entries), { mounts }), { exceptions: [], now });
  return new Map(
    entries.map(([name]) => [
      name,
      findings.flatMap(({ check, principal }) => (principal.policies.includes(name) ? [check] : [])),
    ]),
  );
}

/** What a principal of a tenant reaches with these rules. */
const checks = (rules: Rules): readonly string[] => checksOf({ shop: rules }).get('shop') ?? [];
const everyCapability = ['create', 'read', 'update', 'patch', 'delete', 'list', 'scan', 'sudo'] as const;
const below = (mount: string, ...paths: readonly string[]): string[] => paths.map((path) => `${mount}/${path}`);

/** Requests that no tenant needs, by what they lead to. */
const paths: Readonly<Record<string, readonly string[]>> = {
  policy: below('sys', 'policies', 'policies/acl/x', 'policies/rgp/x', 'policy', 'policy/x'),
  'auth-method': below('sys', 'auth', 'auth/ldap', 'mounts/auth/ldap/tune'),
  mount: below('sys', 'mounts', 'mounts/kv', 'remount', 'remount/status/x'),
  raw: below('sys', 'raw', 'raw/core/x'),
  seal: below('sys', 'seal', 'step-down', 'seal-backend-status', 'sealwrap/rewrap'),
  'root-token': below('sys', 'generate-root/attempt', 'generate-recovery-token/update', 'decode-token'),
  rekey: below('sys', 'rekey/init', 'rekey-recovery-key/init', 'rotate', 'rotate/config', 'init'),
  audit: below('sys', 'audit', 'audit/file', 'config/auditing/request-headers/x'),
  'server-config': below(
    'sys',
    ...['config/cors', 'config/ui/headers/x', 'loggers', 'loggers/core', 'reload/x', 'managed-keys/pkcs11/x'],
    ...['mfa/method/totp/x', 'license', 'experiments'],
  ),
  plugin: below('sys', 'plugins/catalog/auth/x', 'plugins/reload/backend', 'plugins'),
  quota: below('sys', 'quotas/rate-limit/x', 'quotas/config'),
  namespace: below('sys', 'namespaces/x', 'namespaces'),
  storage: below('sys', 'storage/raft/snapshot', 'replication/dr/primary/enable'),
  'lease-revocation': below(
    'sys',
    ...['leases/revoke-force/x', 'leases/revoke-prefix/x', 'leases/tidy', 'revoke-force/x', 'revoke-prefix/x'],
  ),
  diagnostics: below(
    'sys',
    ...['pprof', 'pprof/heap', 'internal/inspect/router/x', 'internal/counters/config', 'monitor', 'in-flight-req'],
  ),
  unlock: below('sys', 'locked-users', 'locked-users/x/unlock/y'),
  identity: below(
    'identity',
    ...['entity', 'entity/id/x', 'entity-alias', 'group/name/x', 'group-alias/id/x', 'persona/id/x', 'alias/id/x'],
    ...['mfa/method/totp'],
  ),
  'identity-provider': below(
    'identity/oidc',
    ...['key/x', 'key/x/rotate', 'role/x', 'config', 'client/x', 'assignment/x', 'scope/x', 'provider/x', 'introspect'],
  ),
  'token-create': ['auth/token/create'],
  'token-create-orphan': ['auth/token/create-orphan'],
  'token-accessor': below(
    'auth/token',
    ...['accessors', 'accessors/x', 'lookup-accessor', 'lookup-accessor/x', 'renew-accessor', 'revoke-accessor'],
    ...['revoke-orphan', 'tidy'],
  ),
  'auth-role': [
    ...below(
      'auth/x',
      ...['role/r', 'role/r/secret-id', 'roles/r', 'users/u', 'user/u', 'groups/g', 'group/g', 'certs/c'],
      ...['map/teams/t', 'teams/t', 'identities/i', 'tag/t', 'repositories/r'],
    ),
    ...below('auth/devel/x', 'role/r', 'role/r/secret-id', 'groups/g'),
    'auth/token/roles/r',
  ],
  'auth-config': [
    ...below('auth/x', 'config', 'config/client', 'rotate/root', 'tidy/secret-id', 'tune', 'clients/x'),
    ...below('auth/x', 'roletag-denylist/x', 'identity-accesslist/x'),
    ...below('auth/devel/x', 'config', 'config/client'),
  ],
  'engine-config': [
    ...below('v1/devel/database', 'config/x', 'roles/r', 'role/r', 'static-roles/r', 'static-role/r', 'rotate-root/x'),
    ...below('v1/devel/pki', 'tidy', 'roles/r'),
  ],
  'kv-config': ['v1/devel/kv-v2/config'],
  'pki-authority': below(
    'v1/devel/pki',
    ...['root', 'root/sign-intermediate', 'root/sign-self-issued', 'root/generate/internal', 'root/rotate/internal'],
    ...['root/replace', 'intermediate/generate/internal', 'intermediate/set-signed', 'issuers/import/bundle'],
    ...['issuers/generate/root/internal', 'issuer/x/sign-intermediate', 'issuer/x/sign-self-issued'],
    ...['issuer/x/resign-crls', 'issuer/x/sign-revocation-list', 'issuer/x/unified-crl', 'issuer/x', 'bundle'],
    ...['keys/import', 'key/x', 'certs/revoked', 'revoke', 'eab/x', 'sign-self-issued'],
  ),
  'pki-sign-verbatim': below(
    'v1/devel/pki',
    ...['sign-verbatim', 'sign-verbatim/r', 'issuer/x/sign-verbatim/r', 'acme/new-order', 'issuer/x/acme/new-order'],
  ),
  'transit-export': below(
    'v1/devel/transit',
    ...['export/signing-key/k', 'byok-export/a/b', 'backup/k', 'restore', 'restore/k'],
  ),
  'transit-key': below(
    'v1/devel/transit',
    ...['keys/k', 'keys/k/config', 'keys/k/trim', 'keys/k/import', 'keys/k/import_version', 'keys/k/csr'],
    ...['keys/k/set-certificate', 'keys/k/soft-delete', 'keys/k/soft-delete-restore', 'cache-config'],
  ),
  'database-connection': below('v1/devel/database', 'reset/x', 'reload/x', 'rotate-role/x'),
  'ssh-key': below('v1/devel/ssh', 'keys/x', 'issuer/x', 'issuers/import'),
  'totp-key': below('v1/devel/totp', 'keys/x'),
  'aws-config': below('v1/devel/aws', 'config/root', 'config/rotate-root', 'config/lease'),
};

/** What reading leads to as well. */
const alsoByReading = [
  ...['policy', 'auth-method', 'mount', 'raw', 'audit', 'storage', 'diagnostics', 'token-accessor', 'transit-export'],
  'aws-config',
];
const onlyByCreation = ['token-create', 'token-create-orphan'];

describe('the catalogue', () => {
  it('has an example of each check, and no others are known', () => {
    expect(Object.keys(paths).sort()).toEqual(catalogue.map(({ id }) => id).sort());
    expect([...Object.keys(paths), 'token-create-role'].filter((id) => !isKnownCheck(id))).toEqual([]);
    expect(isKnownCheck('other')).toBe(false);
  });

  it('has each of the requests', () => {
    const all = Object.entries(paths).flatMap(([check, list]) => list.map((path) => [check, path] as const));
    const found = checksOf(
      Object.fromEntries(all.map(([check, path]) => [`${check} ${path}`, { [path]: everyCapability }])),
    );
    expect(all.filter(([check, path]) => found.get(`${check} ${path}`)?.includes(check) !== true)).toEqual([]);
  });

  it('has the requests by their operations only', () => {
    const writes = ['create', 'update', 'patch', 'delete'] as const;
    const operations = ['read', 'list', 'scan', ...writes] as const;
    const found = checksOf(
      Object.fromEntries(
        Object.entries(paths).flatMap(([check, [path = '']]) =>
          operations.map((operation) => [`${check} ${operation}`, { [`${path}*`]: [operation, 'sudo'] }]),
        ),
      ),
    );
    for (const check of Object.keys(paths)) {
      const read = alsoByReading.includes(check) ? ['read', 'list', 'scan'] : [];
      const expected = [...read, ...(onlyByCreation.includes(check) ? writes.slice(0, 2) : writes)];
      expect([check, ...operations.filter((each) => found.get(`${check} ${each}`)?.includes(check))]).toEqual([
        check,
        ...expected,
      ]);
    }
  });

  it('has sudo for the creation of tokens only where the stanza that decides has it', () => {
    expect(checks({ 'auth/token/create': ['update'] })).toEqual([]);
    expect(checks({ 'auth/token/create-orphan': ['update'] })).toEqual(['token-create-orphan']);
  });

  it('does not have other requests', () => {
    const others = [
      ...['sys/policiesx', 'auth/x/login', 'auth/x/y/login/role/z', 'identity/lookup/entity', 'identity/oidc/token/x'],
      ...['kv/config/x', 'kv/roles/x', 'kv-v2/roles/x', 'transit/sign/k', 'ssh/sign-verbatim/x', 'pki/keys'].map(
        (path) => `v1/devel/${path}`,
      ),
    ];
    const found = checksOf(Object.fromEntries(others.map((path) => [path, { [path]: everyCapability }])));
    expect([...found].filter(([, list]) => list.length > 0)).toEqual([]);
  });

  it('has no settings of auth methods in the names of roles and tokens', () => {
    const names = 'role roles users user groups group certs map teams identities tag repositories'.split(' ');
    const found = checksOf(
      Object.fromEntries(names.map((name) => [name, { [`auth/x/${name}/config/y`]: everyCapability }])),
    );
    expect([...found].filter(([, list]) => list.join() !== 'auth-role')).toEqual([]);
    expect(checks({ 'auth/token/lookup/config/y': everyCapability })).toEqual([]);
    expect(checks({ 'auth/x/y/config/z': everyCapability })).toEqual(['auth-config']);
  });
});
