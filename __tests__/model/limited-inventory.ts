import type { Problem } from '../../model/errors';
import { PlatformError } from '../../model/errors';
import type { Inventory } from '../../model/inventory';
import { loadInventory, type InventoryFiles } from '../../model/load';
import { inventoryFiles } from './small-inventory';

const clusterFile = 'clusters/west.yaml';
export const environmentFile = 'environments/prod.yaml';
export const tenantFile = 'tenants/payments/ledger.yaml';

const cluster = `description: A cluster
dialect: vault
address: https://west.example.com
state: {backend: local}
auth:
  corporate: {type: ldap, description: People, url: ldaps://l.example.com, userDn: dc=a, groupDn: dc=a}
  office: {type: ldap, description: People, url: ldaps://l.example.com, userDn: dc=a, groupDn: dc=a, tuning: {maxLeaseTtl: 24h}}
`;
export const environment = `description: An environment
cluster: west
state: {backend: local}
engines:
  ssh: {}
  aws: {region: eu-west-1}
  database:
    connections:
      main: {plugin: postgresql, url: 'postgresql://{{username}}:{{password}}@db:5432/a?sslmode=verify-full', username: maker}
authorities:
  services: {description: Services, commonName: Services, ttl: 3650d, maxLeafTtl: 365d}
owners:
  databases: {main: [{for: [payments], memberOf: [reader]}, {for: [payments], accounts: [app]}]}
  authorities: {services: [{for: [payments], domains: [a.example.com]}]}
  ssh: [{for: [payments], principals: [ops], maxTtl: 3650d}, {for: [payments], hosts: [ops], extensions: [permit-pty], maxTtl: 3650d}]
  aws: [{for: [payments], roleArns: ['arn:aws:iam::111122223333:role/up']}]
`;
const tenant = 'description: Books\nenvironments: [prod]\n';

/** The inventory with text added to the files of its environment and its tenant. */
export const filesWith = (limits: string, settings: string): InventoryFiles =>
  inventoryFiles(
    { [clusterFile]: cluster, [environmentFile]: `${environment}${limits}`, [tenantFile]: `${tenant}${settings}` },
    {},
  );

export const load = (limits: string, settings = ''): Inventory => loadInventory(filesWith(limits, settings));

export function problemsOf(limits: string, settings = ''): readonly Problem[] {
  try {
    load(limits, settings);
  } catch (error) {
    if (error instanceof PlatformError) return error.problems;
    throw error;
  }
  return [];
}

/** An exception for the tenant. */
export const exception = (limit: string, to: string, tenants = 'payments/ledger'): string =>
  `  exceptions: [{for: [${tenants}], limit: ${limit}, to: ${to}, reason: A reason, until: 2027-03-01}]\n`;

export const override = (settings: string): string => `overrides: {prod: {reason: A reason, appRole: {${settings}}}}\n`;
