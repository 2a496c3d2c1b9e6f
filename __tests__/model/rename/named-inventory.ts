import { PlatformError } from '../../../model/errors';
import type { Files } from '../small-inventory';

/** A tenant’s file, to be changed. */
export const tenant = `# A tenant
description: Baskets # of a shop
environments: [devel]
identity: {}
`;

/** An inventory with something of every kind that can be renamed, and references to it. */
export const base: Files = {
  'clusters/west.yaml': `description: A cluster
address: https://west.example.com
state: {backend: local}
auth:
  # Pipelines
  "ci":
    type: jwt
    description: Pipelines
    boundIssuer: https://ci.example.com
    discoveryUrl: https://ci.example.com
`,
  'environments/devel.yaml': `description: An environment
cluster: west
state: {backend: local}
trusts: [ ci ]
authorities:
  root: {description: Root, commonName: Root, ttl: 3650d, maxLeafTtl: 1825d}
  kafka: {description: Kafka, commonName: Kafka, signedBy: 'root', ttl: 1825d, maxLeafTtl: 30d}
owners:
  authorities:
    root:
      - for: [pay/ledger]
        domains: [ledger.example.com]
  authMethods:
    ci:
      - for: [pay/ledger]
        boundClaims:
          repository: [example/ledger]
`,
  'tenants/README.md': 'Tenants',
  'tenants/shop/basket.yaml': tenant,
  'tenants/pay/ledger.yaml': `description: Books
environments: [devel]
certificates:
  web: {authority: root, use: server, domains: [ledger.example.com], ttl: 1d}
policies:
  - name: ci
    environments: [devel]
    reason: Pipelines write
    grants: [{path: ci/*, operations: [read]}]
    logins: [{type: jwt, method: ci, audiences: [vault], boundClaims: {repository: [example/ledger]}}]
sharing:
  - with: shop/basket
    environments:
      - devel
    grants: [{path: ci/*, operations: [read]}]
    reason: Baskets show prices
    until: 2099-01-01
`,
};

/** Text of the problems that work reports. */
export function problemsOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof PlatformError) return error.message;
    throw error;
  }
  return '';
}
