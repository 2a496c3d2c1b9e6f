import type { Operation } from '../../../../access/decide/request';
import { adminPolicy } from '../../../../constructs/policy/admin-policy';
import { provisionerPolicies } from '../../../../constructs/policy/provisioner/provisioner-policies';
import { environmentQuota, tenantGroup } from '../../../../model/names';
import {
  authority,
  cluster,
  databaseConnection,
  environment,
  kubernetesMethod,
} from '../../../support/inventory/model';
import { PolicyAccess } from '../../../support/policy/policy-access';

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
const texts = provisionerPolicies({
  cluster: apps,
  environments: [withEverything, environment('stag')],
  tenants: [],
});
const platform = new PolicyAccess(texts.platform.rules);
const engines = new PolicyAccess(texts.engines.rules);
const teams = new PolicyAccess(texts.teams.rules);
const all = [platform, engines, teams];
const paths = all.flatMap((each) => Object.keys(each.rules));
const operations = ['create', 'read', 'update', 'patch', 'delete', 'list'] as const;
/** What may be done there, of everything that can be. */
const allowedBy = (access: PolicyAccess, path: string): readonly Operation[] =>
  operations.filter((operation) => !access.denies(path, operation));
const owned = ['create', 'read', 'update', 'delete'];

describe('Terraform, with any of its credentials,', () => {
  it('writes a key-set document once, and neither reads nor changes it', () => {
    expect(allowedBy(teams, 'v1/devel/kv/data/checkout/configs')).toEqual(['create']);
    expect(allowedBy(teams, 'v1/devel/kv/data/checkout/other')).toEqual([]);
    expect(paths.filter((path) => path.includes('/data/'))).toEqual([
      'v1/devel/kv/data/+/configs',
      'v1/stag/kv/data/+/configs',
    ]);
  });

  it('cannot remove engines and auth methods', () => {
    const mounts = all
      .flatMap((each) => Object.entries(each.rules))
      .filter(([path]) => /^sys\/(mounts|auth)\//.test(path));
    expect(mounts.length).toBeGreaterThan(14);
    for (const [, capabilities] of mounts) expect(capabilities).not.toContain('delete');
  });

  it('cannot issue SecretIDs, certificates, accounts, SSH signatures or ciphertexts', () => {
    const issuing =
      /secret-id|\/login|\/(issue|sign|creds|static-creds|sts|encrypt|decrypt|datakey|export|rotate-root)\//;
    expect(paths.filter((path) => issuing.test(`${path}/`))).toEqual([]);
    for (const path of [
      'auth/approle/role/checkout/secret-id',
      'auth/approle/role/checkout/bind-secret-id',
      'auth/approle/role/checkout/policies',
      'auth/approle/login',
      ...['kafka/issue/web', 'root/sign/web'].map((end) => `v1/devel/pki/${end}`),
      ...['creds/app', 'static-creds/app', 'rotate-root/warehouse'].map((end) => `v1/devel/database/${end}`),
      ...['creds/app', 'sts/app'].map((end) => `v1/devel/aws/${end}`),
      ...['encrypt/card', 'decrypt/card', 'datakey/plaintext/card', 'export/encryption-key/card'].map(
        (end) => `v1/devel/transit/${end}`,
      ),
    ]) {
      expect([path, ...all.map((each) => allowedBy(each, path))]).toEqual([path, [], [], []]);
    }
  });

  it('covers only the methods, environments and engines of its cluster', () => {
    const other = provisionerPolicies({ cluster: cluster(), environments: [environment('prod')], tenants: [] });
    for (const { rules } of Object.values(other)) {
      expect(Object.keys(new PolicyAccess(rules).rules).filter((path) => path.includes('devel'))).toEqual([]);
    }
    expect(allowedBy(new PolicyAccess(other.teams.rules), 'v1/prod/kv/data/checkout/configs')).toEqual(['create']);
  });
});

describe('Terraform on a platform', () => {
  it('mounts auth methods and writes the policies of the cluster, and nothing that teams own', () => {
    expect(platform.allows('sys/auth/apps', 'create')).toBe(true);
    expect(allowedBy(platform, 'auth/apps/config')).toEqual(['create', 'read', 'update']);
    expect(allowedBy(platform, 'auth/apps/role/checkout')).toEqual([]);
    expect(allowedBy(platform, 'sys/policies/acl/provisioner-teams')).toEqual(['create', 'read', 'update']);
    expect(allowedBy(platform, 'sys/policies/acl/checkout-devel-ro')).toEqual([]);
    expect(Object.keys(platform.rules).filter((path) => /^(v1|identity|sys\/mounts\/v1)\//.test(path))).toEqual([]);
  });
});

describe('Terraform on a platform where it logs in by AppRole', () => {
  const login = { login: 'approle', networks: ['10.0.0.0/8'], ttlSeconds: 900 } as const;
  const { rules } = provisionerPolicies({
    cluster: cluster({ provisioner: login }),
    environments: [],
    tenants: [],
  }).platform;
  const access = new PolicyAccess(rules);

  it('reads the RoleIDs that the provider keeps, and issues no SecretID', () => {
    expect(allowedBy(access, 'auth/provisioner/role/teams')).toEqual(owned);
    expect(allowedBy(access, 'auth/provisioner/role/teams/role-id')).toEqual(['read']);
    expect(allowedBy(access, 'auth/provisioner/role/teams/secret-id')).toEqual([]);
  });
});

describe('Terraform on engines', () => {
  it('mounts and configures engines, and has no rights on policies, auth methods, identity and roles', () => {
    expect(engines.allows('sys/mounts/v1/devel/kv', 'create')).toBe(true);
    expect(allowedBy(engines, 'v1/devel/database/config/warehouse')).toEqual(['create', 'read', 'update']);
    expect(allowedBy(engines, 'v1/devel/database/roles/app')).toEqual([]);
    expect(allowedBy(engines, `sys/quotas/rate-limit/${environmentQuota(withEverything)}`)).toEqual(owned);
    expect(Object.keys(engines.rules).filter((path) => /^(sys\/(policies|auth)|identity)\//.test(path))).toEqual([]);
    expect(Object.keys(engines.rules).filter((path) => /^auth\/(?!token\/)/.test(path))).toEqual([]);
  });

  it('signs authorities of an environment only', () => {
    expect(paths.filter((path) => path.includes('sign'))).toEqual([
      'v1/devel/pki/root/issuer/+/sign-intermediate',
      'v1/devel/pki/kafka/intermediate/set-signed',
    ]);
    expect(paths.filter((path) => /config\/(\+|ca)$/.test(path) && path.includes('/pki/'))).toEqual([]);
  });
});

describe('Terraform on teams', () => {
  it('writes policies, roles and keys of teams, and mounts and configures nothing', () => {
    expect(allowedBy(teams, 'auth/apps/role/checkout')).toEqual(owned);
    expect(allowedBy(teams, 'auth/devel/approle/role/checkout')).toEqual(owned);
    expect(allowedBy(teams, 'v1/devel/transit/keys/card')).toEqual(owned);
    for (const path of ['sys/auth/apps', 'auth/apps/config', 'sys/mounts/v1/devel/kv', 'v1/devel/database/config/x']) {
      expect([path, allowedBy(teams, path)]).toEqual([path, []]);
    }
    expect(allowedBy(teams, `sys/quotas/rate-limit/${environmentQuota(withEverything)}`)).toEqual([]);
    expect(allowedBy(teams, 'auth/provisioner/role/platform')).toEqual([]);
  });

  it.each(['admin', 'root', 'default', 'provisioner', 'provisioner-platform', 'provisioner-new'])(
    'does not write the policy %s in any spelling that servers take for it',
    (word) => {
      const letters = [...word];
      const mixed = letters.map(
        (_, index) => [...letters.slice(0, index), letters[index]!.toUpperCase()].join('') + word.slice(index + 1),
      );
      const spellings = [word, word.toUpperCase(), `${word} `, ` ${word}`, word.replaceAll('i', 'İ'), ...mixed];
      for (const name of spellings) expect([name, allowedBy(teams, `sys/policies/acl/${name}`)]).toEqual([name, []]);
    },
  );

  it('writes policies of tenants whose names begin alike', () => {
    for (const name of ['administration.x.devel', 'admin-portal-devel-ro', 'rooted', 'defaults', 'provision']) {
      expect(teams.allows(`sys/policies/acl/${name}`, 'update')).toBe(true);
    }
  });

  it('gives no policies to entities and groups, and names groups as those of tenants', () => {
    for (const path of ['identity/entity', 'identity/entity/id/1', 'identity/group', 'identity/group/id/1']) {
      expect([path, teams.denies(path, 'update', 'policies')]).toEqual([path, true]);
    }
    expect(texts.teams.rules).toContain(JSON.stringify(tenantGroup({ name: '*' }, withEverything)));
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

  it('issues SecretIDs wrapped only, and chooses none', () => {
    for (const role of ['approle', 'devel/approle', 'provisioner'].map((mount) => `auth/${mount}/role/shop`)) {
      expect([role, admin.denies(`${role}/secret-id`, 'update')]).toEqual([role, true]);
      expect([role, admin.denies(`${role}/custom-secret-id`, 'update')]).toEqual([role, true]);
      expect([role, admin.allows(`${role}/secret-id-accessor/destroy`, 'update')]).toEqual([role, true]);
    }
    expect(adminPolicy().rules).toContain('max_wrapping_ttl = "15m"');
  });

  it('sets and rotates credentials, and gets none for itself', () => {
    expect(allowedBy(admin, 'v1/devel/database/config/warehouse')).toEqual(['read', 'update', 'delete']);
    expect(Object.keys(admin.rules).filter((path) => /creds|issue\/|sign|decrypt/.test(path))).toEqual([]);
    for (const path of ['database/creds/app', 'pki/kafka/issue/web', 'transit/decrypt/card', 'ssh/sign/ops']) {
      expect([path, allowedBy(admin, `v1/devel/${path}`)]).toEqual([path, []]);
    }
  });
});
