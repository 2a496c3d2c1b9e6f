import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Inventory } from '../model/inventory';
import { movedTenants, type InventoryChange } from '../model/rename/moved-tenants';
import { findMoves, type StackMove } from './moves';
import { readStacks } from './synthesised';
import { synthesize } from './synthesize';

/**
 * Resources that move to the stacks of another team. Only the stacks of teams that get or lose tenants are synthesised.
 */
export function synthesizeMoves({ before, after }: InventoryChange): StackMove[] {
  const moved = movedTenants({ before, after });
  if (moved.length === 0) return [];
  const involved = new Set(moved.flatMap(({ tenant, formerTeam }) => [tenant.team, formerTeam]));
  const ofTeams = (inventory: Inventory): Inventory => ({
    // Platforms and engines are as they were.
    clusters: [],
    environments: inventory.environments,
    tenants: inventory.tenants.filter(({ team }) => involved.has(team)),
  });
  const folder = mkdtempSync(path.join(tmpdir(), 'vault-platform-moves-'));
  try {
    const places = { before: path.join(folder, 'before'), after: path.join(folder, 'after') };
    synthesize(ofTeams(before), { outputDirectory: places.before });
    synthesize(ofTeams(after), { outputDirectory: places.after });
    return findMoves(readStacks(places.before), readStacks(places.after));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
