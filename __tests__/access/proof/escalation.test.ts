import { catalogue, type Escalation } from '../../../access/proof/catalogue';
import { findEscalations, platformAccess, type EscalationException } from '../../../access/proof/escalation';
import type { Server } from '../../../access/servers';
import { now, owner, smallModel, type Rules } from './small-model';

const mounts = ['aws', 'database', 'kv-v2', 'pki', 'ssh', 'totp', 'transit'].map((type) => ({
  path: `v1/devel/${type}/`,
  type,
}));
const principal = 'approle:approle/role/shop-role';

/** What a principal of a tenant reaches with these rules. */
function reached(rules: Rules, exceptions: readonly EscalationException[] = [], server: Server = 'openbao-2.7') {
  const model = smallModel({ shop: { owner: owner('shop'), rules } }, { mounts, server });
  return findEscalations(model, { exceptions, now });
}

const checks = (...parameters: Parameters<typeof reached>): string[] =>
  reached(...parameters).map(({ check }) => check);

/** A path of the entry in the mount that a policy of a tenant could name. */
function examplePath({ below, paths }: Escalation): string {
  const [path = ''] = paths;
  const prefix =
    { api: '', auth: 'auth/approle/', engine: 'v1/devel/transit/' }[below as string] ?? `v1/devel/${below}/`;
  return `${prefix}${path.replaceAll('+', 'something').replace(/\*$/, 'rest')}`;
}

describe('the catalogue', () => {
  it('has each id once, with a reason', () => {
    expect(new Set(catalogue.map(({ id }) => id)).size).toBe(catalogue.length);
    for (const { reason } of catalogue) expect(reason).toMatch(/^[a-z].{30,}[^.]$/);
  });

  const cases = catalogue.flatMap((entry) =>
    (['vault-1.21', 'vault-2', 'openbao-2.7'] as const).map((server) => [entry.id, server, entry] as const),
  );

  it.each(cases)('finds %s in a policy that looks harmless, on %s', (id, server, entry) => {
    const operation = entry.operations.find((each) => each !== 'read' && each !== 'list') ?? 'update';
    const capabilities = [operation === 'update' ? 'update' : operation, 'sudo'] as never[];
    expect(checks({ 'v1/devel/kv/data/shop/*': ['read'], [examplePath(entry)]: capabilities }, [], server)).toContain(
      id,
    );
  });
});

describe('escalation', () => {
  it('is not what every token and every tenant can do', () => {
    expect(
      checks({
        'auth/token/lookup-self': ['read'],
        'auth/token/renew-self': ['update'],
        'auth/token/revoke-self': ['update'],
        'auth/token/create': ['update'],
        'sys/capabilities-self': ['update'],
        'sys/internal/ui/resultant-acl': ['read'],
        'sys/leases/lookup': ['update'],
        'sys/leases/renew': ['update'],
        'sys/wrapping/unwrap': ['update'],
        'sys/tools/hash/*': ['update'],
        'cubbyhole/*': ['create', 'read', 'update', 'delete', 'list'],
        'identity/entity/id/{{identity.entity.id}}': ['read'],
        'identity/oidc/provider/+/authorize': ['read', 'update'],
        'v1/devel/kv/data/shop/*': ['create', 'read', 'update', 'delete'],
        'v1/devel/transit/encrypt/shop-card': ['update'],
        'v1/devel/transit/keys/shop-card': ['read'],
        'v1/devel/transit/keys/shop-card/rotate': ['update'],
        'v1/devel/pki/issue/shop-server': ['update'],
        'v1/devel/pki/revoke-with-key': ['update'],
        'v1/devel/database/creds/shop-run': ['read'],
        'v1/devel/ssh/sign/shop-ops': ['update'],
        'v1/devel/aws/creds/shop-upload': ['read'],
      }),
    ).toEqual([]);
  });

  it('is creation of tokens with sudo, whichever stanza wins', () => {
    expect(checks({ 'auth/token/create': ['update', 'sudo'] })).toEqual(['token-create']);
    expect(checks({ 'auth/token/create': ['update'], 'auth/*': ['sudo'] })).toEqual([]);
    expect(checks({ 'auth/token/creat*': ['create', 'sudo'], 'auth/token/*': ['read'] })).toEqual([
      'token-create',
      'token-create-orphan',
      'token-accessor',
    ]);
  });

  it('is a token role that allows a policy which its creator does not have', () => {
    const other = { rules: {}, over: { id: 'token-role:ops', kind: 'token-role', name: 'ops' } } as const;
    const found = (policies: readonly string[], rules: Rules): string[] =>
      findEscalations(
        smallModel({ shop: { owner: owner('shop'), rules }, ops: { ...other, over: { ...other.over, policies } } }),
        { exceptions: [], now },
      ).map(({ check, witness }) => `${check} ${witness.path}`);
    expect(found(['ops'], { 'auth/token/create/ops': ['update'] })).toEqual([
      'token-create-role auth/token/create/ops',
    ]);
    expect(found(['ops'], { 'auth/token/create/*': ['update'] })).toEqual(['token-create-role auth/token/create/ops']);
    expect(found(['shop'], { 'auth/token/create/ops': ['update'] })).toEqual([]);
    expect(found(['ops'], { 'auth/token/create/shop': ['update'] })).toEqual([]);
  });

  it('is decided as the server does', () => {
    expect(checks({ 'sys/*': ['read'] })).toEqual([
      'policy',
      'auth-method',
      'mount',
      'audit',
      'storage',
      'diagnostics',
    ]);
    expect(checks({ 'sys/raw/*': ['read'] })).toEqual([]);
    expect(checks({ 'sys/raw/*': ['read', 'sudo'] })).toEqual(['raw']);
    // Of these paths, some need sudo and the others do not.
    const audit = reached({ 'sys/*': ['read'] }).find(({ check }) => check === 'audit');
    expect(audit?.witness.path).toBe('sys/config/auditing');
    expect(checks({ 'sys/*': ['read'], 'sys/polic*': ['deny'], 'sys/+/pprof': ['deny'] })).not.toContain('policy');
  });

  it.each([
    ['auth/approle/role/shop-role/secret-id', 'auth-role'],
    ['auth/devel/approle/role/shop', 'auth-role'],
    ['auth/ldap/groups/admins', 'auth-role'],
    ['auth/userpass/users/eve', 'auth-role'],
    ['auth/token/roles/any', 'auth-role'],
    ['auth/jwt/config', 'auth-config'],
    ['v1/devel/pki/root/sign-intermediate', 'pki-authority'],
    ['v1/devel/pki/issuer/default/sign-verbatim/x', 'pki-sign-verbatim'],
    ['v1/devel/transit/keys/shop-card/config', 'transit-key'],
    ['v1/+/transit/export/encryption-key/shop-card', 'transit-export'],
    ['sys/policies/acl/shop', 'policy'],
    ['+/policies/acl/shop', 'policy'],
    ['identity/group/name/admins', 'identity'],
    ['v1/devel/database/config/warehouse', 'engine-config'],
  ])('%s is %s', (path, check) => {
    expect(checks({ [path]: ['update'] })).toEqual([check]);
  });

  it('is allowed by an exception for the principal, until it expires', () => {
    const rules: Rules = { 'auth/approle/role/shop-role/secret-id': ['update'] };
    const exception = { check: 'auth-role', principal, reason: 'Hands out its own', until: '2026-12-02' };
    expect(checks(rules, [exception])).toEqual([]);
    expect(checks(rules, [{ ...exception, principal: 'approle:approle/role/other-role' }])).toEqual(['auth-role']);
    expect(checks(rules, [{ ...exception, check: 'policy' }])).toEqual(['auth-role']);
    const [expired] = reached(rules, [{ ...exception, until: '2026-12-01' }]);
    expect(expired?.expired?.until).toBe('2026-12-01');
  });
});

test('what policies of the platform reach is shown, and is no finding', () => {
  const model = smallModel(
    { admin: { rules: { 'sys/*': ['update', 'sudo'] } }, shop: { owner: owner('shop'), rules: {} } },
    { mounts },
  );
  expect(findEscalations(model, { exceptions: [], now })).toEqual([]);
  const [policy, login, ...others] = platformAccess(model, now);
  expect(others).toEqual([]);
  expect([policy?.holder, login?.holder]).toEqual(['admin', 'approle:approle/role/admin-role']);
  expect(policy?.reached.map(({ check }) => check)).toEqual(
    expect.arrayContaining(['policy', 'auth-method', 'seal', 'root-token']),
  );
  expect(policy?.reached.map(({ check }) => check)).not.toContain('identity');
});
