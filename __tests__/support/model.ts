import type {
  AppRoleSettings,
  Cluster,
  Environment,
  Inventory,
  Tenant,
  TenantEnvironment,
} from '../../model/inventory';

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
  ...over,
});

export const environment = (name = 'devel', over: Partial<Environment> = {}): Environment => ({
  name,
  description: `The environment ${name}`,
  cluster: cluster(),
  state: { backend: 'local' },
  kvMaxVersions: 10,
  appRole: appRole(),
  ...over,
});

export const tenantEnvironment = (over: Partial<TenantEnvironment> = {}): TenantEnvironment => ({
  environment: environment(),
  appRole: appRole(),
  keySet: 'create',
  policies: [],
  ...over,
});

export const tenant = (over: Partial<Tenant> = {}): Tenant => ({
  name: 'checkout',
  team: 'payments',
  description: 'A tenant',
  environments: [tenantEnvironment()],
  ...over,
});

/** An inventory whose clusters and environments are those that its tenants name. */
export function inventoryOf(...tenants: readonly Tenant[]): Inventory {
  const environments = new Map(
    tenants.flatMap((t) => t.environments.map((e) => [e.environment.name, e.environment] as const)),
  );
  const clusters = new Map([...environments.values()].map((e) => [e.cluster.name, e.cluster] as const));
  return { clusters: [...clusters.values()], environments: [...environments.values()], tenants };
}
