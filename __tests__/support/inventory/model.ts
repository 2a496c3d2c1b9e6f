import type { AwsMethod } from '../../../model/cluster/auth-methods/aws';
import type { JwtMethod } from '../../../model/cluster/auth-methods/jwt';
import type { KubernetesMethod } from '../../../model/cluster/auth-methods/kubernetes';
import type { LdapMethod } from '../../../model/cluster/auth-methods/ldap';
import type { OidcMethod } from '../../../model/cluster/auth-methods/oidc';
import type { Cluster } from '../../../model/cluster/cluster';
import type { AppRoleSettings } from '../../../model/environment/app-role';
import type { Authority } from '../../../model/environment/authority';
import type { DatabaseConnection } from '../../../model/environment/engines';
import type { Environment } from '../../../model/environment/environment';
import { limitsSchema, linkLimits } from '../../../model/environment/limits';
import type { Inventory } from '../../../model/inventory';
import { SourceFile } from '../../../model/source/source-file';
import type { Agent } from '../../../model/tenant/agent';
import type { AwsRole } from '../../../model/tenant/aws-role';
import type { CertificateRole } from '../../../model/tenant/certificate';
import { databasesSchema, type DatabaseRole } from '../../../model/tenant/database-role';
import type { TransitKey } from '../../../model/tenant/key';
import type { CustomPolicy } from '../../../model/tenant/policy';
import type { SshRole } from '../../../model/tenant/ssh-role';
import type { Tenant, TenantEnvironment } from '../../../model/tenant/tenant';
import { kubernetesServer, managedCertificate } from './kubernetes-server';

export { kubernetesServer, managedCertificate };

/** Small pieces of a model, each complete; tests say only what matters to them. */
export const appRole = (over: Partial<AppRoleSettings> = {}): AppRoleSettings => ({
  tokenTtlSeconds: 1200,
  tokenMaxTtlSeconds: 3600,
  tokenType: 'service',
  tokenBoundCidrs: [],
  secretIdTtlSeconds: 86_400,
  secretIdNumUses: 0,
  secretIdBoundCidrs: [],
  ...over,
});

export const cluster = (over: Partial<Cluster> = {}): Cluster => ({
  name: 'nonprod',
  description: 'A cluster',
  dialect: 'openbao',
  address: 'https://vault.example.com:8200',
  state: { backend: 'local' },
  authMethods: [],
  exceptions: [],
  auditedHeaders: [],
  ...over,
});

/** A cluster that is deployed to Kubernetes. */
export const kubernetesCluster = (over: Partial<Cluster> = {}): Cluster =>
  cluster({ server: kubernetesServer(), ...over });

export const environment = (name = 'devel', over: Partial<Environment> = {}): Environment => ({
  name,
  inventoryName: name,
  description: `The environment ${name}`,
  cluster: cluster(),
  state: { backend: 'local' },
  engines: {
    keyValue: { maxVersions: 10, casRequired: false, tuning: {} },
  },
  authorities: [],
  exceptions: [],
  appRoleMount: 'approle',
  trusts: [],
  appRole: appRole(),
  limits: linkLimits(limitsSchema.parse({}), appRole(), new SourceFile('', '')),
  quotas: {},
  ...over,
});

export const tenantEnvironment = (over: Partial<TenantEnvironment> = {}): TenantEnvironment => ({
  environment: environment(),
  appRole: appRole(),
  keySet: 'create',
  certificates: [],
  keys: [],
  databaseRoles: [],
  awsRoles: [],
  sshRoles: [],
  policies: [],
  quotas: {},
  agents: [],
  expectations: [],
  sharing: [],
  ...over,
});

export const tenant = (over: Partial<Tenant> = {}): Tenant => ({
  name: 'checkout',
  inventoryName: over.name ?? 'checkout',
  team: 'payments',
  description: 'A tenant',
  environments: [tenantEnvironment()],
  ...over,
});

/** A policy without grants, for programs with an AppRole. */
export const customPolicy = (over: Partial<CustomPolicy> = {}): CustomPolicy => ({
  name: 'checkout.tests.devel',
  inventoryName: over.name?.split('.')[1] ?? 'tests',
  reason: 'Tests',
  grants: [],
  logins: [{ type: 'approle' }],
  ...over,
});

/** A file that begins and ends like a certificate. */
export const certificatePem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';

const method = (name: string) => ({
  name,
  inventoryName: name,
  mountPath: name,
  description: `The method ${name}`,
  tuning: {},
});

export const kubernetesMethod = (over: Partial<KubernetesMethod> = {}): KubernetesMethod => ({
  ...method('apps-devel'),
  type: 'kubernetes',
  host: 'https://kubernetes.example.com:6443',
  caCertificate: certificatePem,
  audience: 'vault',
  tokenReview: 'client',
  aliasNameSource: 'serviceaccount_uid',
  ...over,
});

export const jwtMethod = (over: Partial<JwtMethod> = {}): JwtMethod => ({
  ...method('github'),
  type: 'jwt',
  keys: { from: 'discovery', url: 'https://token.actions.githubusercontent.com' },
  boundIssuer: 'https://token.actions.githubusercontent.com',
  supportedAlgorithms: ['RS256'],
  userClaim: 'sub',
  ...over,
});

export const oidcMethod = (over: Partial<OidcMethod> = {}): OidcMethod => ({
  ...method('people'),
  type: 'oidc',
  discoveryUrl: 'https://login.example.com',
  clientId: 'vault',
  redirectUris: ['https://vault.example.com:8200/ui/vault/auth/people/oidc/callback'],
  supportedAlgorithms: ['RS256'],
  userClaim: 'sub',
  ...over,
});

export const ldapMethod = (over: Partial<LdapMethod> = {}): LdapMethod => ({
  ...method('corporate'),
  type: 'ldap',
  url: 'ldaps://ldap.example.com',
  startTls: false,
  userDn: 'ou=people,dc=example,dc=com',
  userAttribute: 'uid',
  groupDn: 'ou=groups,dc=example,dc=com',
  groupFilter: '(&(objectClass=groupOfNames)(member={{.UserDN}}))',
  groupAttribute: 'cn',
  ...over,
});

export const awsMethod = (over: Partial<AwsMethod> = {}): AwsMethod => ({
  ...method('cloud'),
  type: 'aws',
  serverIdHeader: 'vault.example.com',
  region: 'eu-central-1',
  resolveUniqueIds: true,
  ...over,
});

/** A root of its own with one issuer, in `devel`. */
export const authority = (name = 'kafka', over: Partial<Authority> = {}): Authority => ({
  name,
  inventoryName: name,
  mountPath: `v1/devel/pki/${name}`,
  description: `The authority ${name}`,
  commonName: `Example ${name}`,
  organization: 'Example',
  signedBy: { kind: 'self' },
  keyType: 'ec',
  keyBits: 256,
  ttlSeconds: 3650 * 86_400,
  maxLeafTtlSeconds: 90 * 86_400,
  issuers: [{ name: '2026' }],
  defaultIssuer: '2026',
  crlTtlSeconds: 72 * 3600,
  acme: false,
  tuning: {},
  ...over,
});

export const certificateRole = (over: Partial<CertificateRole> = {}): CertificateRole => ({
  name: 'broker',
  roleName: 'checkout.broker',
  authority: authority(),
  use: 'server',
  domains: ['kafka.devel.example.com'],
  subdomains: false,
  ipAddresses: false,
  ttlSeconds: 86_400,
  maxTtlSeconds: 7 * 86_400,
  keyType: 'ec',
  keyBits: 256,
  ...over,
});

export const transitKey = (over: Partial<TransitKey> = {}): TransitKey => ({
  name: 'card',
  keyName: 'checkout.card',
  type: 'aes256-gcm96',
  convergent: false,
  deletable: false,
  ...over,
});

export const databaseConnection = (over: Partial<DatabaseConnection> = {}): DatabaseConnection => ({
  name: 'warehouse',
  plugin: 'postgresql',
  url: 'postgresql://{{username}}:{{password}}@db.example.com:5432/warehouse?sslmode=verify-full',
  username: 'vault',
  maxOpenConnections: 4,
  ...over,
});

export const dynamicDatabaseRole = (
  over: Partial<Extract<DatabaseRole, { kind: 'dynamic' }>> = {},
): Extract<DatabaseRole, { kind: 'dynamic' }> => {
  // From the schema, so that a new key with a default needs no line here.
  const file = { connection: 'warehouse', kind: 'dynamic', memberOf: ['readers'], ttl: '1h', maxTtl: '1d' } as const;
  const { role } = databasesSchema.parse({ role: file });
  if (role?.kind !== 'dynamic') throw new Error('this is a dynamic role');
  return { ...role, name: 'reporting', roleName: 'checkout.reporting', connection: databaseConnection(), ...over };
};

export const staticDatabaseRole = (
  over: Partial<Extract<DatabaseRole, { kind: 'static' }>> = {},
): Extract<DatabaseRole, { kind: 'static' }> => ({
  name: 'batch',
  roleName: 'checkout.batch',
  connection: databaseConnection(),
  kind: 'static',
  username: 'batch',
  rotationPeriodSeconds: 86_400,
  ...over,
});

export const awsRole = (over: Partial<AwsRole> = {}): AwsRole => ({
  name: 'uploader',
  roleName: 'checkout.uploader',
  kind: 'assumed-role',
  roleArns: ['arn:aws:iam::111122223333:role/uploader'],
  policyArns: [],
  defaultTtlSeconds: 3600,
  maxTtlSeconds: 3600,
  ...over,
});

export const sshRole = (over: Partial<SshRole> = {}): SshRole => ({
  name: 'ops',
  roleName: 'checkout.ops',
  certificateType: 'user',
  principals: ['ops'],
  extensions: ['permit-pty'],
  ttlSeconds: 1800,
  maxTtlSeconds: 3600,
  ...over,
});

/** An agent that writes one certificate for a host. */
export const agent = (over: Partial<Agent> = {}): Agent => {
  const role = certificateRole();
  return {
    name: 'broker',
    policy: customPolicy({ grants: [{ type: 'certificate', role, operations: ['issue'] }] }),
    files: [
      {
        type: 'certificate',
        name: 'broker',
        role,
        commonName: 'kafka.devel.example.com',
        altNames: [],
        ipAddresses: [],
        ttlSeconds: 86_400,
        format: 'pem',
      },
    ],
    directory: '/etc/kafka/tls',
    ...over,
  };
};

/** An inventory whose clusters and environments are those that its tenants name. */
export function inventoryOf(...tenants: readonly Tenant[]): Inventory {
  const environments = new Map(
    tenants.flatMap((t) => t.environments.map((e) => [e.environment.name, e.environment] as const)),
  );
  const clusters = new Map([...environments.values()].map((e) => [e.cluster.name, e.cluster] as const));
  return { clusters: [...clusters.values()], environments: [...environments.values()], tenants };
}
