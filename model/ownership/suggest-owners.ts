import { linkInventory, loadInventory, type InventoryFile, type InventoryFiles } from '../load';
import { applyEdits } from '../rename/edit-yaml';
import type { ChangedFile } from '../rename/plan-rename';
import { decode, encodeEdited, tooLarge } from '../source/decode';
import { ProblemList } from '../source/problem-list';
import { displayPath } from '../source/source-file';
import { additionEdits, type Additions } from './insert-yaml';
import { refusedUses, type RefusedUse } from './refused-uses';
import { suggestedEntries } from './suggested-entries';

/** Files of environments with the entries of `owners` that they lack. */
export interface SuggestedOwners {
  readonly files: readonly ChangedFile[];
  /** Number of uses that the entries allow. */
  readonly uses: number;
}

/**
 * The entries of `owners` that allow everything that tenants use of back ends that all teams share, and that no entry allows yet. Pure: nothing
 * is written.
 *
 * @throws PlatformError `inventory` with every other problem, or if a file cannot be edited
 */
export function suggestOwners(files: InventoryFiles): SuggestedOwners {
  const problems = new ProblemList();
  const suggested = addOwners(files, problems);
  problems.throwIfAny();
  loadInventory(withChanges(files, suggested.files));
  return suggested;
}

/** The files of an inventory, some of them changed in place. */
export function withChanges(files: InventoryFiles, changed: readonly ChangedFile[]): InventoryFiles {
  const bytes = new Map(changed.map((file) => [file.path, file.bytes]));
  return files.map((file) => {
    const found = bytes.get(file.path);
    return found === undefined ? file : { path: file.path, bytes: found };
  });
}

/** The same for what is understood of an inventory, whatever other problems it has. */
export function addOwners(files: InventoryFiles, problems: ProblemList): SuggestedOwners {
  const { tenants, environments } = linkInventory(files, problems);
  const byEnvironment = new Map<string, RefusedUse[]>();
  for (const refused of refusedUses(tenants, environments)) {
    const { environment, unsound } = refused.use.environment;
    if (unsound.has('owners')) continue;
    const path = `environments/${environment.inventoryName}.yaml`;
    const known = byEnvironment.get(path);
    if (known === undefined) byEnvironment.set(path, [refused]);
    else known.push(refused);
  }
  const changed = files.flatMap((file) => {
    const refused = byEnvironment.get(file.path);
    return refused === undefined ? [] : editFile(file, refused, problems);
  });
  return { files: changed, uses: [...byEnvironment.values()].reduce((sum, { length }) => sum + length, 0) };
}

function editFile(file: InventoryFile, refused: readonly RefusedUse[], problems: ProblemList): ChangedFile[] {
  const text = 'bytes' in file ? decode(file.bytes, file.path) : undefined;
  if (!('bytes' in file) || typeof text !== 'string') return [];
  const edits = additionEdits(text, { owners: additionsOf(refused) });
  if (edits === undefined) {
    problems.add({
      file: displayPath(file.path),
      message: 'entries cannot be added to `owners` here: an alias of YAML stands in the way',
      fix: 'write the values out, then repeat the command',
    });
    return [];
  }
  const bytes = encodeEdited(applyEdits(text, edits), file.bytes);
  const size = tooLarge(bytes.length, file.path);
  if (size !== undefined) {
    problems.add({
      file: displayPath(file.path),
      message: `with the entries for ${refused.length} uses, ${size.message}`,
      fix: 'write entries for teams, with patterns, for what most tenants use; then repeat the command for the rest',
    });
    return [];
  }
  return [{ path: file.path, newPath: file.path, edits, bytes }];
}

/** Entries as they are in the file: lists by section, or by section and name. */
function additionsOf(refused: readonly RefusedUse[]): Additions {
  const additions: Record<string, Additions | readonly object[]> = {};
  for (const { place, entries } of suggestedEntries(refused)) {
    const { section, name } = place;
    additions[section] = name === undefined ? entries : { ...additions[section], [name]: entries };
  }
  return additions;
}
