import { operations, type Operation } from '../../../access/decide/request';
import { sensitivePaths } from '../../../access/report/sensitive-paths';

const changes: readonly Operation[] = ['create', 'update', 'delete', 'patch'];
const writes: readonly Operation[] = ['create', 'update', 'patch'];

interface Case {
  readonly type?: string;
  readonly level: 'critical' | 'high';
  readonly text: string;
  readonly operations: readonly Operation[];
  /** Below a mount of the type, if there is one. */
  readonly paths: readonly string[];
}

const cases: readonly Case[] = [
  {
    level: 'critical',
    text: 'changes policies, and so obtains any access',
    operations: changes,
    paths: ['sys/policies/acl/x', 'sys/policies/rgp/x', 'sys/policy/x'],
  },
  {
    level: 'critical',
    text: 'enables or changes auth methods, and so who can log in',
    operations: changes,
    paths: ['sys/auth/ldap', 'sys/auth/ldap/tune'],
  },
  {
    level: 'critical',
    text: 'changes logins, and so who gets which policies',
    operations: changes,
    paths: [
      ...['approle/role/x', 'aws/roles/x', 'ldap/groups/x', 'userpass/users/x', 'github/map/teams/x', 'cert/certs/x'],
      ...['ldap/config', 'aws/config/client', 'devel/approle/role/x', 'devel/jwt/config', 'devel/aws/config/client'],
    ].map((path) => `auth/${path}`),
  },
  {
    level: 'critical',
    text: 'changes entities or groups, and so who gets which policies',
    operations: changes,
    paths: ['identity/entity/name/x', 'identity/group'],
  },
  {
    level: 'high',
    text: 'creates tokens, which outlive the login or have policies of a role',
    operations: writes,
    paths: ['auth/token/create', 'auth/token/create-orphan', 'auth/token/create/x'],
  },
  {
    level: 'critical',
    text: 'operates the server itself',
    operations,
    paths: [
      ...['generate-root/attempt', 'rekey/init', 'rekey-recovery-key/init', 'raw/core/x', 'storage/raft/snapshot'],
      ...['seal', 'step-down', 'plugins/catalog/auth/x'],
    ].map((path) => `sys/${path}`),
  },
  {
    level: 'critical',
    text: 'changes audit or configuration of the server',
    operations: changes,
    paths: ['sys/audit/file', 'sys/audit-hash/file', 'sys/config/cors'],
  },
  {
    level: 'high',
    text: 'changes engines, leases or limits of everybody',
    operations: changes,
    paths: ['sys/mounts/kv', 'sys/remount', 'sys/leases/revoke', 'sys/namespaces/x', 'sys/quotas/rate-limit/x'],
  },
  {
    type: 'pki',
    level: 'critical',
    text: 'changes a certificate authority, or signs with its root',
    operations: changes,
    paths: [
      'root/generate/internal',
      'intermediate/set-signed',
      'config/ca',
      'keys/x',
      'issuers/import/bundle',
      'issuer/x',
    ],
  },
  {
    type: 'pki',
    level: 'critical',
    text: 'gets certificates with any name',
    operations: changes,
    paths: ['sign-verbatim', 'sign-verbatim/r', 'roles/r', 'sign-self-issued'],
  },
  {
    type: 'transit',
    level: 'critical',
    text: 'takes keys out of the server',
    operations: ['read'],
    paths: ['export/signing-key/k', 'backup/k'],
  },
  {
    type: 'transit',
    level: 'high',
    text: 'changes or deletes keys',
    operations: changes,
    paths: ['keys/k', 'keys/k/rotate', 'restore/k'],
  },
  {
    type: 'database',
    level: 'critical',
    text: 'runs statements with the account of the engine',
    operations: changes,
    paths: ['config/x', 'roles/r', 'static-roles/r'],
  },
  {
    type: 'aws',
    level: 'critical',
    text: 'gets any credentials that the engine can give',
    operations: changes,
    paths: ['config/root', 'roles/r'],
  },
  {
    type: 'ssh',
    level: 'critical',
    text: 'gets signatures for any account',
    operations: changes,
    paths: ['config/ca', 'roles/r'],
  },
  {
    type: 'kv-v2',
    level: 'high',
    text: 'destroys versions, which cannot be restored',
    operations: writes,
    paths: ['destroy/x'],
  },
  {
    type: 'kv-v2',
    level: 'high',
    text: 'deletes all versions, which cannot be restored',
    operations: ['delete'],
    paths: ['metadata/x'],
  },
];

const found = (
  operation: Operation,
  include: string,
  type?: string,
  except: readonly string[] = [],
): readonly string[] =>
  sensitivePaths({ operation, include, except, mount: type === undefined ? undefined : { path: 'v1/x/', type } }).map(
    ({ level, text }) => `${level}: ${text}`,
  );

describe('a sensitive path', () => {
  it.each(
    cases.flatMap(({ paths, ...rest }) =>
      paths.map((path) => ({ ...rest, path: rest.type === undefined ? path : `v1/x/${path}` })),
    ),
  )('$path ($type): $text', ({ path, type, level, text, operations: dangerous }) => {
    expect(operations.filter((operation) => found(operation, path, type).includes(`${level}: ${text}`)).sort()).toEqual(
      [...dangerous].sort(),
    );
    expect(operations.flatMap((operation) => found(operation, path, type))).toHaveLength(dangerous.length);
  });

  it('is one reason more for a SecretID, which a role issues', () => {
    const issues = 'high: issues credentials of a login, and so acts as it';
    const login = 'critical: changes logins, and so who gets which policies';
    for (const path of ['auth/approle/role/r/secret-id', 'auth/devel/approle/role/r/secret-id']) {
      expect(found('update', path)).toEqual(expect.arrayContaining([issues, login]));
      expect(found('delete', path)).toEqual([login]);
      expect(found('read', path)).toEqual([]);
    }
  });

  it.each([
    ['update', 'sys/health'],
    ['read', 'sys/policies/acl/x'],
    ['update', 'auth/approle/login'],
    ['update', 'cubbyhole/x'],
  ] as const)('is not %s %s', (operation, path) => {
    expect(found(operation, path)).toEqual([]);
  });

  it('is looked for inside the engine only', () => {
    expect(found('update', 'v1/x/keys/k', 'kv')).toEqual([]);
    expect(found('update', 'v1/x/keys/k')).toEqual([]);
    expect(found('update', 'v1/x/roles/r', 'transit')).toEqual([]);
  });

  it('counts once for a wildcard that includes several', () => {
    expect(found('update', 'v1/x/*', 'transit')).toEqual(['high: changes or deletes keys']);
  });

  it('is left out if exceptions plainly include all of it', () => {
    const rated = (...except: readonly string[]): readonly string[] => found('update', 'v1/x/*', 'transit', except);
    const reasons = ['high: changes or deletes keys'];
    expect(rated('v1/x/keys/*', 'v1/x/restore/*')).toEqual([]);
    expect(rated('v1/x/k*', 'v1/x/r*')).toEqual([]);
    expect(rated('v1/x/keys/*')).toEqual(reasons);
    expect(rated('v1/x/keys/k', 'v1/x/restore/*')).toEqual(reasons);
    expect(rated('v1/x/keys/', 'v1/x/restore/*')).toEqual(reasons);
    expect(rated('v1/+/keys/*', 'v1/x/restore/*')).toEqual(reasons);
    expect(found('update', 'sys/sea*', undefined, ['sys/seal'])).toEqual([]);
    expect(found('update', 'sys/sea*', undefined, ['sys/sea'])).toEqual(['critical: operates the server itself']);
  });
});
