import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

import type { Dialect } from '../../../model/dialect';
import { certificate as caCertificate, rsaPublicKey } from '../../model/pem';
import { textsWithOwners } from './with-owners';
import { writeFilesIn } from './write-files';

/** Something that an inventory may contain or leave out: a key, and the values that a test gives it. */
export interface OptionalSetting {
  readonly file: string;
  /** Path of the key, for example `auth.ci.tuning.maxLeaseTtl`. */
  readonly key: string;
  readonly values: readonly [unknown, ...unknown[]];
}

type File = Record<string, unknown>;

const cluster = 'clusters/nonprod.yaml';
const environment = 'environments/devel.yaml';
const tenant = 'tenants/shop/basket.yaml';

const grants = [{ path: 'configs', operations: ['read'] }];
/** A policy of the tenant `basket` with one login. */
export const policyOf = (name: string, login: File): File => ({
  name,
  environments: ['devel'],
  reason: `For ${name}`,
  grants,
  logins: [login],
});

const aws = {
  auth: {
    type: 'aws',
    description: 'Instances',
    region: 'eu-central-1',
    serverIdHeader: 'vault',
    resolveUniqueIds: false,
  },
  iam: { type: 'aws', authType: 'iam', iamPrincipalArns: ['arn:aws:iam::123456789012:role/basket'] },
  ec2: { type: 'aws', authType: 'ec2', accountIds: ['123456789012'] },
};

/** What every inventory of {@link optionalSettings} contains: one of each kind of object, with required keys only. */
function requiredFiles(dialect: Dialect): Record<string, File> {
  const isVault = dialect === 'vault';
  return {
    [cluster]: {
      description: 'A cluster',
      dialect,
      address: 'https://vault.nonprod.example.com:8200',
      state: { backend: 'local' },
      auth: {
        ci: {
          type: 'jwt',
          description: 'Pipelines',
          boundIssuer: 'https://ci.example.com',
          publicKeys: [rsaPublicKey],
        },
        kube: {
          ...{ type: 'kubernetes', description: 'Programs', host: 'https://kubernetes.example.com' },
          ...{ audience: 'https://kubernetes.default.svc', caCertificate },
        },
        sso: {
          ...{ type: 'oidc', description: 'People', discoveryUrl: 'https://sso.example.com', clientId: 'vault' },
          redirectUris: ['https://vault.nonprod.example.com/ui/vault/auth/sso/oidc/callback'],
        },
        ...(isVault && {
          cloud: aws.auth,
          directory: {
            ...{ type: 'ldap', description: 'Directory', url: 'ldaps://ldap.example.com' },
            ...{ userDn: 'ou=people,dc=example,dc=com', groupDn: 'ou=groups,dc=example,dc=com' },
          },
        }),
      },
    },
    [environment]: {
      description: 'An environment',
      cluster: 'nonprod',
      state: { backend: 'local' },
      trusts: ['ci', 'kube', 'sso', ...(isVault ? ['cloud', 'directory'] : [])],
      engines: {
        ...{ keyValue: {}, keyValue1: {}, transit: {}, ssh: {} },
        database: {
          connections: {
            main: {
              ...{ plugin: 'postgresql', username: 'maker' },
              url: 'postgresql://{{username}}:{{password}}@127.0.0.1:5432/app?sslmode=verify-full',
            },
            other: {
              plugin: 'mysql',
              username: 'maker',
              url: '{{username}}:{{password}}@tcp(127.0.0.1:3306)/?tls=true',
            },
          },
        },
        ...(isVault && { aws: { region: 'eu-central-1' } }),
      },
      // The longest that tuning, and the server, allow for a method that has none.
      limits: { tokenMaxTtl: '32d' },
      authorities: { root: { description: 'Root', commonName: 'Root', ttl: '3650d', maxLeafTtl: '30d' } },
    },
    [tenant]: {
      description: 'Baskets',
      environments: ['devel'],
      certificates: {
        web: { authority: 'root', use: 'server', domains: ['web.example.com'], ttl: '24h' },
      },
      keys: { data: { type: 'aes256-gcm96' } },
      databases: { app: { connection: 'main', kind: 'dynamic', ttl: '1h', memberOf: ['reader'] } },
      sshRoles: { deploy: { certificateType: 'user', principals: ['deploy'], ttl: '30m' } },
      ...(isVault && {
        awsRoles: { bucket: { kind: 'iam-user', policyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] } },
      }),
      policies: [
        policyOf('ci', { type: 'jwt', audiences: ['vault'], boundClaims: { repository: ['shop/basket'] } }),
        policyOf('pods', { type: 'kubernetes', serviceAccounts: ['basket'], namespaces: ['shop'] }),
        policyOf('people', { type: 'oidc', boundClaims: { groups: ['shop'] } }),
        policyOf('broker', { type: 'token' }),
        ...(isVault ? [policyOf('iam', aws.iam), policyOf('ec2', aws.ec2)] : []),
      ],
    },
  };
}

const tuning = (file: string, at: string): OptionalSetting[] => [
  { file, key: `${at}.tuning.defaultLeaseTtl`, values: ['30m', '20m'] },
  { file, key: `${at}.tuning.maxLeaseTtl`, values: ['720h', '700h'] },
  { file, key: `${at}.tuning.listingVisibility`, values: ['unauth', 'hidden'] },
  { file, key: `${at}.tuning.auditNonHmacRequestKeys`, values: [['role'], ['role', 'name'], []] },
  { file, key: `${at}.tuning.auditNonHmacResponseKeys`, values: [['display_name'], []] },
  { file, key: `${at}.tuning.passthroughRequestHeaders`, values: [['X-Team'], ['X-Other'], []] },
  { file, key: `${at}.tuning.allowedResponseHeaders`, values: [['X-Team'], ['X-Other'], []] },
];

const settings = (
  file: string,
  at: string,
  keys: Readonly<Record<string, OptionalSetting['values']>>,
): OptionalSetting[] =>
  Object.entries(keys).map(([key, values]) => ({ file, key: at === '' ? key : `${at}.${key}`, values }));

const networks: OptionalSetting['values'] = [['127.0.0.1/32', '10.0.0.0/8'], ['10.0.0.0/10']];

/** Inside of each of {@link networks}: a tenant's may only be narrower than those of its environment. */
const narrowerNetworks: OptionalSetting['values'] = [['10.20.0.0/16', '10.30.0.7/32'], ['10.20.0.0/16']];

/** Every setting that can be left out of an inventory of {@link requiredFiles}, and reaches the server. */
export function optionalSettings(dialect: Dialect): readonly OptionalSetting[] {
  const isVault = dialect === 'vault';
  const methods = ['ci', 'kube', 'sso', ...(isVault ? ['cloud', 'directory'] : [])];
  const engines = ['keyValue', 'keyValue1', 'transit', 'ssh', 'database', ...(isVault ? ['aws'] : [])];
  const connections = 'engines.database.connections';
  return [
    ...methods.flatMap((method) => tuning(cluster, `auth.${method}`)),
    ...engines.flatMap((engine) => tuning(environment, `engines.${engine}`)),
    ...tuning(environment, 'authorities.root').filter(({ key }) => !key.endsWith('maxLeaseTtl')),
    ...settings(cluster, '', { auditedHeaders: [['x-request-id', 'x-team'], ['x-team']] }),
    ...settings(cluster, 'auth.ci', {
      supportedAlgorithms: [['RS256', 'ES256'], ['PS384']],
      userClaim: ['repository', 'project_path'],
    }),
    ...settings(cluster, 'auth.kube', {
      issuer: ['https://kubernetes.default.svc', 'other'],
      aliasNameSource: ['serviceaccount_name'],
    }),
    ...settings(cluster, 'auth.sso', { userClaim: ['oid'] }),
    ...settings(environment, 'appRole', {
      tokenTtl: ['10m', '15m'],
      tokenMaxTtl: ['40m', '2h'],
      tokenBoundCidrs: networks,
      secretIdTtl: ['10d', '20d'],
      secretIdNumUses: [100, 7],
      secretIdBoundCidrs: networks,
    }),
    ...settings(environment, 'quotas', { requestsPerSecond: [1000, 500] }),
    ...settings(environment, 'engines.keyValue', {
      maxVersions: [5, 7],
      casRequired: [true],
      deleteVersionAfter: ['30d', '1h'],
    }),
    ...settings(environment, `${connections}.main`, {
      maxOpenConnections: [9, 2],
      ...(isVault && { caCertificate: [caCertificate] }),
    }),
    ...settings(environment, `${connections}.other`, { maxOpenConnections: [9, 2], caCertificate: [caCertificate] }),
    ...settings(environment, 'authorities.root', { crlTtl: ['24h', '48h'], acme: [true] }),
    ...settings(tenant, 'appRole', { tokenTtl: ['5m'], tokenBoundCidrs: narrowerNetworks, secretIdNumUses: [3] }),
    ...settings(tenant, 'certificates.web', {
      maxTtl: ['72h', '48h'],
      subdomains: [true],
      ipAddresses: [true],
      keyType: ['rsa'],
    }),
    ...settings(tenant, 'keys.data', { autoRotate: ['720h', '24h'], deletable: [true] }),
    ...settings(tenant, 'databases.app', { maxTtl: ['2h', '3h'] }),
    ...settings(tenant, 'sshRoles.deploy', {
      maxTtl: ['1h', '2h'],
      extensions: [['permit-pty', 'permit-port-forwarding'], ['permit-pty']],
    }),
    ...settings(tenant, '', { 'identity.metadata': [{ owner: 'Ms Example', centre: 'c42' }, { owner: 'Mr Example' }] }),
    ...settings(tenant, 'quotas', { requestsPerSecond: [50, 20], loginsPerSecond: [20, 10] }),
    ...settings(tenant, 'policies.0.logins.0', { boundClaimsType: ['glob'] }),
    ...settings(tenant, 'policies.2.logins.0', { scopes: [['groups', 'email'], ['email'], []] }),
    ...settings(tenant, 'policies.3.logins.0', { orphan: [true], renewable: [false] }),
    ...(isVault ? vaultSettings : []),
  ];
}

const vaultSettings: readonly OptionalSetting[] = [
  ...settings(cluster, 'auth.cloud', {
    stsEndpoint: ['https://sts.example.com'],
    iamEndpoint: ['https://iam.example.com'],
    ec2Endpoint: ['https://ec2.example.com'],
  }),
  ...settings(cluster, 'auth.directory', {
    caCertificate: [caCertificate],
    userAttribute: ['uid'],
    groupFilter: ['(member={{.UserDN}})'],
    groupAttribute: ['gid'],
    bindDn: ['cn=reader,dc=example,dc=com'],
  }),
  ...settings(environment, 'engines.aws', {
    iamEndpoint: ['https://iam.example.com'],
    stsEndpoint: ['https://sts.example.com'],
    defaultTtl: ['20m', '30m'],
    maxTtl: ['4h', '5h'],
  }),
  ...settings(tenant, 'awsRoles.bucket', {
    policyDocument: ['{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}'],
  }),
  ...settings(tenant, 'policies.5.logins.0', {
    iamInstanceProfileArns: [['arn:aws:iam::123456789012:instance-profile/basket']],
    vpcIds: [['vpc-0123456789abcdef0']],
  }),
];

/** Files of an inventory, by their path in it. */
export type InventoryContents = Readonly<Record<string, Record<string, unknown>>>;

/** An inventory with the required keys and some settings. @param chosen settings, each with one of its values */
export function filesOf(dialect: Dialect, chosen: ReadonlyMap<OptionalSetting, unknown>): InventoryContents {
  const files = requiredFiles(dialect);
  for (const [{ file, key }, value] of chosen) set(files[file] ?? {}, key.split('.'), value);
  return files;
}

/** Writes an inventory into a folder, in place of the one that is there, with owners of all that tenants use. */
export function writeInventory(directory: string, files: InventoryContents): void {
  for (const each of readdirSync(directory)) rmSync(path.join(directory, each), { recursive: true });
  // YAML contains JSON.
  const texts = Object.entries(files).map(([file, content]) => [file, JSON.stringify(content, null, 2)] as const);
  writeFilesIn(directory, textsWithOwners(Object.fromEntries(texts)));
}

/** Every setting with its first value. */
export const everySetting = (dialect: Dialect): Map<OptionalSetting, unknown> =>
  new Map(optionalSettings(dialect).map((setting) => [setting, setting.values[0]]));

function set(into: Record<string, unknown>, [first = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    into[first] = value;
    return;
  }
  into[first] ??= {};
  set(into[first] as Record<string, unknown>, rest, value);
}

/** Some of the settings, each with any of its values. @param random from 0, below 1 */
export const someSettings = (dialect: Dialect, random: () => number): Map<OptionalSetting, unknown> =>
  new Map(
    optionalSettings(dialect)
      .filter(() => random() < 0.5)
      .map((setting) => [setting, setting.values[Math.floor(random() * setting.values.length)]]),
  );
