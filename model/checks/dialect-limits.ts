import type { Cluster } from '../cluster/cluster';
import { dialects } from '../dialect';
import type { Environment } from '../environment/environment';
import type { Quotas } from '../environment/quotas';
import type { Finding } from '../source/problem-list';
import type { ValuePath } from '../source/source-file';
import type { TenantEnvironment } from '../tenant/tenant';

/** Something that the server program of a cluster cannot do, and where in its file it is asked for. */
export interface DialectLimit extends Finding {
  readonly path: ValuePath;
  /** Whether the path leads to the key that asks for it. @default - to the value */
  readonly of?: 'key';
}

/** Auth methods, and settings of its servers, that the cluster's program lacks. */
export function* clusterLimits({ authMethods, dialect, name: cluster, server }: Cluster): Generator<DialectLimit> {
  const { title, aws, ldap, cloudSeals, standbyReadsSetting } = dialects[dialect];
  const missing = [...(aws ? [] : ['aws']), ...(ldap ? [] : ['ldap'])];
  for (const { inventoryName: name, type } of authMethods.filter((method) => missing.includes(method.type))) {
    yield {
      path: ['auth', name, 'type'],
      message: `${title} has no auth method of the type ${type} built in`,
      given: type,
      allowed: 'approle, jwt, kubernetes, oidc',
      fix: `remove the method, or write \`dialect: vault\` in inventory/clusters/${cluster}.yaml`,
    };
  }
  if (server !== undefined && !cloudSeals && !['shamir', 'transit'].includes(server.seal.kind)) {
    yield {
      path: ['kubernetes', 'seal', server.seal.kind],
      of: 'key',
      message: `${title} has no seal ${server.seal.kind} built in`,
      given: `dialect ${dialect}`,
      allowed: 'shamir or transit; awskms, gcpckms and azurekeyvault with `dialect: vault`',
      fix: 'write `shamir` or `transit:`, or `dialect: vault`',
    };
  }
  if (server?.standbyReads === true && standbyReadsSetting === undefined) {
    yield {
      path: ['kubernetes', 'standbyReads'],
      message: `standbys of ${title} never answer reads`,
      given: 'true',
      allowed: 'false; true with `dialect: openbao`',
      fix: 'remove standbyReads',
    };
  }
}

/** Engines and quotas of an environment that the program lacks. */
export function* environmentLimits({ cluster, engines, quotas }: Environment): Generator<DialectLimit> {
  const { title, aws, postgresqlCa } = dialects[cluster.dialect];
  if (engines.aws !== undefined && !aws) {
    yield {
      path: ['engines', 'aws'],
      of: 'key',
      message: `${title} has no AWS engine built in`,
      given: `dialect ${cluster.dialect}`,
      allowed: 'engines.aws with `dialect: vault`',
      fix: `remove the engine, or write \`dialect: vault\` in inventory/clusters/${cluster.name}.yaml`,
    };
  }
  for (const { name, plugin, caCertificate } of engines.database?.connections ?? []) {
    if (plugin !== 'postgresql' || caCertificate === undefined || postgresqlCa) continue;
    yield {
      path: ['engines', 'database', 'connections', name, 'caCertificate'],
      of: 'key',
      message: `${title} ignores the CA of a PostgreSQL connection`,
      given: 'caCertificate',
      allowed: 'sslrootcert in the URL: a file on the machine of the server',
      fix: 'remove it, put the CA on the server’s machine and write `&sslrootcert=/path/to/ca.crt` behind sslmode',
    };
  }
  yield* quotaLimits(quotas, cluster);
}

/** Quotas of a tenant that the program lacks. */
export const tenantLimits = ({ quotas, environment }: TenantEnvironment): Generator<DialectLimit> =>
  quotaLimits(quotas, environment.cluster);

function* quotaLimits({ maxLeases }: Quotas, { dialect }: Cluster): Generator<DialectLimit> {
  const { title, leaseCountQuotas } = dialects[dialect];
  if (maxLeases === undefined || leaseCountQuotas) return;
  yield {
    path: ['quotas', 'maxLeases'],
    message: `${title} cannot limit the number of leases: only Vault Enterprise can`,
    given: String(maxLeases),
    allowed: 'requestsPerSecond',
    fix: 'remove maxLeases; short TTLs and requestsPerSecond keep the number down',
  };
}
