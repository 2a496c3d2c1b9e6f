import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { PlatformError } from '../../model/errors';
import { readInventory } from '../../model/read';
import type { Context } from '../context';
import { extractRevision } from './git-files';
import { InventoryLines } from './inventory-lines';
import { loadPlan } from './load-plan';
import { loadServer } from './load-server';
import type { LoadedAccess } from './loaded-access';
import { manifestFile, readSynthesised } from './synthesised-folder';

/** Folder beside the inventory with the committed output of `npm run synth`, in projects that commit it. */
const generatedFolder = 'generated';

/**
 * Access of an inventory, of a folder that `npm run synth` wrote, of a revision of git, of the stack of a plan after it is applied
 * (`terraform show -json`), or of a running cluster (`cluster:<name>`, and `replica:<name>` for the embedded one).
 *
 * @param place folder, file, revision or cluster. @default - the inventory of this clone
 * @throws PlatformError `inventory` with all problems of the inventory, or `usage` if the place does not exist or cannot be read
 */
export async function loadAccess(context: Context, place?: string): Promise<LoadedAccess> {
  const { inventoryDirectory } = context;
  if (place === undefined) return await ofInventory(inventoryDirectory, 'the inventory');
  const [, kind, cluster] = /^(cluster|replica):(.*)$/.exec(place) ?? [];
  if (cluster !== undefined) return await loadServer(context, { cluster, replica: kind === 'replica' });
  const stat = statSync(place, { throwIfNoEntry: false });
  if (stat?.isFile() === true) return (await loadPlan(context, place)).after;
  if (stat === undefined) return await ofRevision(place, inventoryDirectory);
  if (!stat.isDirectory()) throw notAPlace(place);
  if (existsSync(path.join(place, manifestFile))) return { title: place, models: readSynthesised(place) };
  if (existsSync(path.join(place, 'clusters'))) return await ofInventory(place, place);
  throw notAPlace(place);
}

async function ofInventory(directory: string, title: string): Promise<LoadedAccess> {
  // Loads cdktf, which other places do not need.
  const { synthesize } = await import('../../synthesis/synthesize');
  const inventory = readInventory(directory);
  const models = inTemporaryFolder((folder) => {
    synthesize(inventory, { outputDirectory: folder });
    return readSynthesised(folder);
  });
  return { title, models, lines: new InventoryLines(inventory, directory) };
}

/** Uses the committed output if the revision has one, because that is what was applied. */
async function ofRevision(revision: string, inventoryDirectory: string): Promise<LoadedAccess> {
  const folder = temporaryFolder();
  try {
    const generated = path.join(folder, generatedFolder);
    const committed = path.join(path.dirname(inventoryDirectory), generatedFolder);
    if (await extractRevision(revision, committed, generated)) {
      return { title: revision, models: readSynthesised(generated) };
    }
    const inventory = path.join(folder, 'inventory');
    if (await extractRevision(revision, inventoryDirectory, inventory)) {
      const loaded = await ofInventory(inventory, revision);
      // Its files are removed below, so they are read now.
      loaded.lines?.readFiles();
      return loaded;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  throw new PlatformError('usage', [
    {
      message: 'the revision has no inventory',
      given: `${revision}, folder ${path.relative(process.cwd(), inventoryDirectory)}`,
      fix: 'name a later revision, or the right folder with --inventory',
    },
  ]);
}

function inTemporaryFolder<Result>(work: (folder: string) => Result): Result {
  const folder = temporaryFolder();
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const temporaryFolder = (): string => mkdtempSync(path.join(os.tmpdir(), 'vault-platform-access-'));

const notAPlace = (given: string): PlatformError =>
  new PlatformError('usage', [
    {
      message: 'this has neither an inventory nor synthesised stacks',
      given,
      allowed: `a folder with ${manifestFile} that \`npm run synth\` wrote, an inventory, a revision of git, the JSON of a plan, cluster:<name> or replica:<name>`,
      fix: 'npm run synth, and name its output folder; for bare policies use --policies',
    },
  ]);
