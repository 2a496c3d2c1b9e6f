import type { Cluster } from './cluster/cluster';
import type { Environment } from './environment/environment';
import type { Tenant } from './tenant/tenant';

/**
 * The inventory as the rest of the program sees it: checked, defaults filled in, references resolved, each kind sorted by name.
 * What is optional is absent, and every name in it is safe in a path, a policy name and a Terraform address.
 */
export interface Inventory {
  readonly clusters: readonly Cluster[];
  readonly environments: readonly Environment[];
  readonly tenants: readonly Tenant[];
  /** Tenants that left, by their names on servers. @default - none */
  readonly departed?: readonly string[];
}
