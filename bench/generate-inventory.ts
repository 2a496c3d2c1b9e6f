import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Size of a generated inventory. */
export interface InventorySize {
  readonly tenants: number;
  readonly teams: number;
  /** Environments of each tenant, 1 to 5. */
  readonly environments: number;
  /** Whether each tenant uses every engine and several logins. @default false */
  readonly everything?: boolean;
}

const environments = ['devel', 'stag', 'integ', 'ci', 'prod'] as const;

/**
 * The files of an inventory of any size, by path inside the inventory. Tenants are distributed evenly over the teams, and
 * every tenth has its own AppRole settings.
 */
export function inventoryFiles(size: InventorySize): Map<string, string> {
  const { everything = false } = size;
  const padded = (index: number): string => String(index).padStart(String(size.tenants).length, '0');
  const teamName = (index: number): string => `team-${padded(index)}`;
  const files = new Map<string, string>();
  for (const cluster of ['nonprod', 'prod']) {
    files.set(
      `clusters/${cluster}.yaml`,
      `description: Generated cluster ${cluster}\naddress: https://vault.${cluster}.example.com\nstate:\n  backend: local\n${everything ? clusterWithEverything : ''}`,
    );
  }
  for (const name of environments) {
    const cluster = name === 'prod' ? 'prod' : 'nonprod';
    files.set(
      `environments/${name}.yaml`,
      `description: Generated environment ${name}\ncluster: ${cluster}\nstate:\n  backend: local\n${everything ? environmentWithEverything(Array.from({ length: size.teams }, (_, index) => teamName(index))) : ''}`,
    );
  }
  const list = environments.slice(0, size.environments).join(', ');
  for (let index = 0; index < size.tenants; index += 1) {
    const tenant = `project-${padded(index)}`;
    const team = teamName(index % size.teams);
    const more = everything ? tenantWithEverything(tenant) : '';
    const settings = index % 10 === 0 ? 'appRole:\n  tokenTtl: 10m\n  tokenType: batch\n' : '';
    files.set(
      `tenants/${team}/${tenant}.yaml`,
      `description: Generated project ${index}\nenvironments: [${list}]\n${settings}${more}`,
    );
  }
  return files;
}

/** Vault, because it has all engines. */
const clusterWithEverything = `dialect: vault
auth:
  apps:
    type: kubernetes
    description: Programs in a cluster
    host: https://10.0.0.1:443
    audience: vault
    tokenReview: server
    aliasNameSource: serviceaccount_name
  cloud: {type: aws, description: Programs on AWS, region: eu-west-1, serverIdHeader: vault.example.com}
`;

/** The engines, and the owners of what all tenants use; names with patterns, so that the file stays small. */
const environmentWithEverything = (teams: readonly string[]): string => `trusts: [apps, cloud]
engines:
  keyValue1: {}
  transit: {}
  database:
    connections:
      warehouse:
        plugin: postgresql
        url: postgresql://{{username}}:{{password}}@db.example.com:5432/warehouse?sslmode=verify-full
        username: vault
  aws: {region: eu-west-1}
  ssh: {}
authorities:
  services: {description: Certificates of services, commonName: Services, ttl: 365d, maxLeafTtl: 30d}
owners:
  databases:
    warehouse:
      - {for: [${teams.join(', ')}], memberOf: [reader]}
  authorities:
    services:
      - {for: [${teams.join(', ')}], domains: [project-*.example.com]}
  ssh:
    - {for: [${teams.join(', ')}], principals: [ops], maxTtl: 1h, shared: Operators of all teams are one group}
  aws:
    - {for: [${teams.join(', ')}], roleArns: ['arn:aws:iam::111122223333:role/upload'], shared: One bucket for all}
  authMethods:
    apps:
      - {for: [${teams.join(', ')}], namespaces: [project-*], serviceAccounts: [project-*]}
    cloud:
      - {for: [${teams.join(', ')}], iamPrincipalArns: ['arn:aws:iam::111122223333:role/project-*']}
`;

/** One of each thing, a policy for all of them with three logins, an identity, and quotas. */
const tenantWithEverything = (name: string): string => `certificates:
  server: {authority: services, use: server, domains: [${name}.example.com], ttl: 1d}
keys:
  data: {type: aes256-gcm96, autoRotate: 90d}
databases:
  report: {connection: warehouse, kind: dynamic, memberOf: [reader], ttl: 1h}
awsRoles:
  upload: {kind: assumed-role, roleArns: ['arn:aws:iam::111122223333:role/upload'], ttl: 30m}
sshRoles:
  ops: {certificateType: user, principals: [ops], ttl: 30m}
policies:
  - name: program
    environments: [devel]
    reason: The program itself
    grants:
      - {path: configs, operations: [read]}
      - {document1: 'legacy/*', operations: [read, list]}
      - {certificate: server}
      - {key: data, operations: [encrypt, decrypt]}
      - {database: report}
      - {aws: upload}
      - {ssh: ops}
    logins:
      - {type: approle}
      - {type: kubernetes, serviceAccounts: [${name}], namespaces: [${name}]}
      - {type: aws, authType: iam, iamPrincipalArns: ['arn:aws:iam::111122223333:role/${name}']}
identity: {}
quotas: {requestsPerSecond: 100, loginsPerSecond: 10}
`;

/** Writes {@link inventoryFiles} into a folder. */
export function writeInventory(directory: string, size: InventorySize): void {
  for (const [file, text] of inventoryFiles(size)) {
    const target = path.join(directory, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
}
