import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

import { PlatformError, type Problem } from '../model/errors';
import type { ChangedFile, RenamePlan } from '../model/rename/plan-rename';

/** A change of the disk, which returns how to undo it. */
type Step = () => () => void;

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
 * Changes files of an inventory: all of them, or none. New contents are written beside the inventory's files first, so that a full disk is
 * noticed before anything is replaced. Files keep their mode.
 *
 * @param directory the inventory
 * @param folder moved with all files in it. @default - files move one by one
 * @throws PlatformError `usage` if a file is a symbolic link, or cannot be written; nothing is changed then
 */
export function changeFiles(directory: string, files: readonly ChangedFile[], folder?: MovedFolder): void {
  const links = files.filter(({ path: file }) => lstatSync(path.join(directory, file)).isSymbolicLink());
  if (links.length > 0) throw new PlatformError('usage', links.map(linkProblem));
  const undo: (() => void)[] = [];
  let staging: string | undefined;
  try {
    // Files whose names begin with a dot are no part of an inventory, also if this process is killed.
    staging = mkdtempSync(path.join(directory, '.change-'));
    const steps = stepsOf(directory, staging, files, folder);
    for (const step of steps) undo.unshift(step());
  } catch (error) {
    for (const step of undo) step();
    throw writeProblem(directory, error) ?? error;
  } finally {
    if (staging !== undefined) rmSync(staging, { recursive: true, force: true });
  }
}

function stepsOf(directory: string, staging: string, files: readonly ChangedFile[], folder?: MovedFolder): Step[] {
  const at = (file: string): string => path.join(directory, file);
  const edited = files.filter(({ edits }) => edits.length > 0);
  const staged = edited.map((file, index) => {
    const target = path.join(staging, `.${index}`);
    writeFileSync(target, file.bytes, { flag: 'wx', flush: true });
    chmodSync(target, statSync(at(file.path)).mode & 0o777);
    return [file, target] as const;
  });
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

const move =
  (from: string, to: string): Step =>
  () => {
    renameSync(from, to);
    return () => {
      renameSync(to, from);
    };
  };

/** Replaces a file by another one of the same file system. */
const replace =
  (from: string, to: string): Step =>
  () => {
    const before = readFileSync(to);
    const { mode } = statSync(to);
    renameSync(from, to);
    return () => {
      unlinkSync(to);
      writeFileSync(to, before, { mode });
    };
  };

const makeFolder =
  (folder: string): Step =>
  () => {
    if (existsSync(folder)) return () => undefined;
    mkdirSync(folder);
    return () => {
      rmdirSync(folder);
    };
  };

const removeEmptyFolder =
  (folder: string): Step =>
  () => {
    if (readdirSync(folder).length > 0) return () => undefined;
    rmdirSync(folder);
    return () => {
      mkdirSync(folder);
    };
  };

const linkProblem = ({ path: file }: ChangedFile): Problem => ({
  message: 'a symbolic link cannot be edited',
  file: `inventory/${file}`,
  line: 1,
  column: 1,
  fix: 'put a copy of the file in its place',
});

function writeProblem(directory: string, error: unknown): PlatformError | undefined {
  const { code, path: file = directory, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return undefined;
  const fix = 'give yourself the right to write there, then repeat the command';
  return new PlatformError('usage', [
    { message: `the inventory cannot be written (${code}); nothing was changed`, given: file, fix },
  ]);
}
