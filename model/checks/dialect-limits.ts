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
export const clusterLimits = (cluster: Cluster): DialectLimit[] => [...methodLimits(cluster), ...serverLimits(cluster)];

function methodLimits({ authMethods, dialect, name: cluster }: Cluster): DialectLimit[] {
  const { title, aws, ldap } = dialects[dialect];
  return authMethods.flatMap(({ name, type }) =>
    (type === 'aws' && !aws) || (type === 'ldap' && !ldap)
      ? [
          {
            path: ['auth', name, 'type'],
            message: `${title} has no auth method of the type ${type} built in`,
            given: type,
            allowed: ['approle', 'jwt', 'kubernetes', 'oidc'].join(', '),
            fix: `remove the method, or write \`dialect: vault\` in inventory/clusters/${cluster}.yaml`,
          },
        ]
      : [],
  );
}

function serverLimits({ dialect, server }: Cluster): DialectLimit[] {
  const { title, cloudSeals, standbyReadsSetting } = dialects[dialect];
  const limits: DialectLimit[] = [];
  if (server !== undefined && !cloudSeals && !['shamir', 'transit'].includes(server.seal.kind)) {
    limits.push({
      path: ['kubernetes', 'seal', server.seal.kind],
      of: 'key',
      message: `${title} has no seal ${server.seal.kind} built in`,
      given: `dialect ${dialect}`,
      allowed: 'shamir or transit; awskms, gcpckms and azurekeyvault with `dialect: vault`',
      fix: 'write `shamir` or `transit:`, or `dialect: vault`',
    });
  }
  if (server?.standbyReads === true && standbyReadsSetting === undefined) {
    limits.push({
      path: ['kubernetes', 'standbyReads'],
      message: `standbys of ${title} never answer reads`,
      given: 'true',
      allowed: 'false; true with `dialect: openbao`',
      fix: 'remove standbyReads',
    });
  }
  return limits;
}

/** Engines and quotas of an environment that the program lacks. */
export function environmentLimits({ cluster, engines, quotas }: Environment): DialectLimit[] {
  const { title, aws } = dialects[cluster.dialect];
  const engine: DialectLimit = {
    path: ['engines', 'aws'],
    of: 'key',
    message: `${title} has no AWS engine built in`,
    given: `dialect ${cluster.dialect}`,
    allowed: 'engines.aws with `dialect: vault`',
    fix: `remove the engine, or write \`dialect: vault\` in inventory/clusters/${cluster.name}.yaml`,
  };
  return [
    ...(engines.aws !== undefined && !aws ? [engine] : []),
    ...connectionLimits(engines, cluster),
    ...quotaLimits(quotas, cluster),
  ];
}

function connectionLimits({ database }: Environment['engines'], { dialect }: Cluster): DialectLimit[] {
  const { title, postgresqlCa } = dialects[dialect];
  return (database?.connections ?? []).flatMap(({ name, plugin, caCertificate }) =>
    plugin !== 'postgresql' || caCertificate === undefined || postgresqlCa
      ? []
      : [
          {
            path: ['engines', 'database', 'connections', name, 'caCertificate'],
            of: 'key' as const,
            message: `${title} ignores the CA of a PostgreSQL connection`,
            given: 'caCertificate',
            allowed: 'sslrootcert in the URL: a file on the machine of the server',
            fix: 'remove it, put the CA on the server’s machine and write `&sslrootcert=/path/to/ca.crt` behind sslmode',
          },
        ],
  );
}

/** Quotas of a tenant that the program lacks. */
export const tenantLimits = ({ quotas, environment }: TenantEnvironment): DialectLimit[] =>
  quotaLimits(quotas, environment.cluster);

function quotaLimits({ maxLeases }: Quotas, { dialect }: Cluster): DialectLimit[] {
  const { title, leaseCountQuotas } = dialects[dialect];
  if (maxLeases === undefined || leaseCountQuotas) return [];
  return [
    {
      path: ['quotas', 'maxLeases'],
      message: `${title} cannot limit the number of leases: only Vault Enterprise can`,
      given: String(maxLeases),
      allowed: 'requestsPerSecond',
      fix: 'remove maxLeases; short TTLs and requestsPerSecond keep the number down',
    },
  ];
}
