import { catalogue } from '../../../access/proof/catalogue';
import { findEscalations, isKnownCheck } from '../../../access/proof/escalation';
import { accessOperations } from '../../../access/proof/holder';
import { now, owner, smallModel, type Rules } from './small-model';

const mounts = ['aws', 'database', 'kv', 'kv-v2', 'pki', 'ssh', 'totp', 'transit'].map((type) => ({
  path: `v1/devel/${type}/`,
  type,
}));

/** What a principal of a tenant reaches with these rules. */
const checks = (rules: Rules): readonly string[] =>
  findEscalations(smallModel({ shop: { owner: owner('shop'), rules } }, { mounts }), { exceptions: [], now }).map(
    ({ check }) => check,
  );
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

  it.each(Object.entries(paths).flatMap(([check, list]) => list.map((path) => [check, path] as const)))(
    'has %s: %s',
    (check, path) => {
      expect(checks({ [path]: everyCapability })).toContain(check);
    },
  );

  it.each(Object.entries(paths))('has %s by its operations only', (check, [path = '']) => {
    const found = accessOperations.filter(
      (operation) => operation !== 'recover' && checks({ [`${path}*`]: [operation, 'sudo'] }).includes(check),
    );
    const writes = ['create', 'update', 'patch', 'delete'];
    const read = alsoByReading.includes(check) ? ['read', 'list', 'scan'] : [];
    expect(found).toEqual([...read, ...(onlyByCreation.includes(check) ? writes.slice(0, 2) : writes)]);
  });

  it('has sudo for the creation of tokens only where the stanza that decides has it', () => {
    expect(checks({ 'auth/token/create': ['update'] })).toEqual([]);
    expect(checks({ 'auth/token/create-orphan': ['update'] })).toEqual(['token-create-orphan']);
  });

  it.each([
    'sys/policiesx',
    'auth/x/login',
    'auth/x/y/login/role/z',
    'v1/devel/kv/config/x',
    'v1/devel/kv/roles/x',
    'v1/devel/kv-v2/roles/x',
    'v1/devel/transit/sign/k',
    'v1/devel/ssh/sign-verbatim/x',
    'v1/devel/pki/keys',
    'identity/lookup/entity',
    'identity/oidc/token/x',
  ])('does not have %s', (path) => {
    expect(checks({ [path]: everyCapability })).toEqual([]);
  });

  it('has no settings of auth methods in the names of roles and tokens', () => {
    const names = 'role roles users user groups group certs map teams identities tag repositories'.split(' ');
    expect(
      names.filter((name) => checks({ [`auth/x/${name}/config/y`]: everyCapability }).join() !== 'auth-role'),
    ).toEqual([]);
    expect(checks({ 'auth/token/lookup/config/y': everyCapability })).toEqual([]);
    expect(checks({ 'auth/x/y/config/z': everyCapability })).toEqual(['auth-config']);
  });
});
