import { lstatSync } from 'node:fs';
import path from 'node:path';

import { PlatformError, type Problem } from '../model/errors';
import type { ChangedFile, RenamePlan } from '../model/rename/plan-rename';
import { makeFolder, move, removeEmptyFolder, replace, runSteps, stage, type Step } from './file-steps';

/** A folder that gets another name, as paths in the inventory. */
interface MovedFolder {
  readonly from: string;
  readonly to: string;
}

/** Writes the files of a rename, as {@link changeFiles} does. */
export function writeRename(directory: string, { rename: { kind, from, to }, files }: RenamePlan): void {
  changeFiles(directory, files, kind === 'team' ? { from: `tenants/${from}`, to: `tenants/${to}` } : undefined);
}

/**
 * Changes files of an inventory: all of them, or none. Files keep their mode.
 *
 * @param directory the inventory
 * @param folder moved with all files in it. @default - files move one by one
 * @throws PlatformError `usage` if a file is a symbolic link, or cannot be written; nothing is changed then
 */
export function changeFiles(directory: string, files: readonly ChangedFile[], folder?: MovedFolder): void {
  refuseLinks(
    directory,
    files.map(({ path: file }) => file),
  );
  runSteps(directory, (staging) => stepsOf(directory, staging, files, folder));
}

/** @throws PlatformError `usage` for files that are symbolic links */
export function refuseLinks(directory: string, files: readonly string[]): void {
  const isLink = (file: string): boolean =>
    lstatSync(path.join(directory, file), { throwIfNoEntry: false })?.isSymbolicLink() === true;
  const links = files.filter(isLink);
  if (links.length > 0) throw new PlatformError('usage', links.map(linkProblem));
}

function stepsOf(directory: string, staging: string, files: readonly ChangedFile[], folder?: MovedFolder): Step[] {
  const at = (file: string): string => path.join(directory, file);
  const edited = files.filter(({ edits }) => edits.length > 0);
  const staged = edited.map((file, index) => [file, stage(staging, index, file.bytes, at(file.path))] as const);
  const movedFolder = folder === undefined ? [] : [move(at(folder.from), at(folder.to))];
  const isMoved = ({ path: from, newPath }: ChangedFile): boolean => folder === undefined && from !== newPath;
  const moved = files
    .filter(isMoved)
    .flatMap(({ path: from, newPath }) => [
      makeFolder(path.dirname(at(newPath))),
      move(at(from), at(newPath)),
      removeEmptyFolder(path.dirname(at(from))),
    ]);
  return [...movedFolder, ...moved, ...staged.map(([{ newPath }, target]) => replace(target, at(newPath)))];
}

const linkProblem = (file: string): Problem => ({
  message: 'a symbolic link cannot be edited',
  file: `inventory/${file}`,
  line: 1,
  column: 1,
  fix: 'put a copy of the file in its place',
});
