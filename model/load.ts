import type { Inventory } from './inventory';
import { resolveClusters } from './resolve/clusters';
import { checkCollisions } from './resolve/collisions';
import { resolveEnvironments } from './resolve/environments';
import { resolveTenants } from './resolve/tenants';
import { readEntries } from './source/entries';
import type { InventoryFile } from './source/entries';
import { compare, ProblemList } from './source/problem-list';

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
  const entries = readEntries(files, problems);
  for (const kind of ['clusters', 'environments'] as const) {
    if (entries[kind].length > 0) continue;
    const fix = `add inventory/${kind}/<name>.yaml`;
    problems.add({ file: `inventory/${kind}`, line: 1, column: 1, message: `there are no ${kind}`, fix });
  }
  const clusters = resolveClusters(entries.clusters, problems);
  const environments = resolveEnvironments(entries.environments, clusters, problems);
  const tenants = resolveTenants(entries.tenants, environments, problems);
  checkCollisions({ entries, clusters, environments, tenants }, problems);
  problems.throwIfAny();
  return {
    clusters: sorted([...clusters.values()].map((resolved) => resolved?.cluster)),
    environments: sorted([...environments.values()].map((resolved) => resolved?.environment)),
    tenants: sorted(tenants.map(({ tenant }) => tenant)),
  };
}

function sorted<T extends { readonly name: string }>(items: readonly (T | undefined)[]): T[] {
  return items.filter((item) => item !== undefined).sort((a, b) => compare(a.name, b.name));
}
