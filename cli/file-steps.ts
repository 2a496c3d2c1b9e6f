import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

import { PlatformError } from '../model/errors';

/** A change of the disk, which returns how to undo it. */
export type Step = () => () => void;

/**
 * Makes changes in a folder: all of them, or none.
 *
 * @param directory the inventory
 * @param stepsOf gets a folder for new contents, inside the directory; what it writes there is removed
 * @throws PlatformError `usage` if something cannot be written; nothing is changed then
 */
export function runSteps(directory: string, stepsOf: (staging: string) => readonly Step[]): void {
  const undo: (() => void)[] = [];
  let staging: string | undefined;
  try {
    // Files whose names begin with a dot are no part of an inventory, also if this process is killed.
    staging = mkdtempSync(path.join(directory, '.change-'));
    for (const step of stepsOf(staging)) undo.unshift(step());
  } catch (error) {
    for (const step of undo) step();
    throw writeProblem(directory, error) ?? error;
  } finally {
    if (staging !== undefined) rmSync(staging, { recursive: true, force: true });
  }
}

/**
 * Writes a new content beside the files that it is for, so that a full disk is noticed before anything is replaced.
 *
 * @param index differs for each content
 * @param like file whose mode it gets, if there is one
 * @returns the file
 */
export function stage(staging: string, index: number, bytes: Uint8Array, like: string): string {
  const target = path.join(staging, `.${index}`);
  writeFileSync(target, bytes, { flag: 'wx', flush: true });
  if (existsSync(like)) chmodSync(target, statSync(like).mode & 0o777);
  return target;
}

export const move =
  (from: string, to: string): Step =>
  () => {
    renameSync(from, to);
    return () => {
      renameSync(to, from);
    };
  };

/** Replaces a file by another one of the same file system, or creates it. */
export const replace =
  (from: string, to: string): Step =>
  () => {
    const before = existsSync(to) ? { content: readFileSync(to), mode: statSync(to).mode } : undefined;
    renameSync(from, to);
    return () => {
      unlinkSync(to);
      if (before !== undefined) writeFileSync(to, before.content, { mode: before.mode });
    };
  };

export const removeFile =
  (file: string): Step =>
  () => {
    const content = readFileSync(file);
    const { mode } = statSync(file);
    unlinkSync(file);
    return () => {
      writeFileSync(file, content, { mode });
    };
  };

export const makeFolder =
  (folder: string): Step =>
  () => {
    if (existsSync(folder)) return () => undefined;
    mkdirSync(folder);
    return () => {
      rmdirSync(folder);
    };
  };

export const removeEmptyFolder =
  (folder: string): Step =>
  () => {
    if (readdirSync(folder).length > 0) return () => undefined;
    rmdirSync(folder);
    return () => {
      mkdirSync(folder);
    };
  };

function writeProblem(directory: string, error: unknown): PlatformError | undefined {
  const { code, path: file = directory, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return undefined;
  const fix = 'give yourself the right to write there, then repeat the command';
  return new PlatformError('usage', [
    { message: `the inventory cannot be written (${code}); nothing was changed`, given: file, fix },
  ]);
}
