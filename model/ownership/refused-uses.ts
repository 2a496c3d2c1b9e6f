import type { Known } from '../checks/references';
import type { LinkedEnvironment } from '../environment/environment';
import { identitiesOf, isCovered, type PlacedEntry } from '../environment/owners/owners';
import type { LinkedTenant } from '../tenant/tenant';
import { Identities } from './identities';
import { usesOf, type Use } from './uses';

/** A use, and whose it is. */
export interface TenantUse extends Use {
  readonly tenant: LinkedTenant;
  readonly team: string;
  /** A use of another team that has the same. @default - no other team has it */
  other?: TenantUse;
}

/** A use that no entry of the environment's file allows. */
export interface RefusedUse {
  readonly use: TenantUse;
  /** Entries that would allow it, if they said that several teams have the same. */
  readonly unshared: readonly PlacedEntry[];
}

/** The entries of an environment for a tenant. */
export const entriesFor = ({ environment, place, tenant: { entry } }: TenantUse): readonly PlacedEntry[] =>
  environment.owners?.for(place, entry.team, entry.name) ?? [];

/** What tenants ask of something that all teams of an environment share, and no entry allows. Linear in their number. */
export function refusedUses(tenants: readonly LinkedTenant[], environments: Known<LinkedEnvironment>): RefusedUse[] {
  const uses = tenants.flatMap((tenant) =>
    [...usesOf(tenant, environments)].map((use): TenantUse => ({ ...use, tenant, team: tenant.entry.team })),
  );
  findOthers(uses);
  return uses.flatMap((use) => {
    const covering = entriesFor(use).filter(({ entry }) => isCovered(use.place.section, entry, use.asked));
    const isAllowed =
      use.other === undefined ? covering.length > 0 : covering.some(({ entry }) => entry.shared !== undefined);
    return isAllowed ? [] : [{ use, unshared: covering }];
  });
}

/** Finds, for each use, one of another team that has the same. */
function findOthers(uses: readonly TenantUse[]): void {
  const identities = new Identities<TenantUse>();
  const listed = uses.flatMap((use) => {
    const { section, name = '' } = use.place;
    const where = `${use.environment.environment.inventoryName} ${section} ${name}`;
    return identitiesOf(section, use.asked).map((identity) => ({ use, where, identity }));
  });
  for (const { use, where, identity } of listed) identities.add(where, identity, use);
  for (const { use, where, identity } of listed) {
    for (const other of identities.others(where, identity, use)) {
      use.other ??= other;
      // Of two, the one with a pattern does not find the other.
      other.other ??= use;
    }
  }
}
