import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

import type { RenderedFile } from '../agents/agent-files';
import { makeFolder } from '../files/make-folder';
import { PlatformError, type Problem } from '../model/errors';

/** Result of writing files. */
export interface WrittenFiles {
  /** New files, and overwritten ones that differed. */
  readonly written: readonly string[];
  /** Files that already had the same content and mode. */
  readonly unchanged: readonly string[];
}

/**
 * Writes files into a folder, each atomically. Files with the same content are left alone. If any file differs, nothing is
 * written.
 *
 * @param force overwrite files that differ
 * @throws PlatformError `usage` with every file that differs
 */
export function writeFiles(folder: string, files: readonly RenderedFile[], force = false): WrittenFiles {
  const states = files.map((file) => ({ file, state: stateOf(path.join(folder, file.path), file) }));
  const problems = states.flatMap(({ file, state }): Problem[] => {
    if (state === 'blocked') return [{ message: 'this is not a file', file: path.join(folder, file.path) }];
    if (state !== 'different' || force) return [];
    const fix = 'choose another folder, or overwrite it with --force';
    return [{ message: 'a different file exists here', file: path.join(folder, file.path), fix }];
  });
  if (problems.length > 0) throw new PlatformError('usage', problems);
  const changed = states.filter(({ state }) => state !== 'same').map(({ file }) => file);
  if (changed.length > 0) replaceAll(folder, changed);
  return {
    written: changed.map((file) => file.path),
    unchanged: states.filter(({ state }) => state === 'same').map(({ file }) => file.path),
  };
}

function stateOf(target: string, { content, mode }: RenderedFile): 'absent' | 'blocked' | 'different' | 'same' {
  const stat = lstatSync(target, { throwIfNoEntry: false });
  if (stat === undefined) return 'absent';
  if (!stat.isFile()) return 'blocked';
  return readFileSync(target, 'utf8') === content && (stat.mode & 0o777) === mode ? 'same' : 'different';
}

/** Writes everything to a temporary folder first, so that most failures happen before the first file is replaced. */
function replaceAll(folder: string, files: readonly RenderedFile[]): void {
  makeFolder(path.dirname(folder));
  const staging = mkdtempSync(path.join(path.dirname(folder), `.${path.basename(folder)}-`));
  try {
    for (const file of files) {
      const staged = path.join(staging, file.path);
      makePublicFolder(path.dirname(staged));
      writeFileSync(staged, file.content, { mode: file.mode });
      chmodSync(staged, file.mode);
    }
    chmodSync(staging, 0o755);
    if (!existsSync(folder)) {
      renameSync(staging, folder);
      return;
    }
    for (const file of files) makePublicFolder(path.dirname(path.join(folder, file.path)));
    for (const file of files) renameSync(path.join(staging, file.path), path.join(folder, file.path));
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Creates a folder that every user can pass through, whatever the umask. */
function makePublicFolder(folder: string): void {
  if (existsSync(folder)) return;
  makePublicFolder(path.dirname(folder));
  mkdirSync(folder);
  chmodSync(folder, 0o755);
}
