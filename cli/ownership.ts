import { suggestOwners } from '../model/ownership/suggest-owners';
import { readInventoryFiles } from '../model/read';
import type { ChangedFile } from '../model/rename/plan-rename';
import { displayPath } from '../model/source/source-file';
import type { Context } from './context';
import { changeFiles } from './rename-files';

export interface SuggestOptions {
  /** Whether to write the entries into the files. */
  readonly write: boolean;
}

/**
 * `platform ownership suggest`: prints the entries of `owners` that the environments lack, or writes them.
 *
 * @throws PlatformError with all problems; nothing is written then
 */
export function suggestOwnership(
  { inventoryDirectory }: Pick<Context, 'inventoryDirectory'>,
  { write }: SuggestOptions,
): void {
  const { files, uses } = suggestOwners(readInventoryFiles(inventoryDirectory));
  if (write) changeFiles(inventoryDirectory, files);
  process.stdout.write(`${[...files.map(describeFile), summary(files, uses, write)].join('\n\n')}\n`);
}

const describeFile = ({ path, edits }: ChangedFile): string =>
  edits
    .map(
      ({ line, column, after }) =>
        `${displayPath(path)}:${line}:${column}  add\n${after.replaceAll('\r', '').replace(/^\n+/, '')}`,
    )
    .join('\n');

function summary(files: readonly ChangedFile[], uses: number, isWritten: boolean): string {
  if (files.length === 0) return 'Every use of a back end that all teams share has an owner’s entry.';
  const count = `${uses} ${uses === 1 ? 'use' : 'uses'}`;
  return isWritten
    ? `Wrote entries for ${count}. Have the owners of the back ends review them: shorten lists, write patterns and teams, replace the reasons.`
    : `Nothing is written. Entries for ${count} are missing; --write adds them.`;
}
