import { findEnvironments } from '../local/replica/scope';
import { PlatformError } from '../model/errors';
import type { Inventory } from '../model/inventory';
import type { Tenant, TenantEnvironment } from '../model/tenant/tenant';
import { unknownName } from '../model/unknown-name';

/** A tenant in one of its environments. */
export interface FoundTenant {
  readonly tenant: Tenant;
  readonly settings: TenantEnvironment;
}

/** A tenant in an environment. @throws PlatformError `usage` if either is unknown, or the tenant is not in the environment */
export function findTenant(inventory: Inventory, identity: string, environment: string): FoundTenant {
  const tenant = inventory.tenants.find(({ team, inventoryName }) => `${team}/${inventoryName}` === identity);
  if (tenant === undefined) {
    const known = inventory.tenants.map(({ team, inventoryName }) => `${team}/${inventoryName}`);
    throw new PlatformError('usage', [
      unknownName({ message: 'unknown tenant', given: identity, known, allowed: '<team>/<tenant>' }),
    ]);
  }
  findEnvironments(inventory.environments, [environment]);
  const settings = tenant.environments.find((candidate) => candidate.environment.inventoryName === environment);
  if (settings !== undefined) return { tenant, settings };
  throw new PlatformError('usage', [
    {
      message: `${identity} is not in this environment`,
      given: environment,
      allowed: tenant.environments.map((candidate) => candidate.environment.inventoryName).join(', '),
      fix: `add it to environments in inventory/tenants/${identity}.yaml`,
    },
  ]);
}
