import { adminPolicy } from '../../../constructs/policy/admin-policy';
import { provisionerPolicy } from '../../../constructs/policy/provisioner-policy';
import { authority, cluster, databaseConnection, environment, kubernetesMethod } from '../../support/model';

/** Capabilities by path, as written. */
function rules(text: string): Record<string, string[]> {
  const blocks = [...text.matchAll(/path "(.+)" \{\n {2}capabilities = \[(.*)\]/g)];
  return Object.fromEntries(
    blocks.map(([, path = '', list = '']): [string, string[]] => [path, list.replaceAll('"', '').split(', ')]),
  );
}

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
const allowed = rules(provisionerPolicy(apps, [withEverything, environment('stag')]).rules);
const paths = Object.keys(allowed);

describe('the provisioner', () => {
  it('writes a key-set document once, and neither reads nor changes it', () => {
    expect(allowed['v1/devel/kv/data/+/configs']).toEqual(['create']);
    expect(paths.filter((path) => path.includes('/data/'))).toEqual([
      'v1/devel/kv/data/+/configs',
      'v1/stag/kv/data/+/configs',
    ]);
  });

  it('makes engines and auth methods and never removes one', () => {
    const mounts = Object.entries(allowed).filter(([path]) => /^sys\/(mounts|auth)\//.test(path));
    expect(mounts.length).toBeGreaterThan(14);
    for (const [, capabilities] of mounts) expect(capabilities).not.toContain('delete');
  });

  it('has nobody’s credentials issued: no SecretID, certificate, account, key or ciphertext', () => {
    const issuing =
      /secret-id|\/login|\/(issue|sign|creds|static-creds|sts|encrypt|decrypt|datakey|export|rotate-root)\//;
    expect(paths.filter((path) => issuing.test(`${path}/`))).toEqual([]);
    expect(allowed['auth/approle/role/+']).toEqual(['create', 'read', 'update', 'delete']);
  });

  it('signs authorities of an environment, and no certificate of anybody else', () => {
    expect(paths.filter((path) => path.includes('sign'))).toEqual([
      'v1/devel/pki/root/issuer/+/sign-intermediate',
      'v1/devel/pki/kafka/intermediate/set-signed',
    ]);
    expect(paths.filter((path) => /config\/(\+|ca)$/.test(path) && path.includes('/pki/'))).toEqual([]);
  });

  it('knows only the methods, environments and engines of its cluster', () => {
    expect(allowed['auth/apps/role/+']).toEqual(['create', 'read', 'update', 'delete']);
    expect(allowed['auth/devel/approle/role/+']).toEqual(['create', 'read', 'update', 'delete']);
    expect(paths.filter((path) => path.startsWith('v1/stag/'))).toEqual([
      'v1/stag/kv/config',
      'v1/stag/kv/data/+/configs',
    ]);
    expect(provisionerPolicy(cluster(), [environment('prod')]).rules).not.toContain('devel');
  });
});

describe('the administrator', () => {
  const rulesOfAdmin = rules(adminPolicy().rules);

  it('restores and purges documents and cannot read them', () => {
    expect(rulesOfAdmin['v1/+/kv/metadata/*']).toEqual(['read', 'delete', 'list']);
    expect(rulesOfAdmin['v1/+/kv/undelete/*']).toEqual(['update']);
    expect(Object.keys(rulesOfAdmin).filter((path) => path.includes('/data/'))).toEqual([]);
  });

  it('hands credentials over and has them changed, and gets none for itself', () => {
    expect(rulesOfAdmin['v1/+/database/config/+']).toEqual(['read', 'update']);
    expect(Object.keys(rulesOfAdmin).filter((path) => /creds|issue\/|sign|decrypt/.test(path))).toEqual([]);
  });
});
