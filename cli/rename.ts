import { readInventoryFiles } from '../model/read';
import { planRename } from '../model/rename/plan-rename';
import type { RenameKind } from '../model/rename/references';
import type { Context } from './context';
import { describeRename } from './describe-rename';
import { writeRename } from './rename-files';

export interface RenameOptions {
  /** Whether to print what would be changed, without changing it. */
  readonly dryRun: boolean;
}

/**
 * `platform rename <kind> <old> <new>`: edits the inventory, and prints the edits and what they mean for servers and clients.
 *
 * @throws PlatformError `usage` or `inventory` with all problems; nothing is changed then
 */
export async function rename(
  { inventoryDirectory }: Pick<Context, 'inventoryDirectory'>,
  kind: RenameKind,
  [from, to]: readonly [string, string],
  { dryRun }: RenameOptions,
): Promise<void> {
  const plan = planRename(readInventoryFiles(inventoryDirectory), { kind, from, to });
  // Loads cdktf.
  const { synthesizeMoves } = await import('../synthesis/synthesize-moves');
  const moves = synthesizeMoves(plan);
  if (!dryRun) writeRename(inventoryDirectory, plan);
  process.stdout.write(`${describeRename(plan, moves, dryRun)}\n`);
}
