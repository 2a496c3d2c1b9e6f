import type { Inventory } from '../inventory';

/** Names of the inventory, and places in it: what a rename changes. */
const names = new Set(['inventoryName', 'team', 'for', 'with', 'source', 'place']);

/** What the inventory means for servers, by the name of each object there; a team is no name there. */
function meaningOf({ clusters, environments, tenants }: Inventory): ReadonlyMap<string, string> {
  const entries = Object.entries({ cluster: clusters, environment: environments, tenant: tenants });
  return new Map(
    entries.flatMap(([kind, objects]) =>
      objects.map((object) => {
        const isTenant = kind === 'tenant';
        const text = JSON.stringify(object, (key, value: unknown) => {
          if (names.has(key)) return undefined;
          // Compared by itself.
          return isTenant && key === 'environment' ? (value as { readonly name: string }).name : value;
        });
        return [`${kind} ${object.name}`, text] as const;
      }),
    ),
  );
}

/** Objects, such as `tenant basket`, that would not be the same on servers. */
export function changedMeanings(before: Inventory, after: Inventory): string[] {
  const [old, next] = [meaningOf(before), meaningOf(after)];
  const all = new Set([...old.keys(), ...next.keys()]);
  return [...all].filter((object) => old.get(object) !== next.get(object)).sort();
}
