import { checkDerivedNames } from './checks/derived-names';
import { checkExceptions } from './checks/limits';
import { checkOwnerNames } from './checks/owner-names';
import { checkOwnership } from './checks/ownership';
import type { Known } from './checks/references';
import { checkSharing } from './checks/shared-with';
import { linkClusters, type LinkedCluster } from './cluster/cluster';
import { linkEnvironments, type LinkedEnvironment } from './environment/environment';
import type { Inventory } from './inventory';
import { NameRegister } from './register/name-register';
import { readEntries, type InventoryFile } from './source/entries';
import { compare, ProblemList } from './source/problem-list';
import { linkTenants, type LinkedTenant } from './tenant/tenant';

export type { InventoryFile } from './source/entries';

/** Every file of an inventory, in any order. */
export type InventoryFiles = readonly InventoryFile[];

/**
 * Understands an inventory. Pure: the disk is read by {@link readInventory}. Linear in the size of the inventory.
 *
 * @returns the inventory, each kind sorted by name
 * @throws PlatformError with the code `inventory` and every problem that was found, each with file, line and column, sorted
 *   by these; nothing else
 * @see inventory/README.md
 */
export function loadInventory(files: InventoryFiles): Inventory {
  const problems = new ProblemList();
  const { clusters, environments, tenants, departed } = linkInventory(files, problems);
  checkOwnership(tenants, environments, problems);
  problems.throwIfAny();
  return {
    clusters: sorted([...clusters.values()].map((linked) => linked?.cluster)),
    environments: sorted([...environments.values()].map((linked) => linked?.environment)),
    tenants: sorted(tenants.map(({ tenant }) => tenant)),
    departed,
  };
}

/** Everything that was understood of an inventory. */
interface LinkedInventory {
  readonly clusters: Known<LinkedCluster>;
  readonly environments: Known<LinkedEnvironment>;
  readonly tenants: readonly LinkedTenant[];
  /** Names on servers of tenants that left, sorted. */
  readonly departed: readonly string[];
}

/** Understands an inventory as far as it has no problems, and checks everything but who owns what. */
export function linkInventory(files: InventoryFiles, problems: ProblemList): LinkedInventory {
  const entries = readEntries(files, problems);
  for (const kind of ['clusters', 'environments'] as const) {
    if (entries[kind].length > 0) continue;
    const fix = `add inventory/${kind}/<name>.yaml`;
    problems.add({ file: `inventory/${kind}`, line: 1, column: 1, message: `there are no ${kind}`, fix });
  }
  const clusters = linkClusters(entries.clusters, problems);
  const environments = linkEnvironments(entries.environments, clusters, problems);
  const names = new NameRegister(entries.names?.value);
  const tenants = linkTenants(entries.tenants, environments, names, problems);
  checkDerivedNames({ entries, clusters, environments, tenants }, problems);
  checkSharing(tenants, problems);
  checkOwnerNames(entries, environments, problems);
  checkExceptions(entries, tenants, problems);
  return { clusters, environments, tenants, departed: Object.keys(entries.names?.value?.departed ?? {}).sort(compare) };
}

function sorted<T extends { readonly name: string }>(items: readonly (T | undefined)[]): T[] {
  return items.filter((item) => item !== undefined).sort((a, b) => compare(a.name, b.name));
}
