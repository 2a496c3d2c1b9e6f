import type { Operation } from '../../../access/decide/request';
import { adminPolicy } from '../../../constructs/policy/admin-policy';
import { provisionerPolicy } from '../../../constructs/policy/provisioner-policy';
import { authority, cluster, databaseConnection, environment, kubernetesMethod } from '../../support/inventory/model';
import { PolicyAccess } from '../../support/policy/policy-access';

const root = authority('root');
const withEverything = environment('devel', {
  appRoleMount: 'devel/approle',
  authorities: [root, authority('kafka', { signedBy: { kind: 'authority', authority: root } })],
  engines: {
    keyValue: { maxVersions: 10, casRequired: false, tuning: {} },
    keyValue1: { tuning: {} },
    transit: { tuning: {} },
    database: { connections: [databaseConnection()], tuning: {} },
    aws: { region: 'eu-central-1', defaultTtlSeconds: 3600, maxTtlSeconds: 3600, tuning: {} },
    ssh: { tuning: {} },
  },
});
const apps = cluster({ authMethods: [kubernetesMethod({ name: 'apps', mountPath: 'apps' })] });
const policy = new PolicyAccess(provisionerPolicy(apps, [withEverything, environment('stag')]).rules);
const paths = Object.keys(policy.rules);
const operations = ['create', 'read', 'update', 'patch', 'delete', 'list'] as const;
/** What may be done there, of everything that can be. */
const allowedBy = (access: PolicyAccess, path: string): readonly Operation[] =>
  operations.filter((operation) => !access.denies(path, operation));

describe('the provisioner', () => {
  it('writes a key-set document once, and neither reads nor changes it', () => {
    expect(allowedBy(policy, 'v1/devel/kv/data/checkout/configs')).toEqual(['create']);
    expect(allowedBy(policy, 'v1/devel/kv/data/checkout/other')).toEqual([]);
    expect(paths.filter((path) => path.includes('/data/'))).toEqual([
      'v1/devel/kv/data/+/configs',
      'v1/stag/kv/data/+/configs',
    ]);
  });

  it('creates engines and auth methods, and cannot remove them', () => {
    const mounts = Object.entries(policy.rules).filter(([path]) => /^sys\/(mounts|auth)\//.test(path));
    expect(mounts.length).toBeGreaterThan(14);
    for (const [, capabilities] of mounts) expect(capabilities).not.toContain('delete');
    expect(policy.allows('sys/mounts/v1/devel/kv', 'create')).toBe(true);
    expect(policy.denies('sys/mounts/v1/devel/kv', 'delete')).toBe(true);
    expect(policy.denies('sys/auth/apps', 'delete')).toBe(true);
  });

  it('cannot issue SecretIDs, certificates, accounts, SSH signatures or ciphertexts', () => {
    const issuing =
      /secret-id|\/login|\/(issue|sign|creds|static-creds|sts|encrypt|decrypt|datakey|export|rotate-root)\//;
    expect(paths.filter((path) => issuing.test(`${path}/`))).toEqual([]);
    expect(allowedBy(policy, 'auth/approle/role/checkout')).toEqual(['create', 'read', 'update', 'delete']);
    for (const path of [
      'auth/approle/role/checkout/secret-id',
      'auth/approle/login',
      ...['kafka/issue/web', 'root/sign/web'].map((end) => `v1/devel/pki/${end}`),
      ...['creds/app', 'static-creds/app', 'rotate-root/warehouse'].map((end) => `v1/devel/database/${end}`),
      ...['creds/app', 'sts/app'].map((end) => `v1/devel/aws/${end}`),
      ...['encrypt/card', 'decrypt/card', 'datakey/plaintext/card', 'export/encryption-key/card'].map(
        (end) => `v1/devel/transit/${end}`,
      ),
    ]) {
      expect([path, allowedBy(policy, path)]).toEqual([path, []]);
    }
  });

  it('signs authorities of an environment only', () => {
    expect(paths.filter((path) => path.includes('sign'))).toEqual([
      'v1/devel/pki/root/issuer/+/sign-intermediate',
      'v1/devel/pki/kafka/intermediate/set-signed',
    ]);
    expect(paths.filter((path) => /config\/(\+|ca)$/.test(path) && path.includes('/pki/'))).toEqual([]);
  });

  it('covers only the methods, environments and engines of its cluster', () => {
    expect(allowedBy(policy, 'auth/apps/role/checkout')).toEqual(['create', 'read', 'update', 'delete']);
    expect(allowedBy(policy, 'auth/devel/approle/role/checkout')).toEqual(['create', 'read', 'update', 'delete']);
    expect(allowedBy(policy, 'auth/other/role/checkout')).toEqual([]);
    expect(paths.filter((path) => path.startsWith('v1/stag/'))).toEqual([
      'v1/stag/kv/config',
      'v1/stag/kv/data/+/configs',
      'v1/stag/kv/metadata/+/configs',
    ]);
    const other = new PolicyAccess(provisionerPolicy(cluster(), [environment('prod')]).rules);
    expect(Object.keys(other.rules).filter((path) => path.includes('devel'))).toEqual([]);
    expect(allowedBy(other, 'v1/prod/kv/data/checkout/configs')).toEqual(['create']);
    expect(allowedBy(other, 'v1/devel/kv/data/checkout/configs')).toEqual([]);
  });
});

describe('the administrator', () => {
  const admin = new PolicyAccess(adminPolicy().rules);

  it('restores and purges documents and cannot read them', () => {
    expect(allowedBy(admin, 'v1/devel/kv/metadata/checkout/configs')).toEqual(['read', 'delete', 'list']);
    expect(allowedBy(admin, 'v1/devel/kv/undelete/checkout/configs')).toEqual(['update']);
    expect(allowedBy(admin, 'v1/devel/kv/data/checkout/configs')).toEqual([]);
    expect(Object.keys(admin.rules).filter((path) => path.includes('/data/'))).toEqual([]);
  });

  it('sets and rotates credentials, and gets none for itself', () => {
    expect(allowedBy(admin, 'v1/devel/database/config/warehouse')).toEqual(['read', 'update', 'delete']);
    expect(Object.keys(admin.rules).filter((path) => /creds|issue\/|sign|decrypt/.test(path))).toEqual([]);
    for (const path of ['database/creds/app', 'pki/kafka/issue/web', 'transit/decrypt/card', 'ssh/sign/ops']) {
      expect([path, allowedBy(admin, `v1/devel/${path}`)]).toEqual([path, []]);
    }
  });
});
