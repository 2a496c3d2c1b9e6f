import { PlatformError } from '../../model/errors';
import type { Problem } from '../../model/errors';
import type { Inventory } from '../../model/inventory';
import { loadInventory } from '../../model/load';
import type { InventoryFiles } from '../../model/load';
import { withOwners } from '../support/inventory/with-owners';

/** Content of files by path; undefined: the file is not there. */
export type Files = Readonly<Record<string, string | Uint8Array | undefined>>;

const environment = (cluster: string): string => `description: An environment
cluster: ${cluster}
state:
  backend: local
`;

/** An inventory with one of everything, small enough to be loaded thousands of times. */
export const smallInventory: Readonly<Record<string, string>> = {
  'clusters/west.yaml': `description: A cluster
dialect: vault
address: https://west.example.com:8200
state: {backend: s3, bucket: west-state, region: eu-west-1}
`,
  'clusters/east.yaml': `description: Another cluster
address: https://east.example.com
state:
  backend: local
`,
  'environments/devel.yaml': `${environment('west')}owners:
  grants:
    - for: [payments/ledger]
      from: stag
      paths: [tests/*]
      operations: [create, read]
`,
  'environments/stag.yaml': `${environment('west')}engines: {keyValue: {maxVersions: 3}}
appRole:
  tokenTtl: 5m
  tokenBoundCidrs: [10.0.0.0/8]
`,
  'environments/prod.yaml': environment('east'),
  'tenants/payments/ledger.yaml': `description: Books
environments: [devel, stag, prod]
appRole: &short
  tokenTtl: 2m
  tokenType: batch
policies:
  - name: stag-ledger-tests
    environments: [stag]
    reason: Tests write documents
    grants:
      - environment: devel
        path: tests/*
        operations: [create, read]
      - path: +/results
        operations: [read]
overrides:
  prod:
    reason: An audited network
    keySet: existing
    appRole: *short
`,
  'tenants/storefront/shop.yaml': `description: Pages
environments:
  - devel
`,
};

export function inventoryFiles(files: Files = {}, base: Files = smallInventory): InventoryFiles {
  return Object.entries({ ...base, ...files }).flatMap(([path, content]) =>
    content === undefined ? [] : [{ path, bytes: typeof content === 'string' ? Buffer.from(content) : content }],
  );
}

/** The small inventory, or another, with some files changed, and with owners of all that its tenants use. */
export const load = (files: Files = {}, base: Files = smallInventory): Inventory =>
  loadInventory(withOwners(inventoryFiles(files, base)));

/** What is wrong with the small inventory, or another, once some files were changed. */
export function problemsOf(files: Files, base: Files = smallInventory): readonly Problem[] {
  try {
    load(files, base);
  } catch (error) {
    if (error instanceof PlatformError && error.code === 'inventory') return error.problems;
    throw error;
  }
  return [];
}

/** The problems as one reads them first: `file:line:column  message`. */
export const headlinesOf = (files: Files): string[] =>
  problemsOf(files).map(({ file, line, column, message }) => `${file}:${line}:${column}  ${message}`);
