import type { Inventory } from '../inventory';
import type { Tenant } from '../tenant/tenant';

/** An inventory before and after a change that leaves every object on the servers as it is. */
export interface InventoryChange {
  readonly before: Inventory;
  readonly after: Inventory;
}

/** A tenant that another team has now. */
export interface MovedTenant {
  readonly tenant: Tenant;
  /** @default - the tenant is new */
  readonly formerTeam: string | undefined;
}

/** Tenants whose team changed, by their name on the server. */
export function movedTenants({ before, after }: InventoryChange): MovedTenant[] {
  const teams = new Map(before.tenants.map(({ name, team }) => [name, team]));
  return after.tenants.flatMap((tenant) => {
    const formerTeam = teams.get(tenant.name);
    return formerTeam === tenant.team ? [] : [{ tenant, formerTeam }];
  });
}
