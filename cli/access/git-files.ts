import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';

import { execa } from 'execa';

import { PlatformError } from '../../model/errors';

/** A folder in a repository. */
interface TrackedFolder {
  /** Top folder of the repository. */
  readonly root: string;
  /** Path in the repository, without slashes at both ends; empty for the top folder. */
  readonly folder: string;
}

/**
 * Writes a folder as it is in a revision.
 *
 * @param directory the folder in the working directory of the repository; it need not exist there any more
 * @param target folder to write to; it is created
 * @returns whether the revision has the folder
 * @throws PlatformError `usage` if the folder is in no repository, or if there is no such revision
 */
export async function extractRevision(revision: string, directory: string, target: string): Promise<boolean> {
  const { root, folder } = await trackedFolder(directory);
  const commit = await git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  if (commit === undefined) {
    throw new PlatformError('usage', [
      {
        message: 'this is neither a folder nor a revision of the repository',
        given: revision,
        allowed: 'a folder of `npm run synth`, an inventory, or a branch, tag or commit of git',
        fix: 'check the name; in a shallow clone, fetch the revision first: git fetch origin <name>',
      },
    ]);
  }
  const tree = await git(root, ['rev-parse', '--verify', '--quiet', `${commit}:${folder}`]);
  if (tree === undefined) return false;
  mkdirSync(target, { recursive: true });
  const archive = path.join(target, '..', `${path.basename(target)}.tar`);
  await git(root, ['archive', '--format=tar', `--output=${archive}`, tree]);
  await execa('tar', ['-xf', archive, '-C', target], { stdin: 'ignore' });
  return true;
}

/** Git finds the repository from the nearest folder that exists. */
async function trackedFolder(directory: string): Promise<TrackedFolder> {
  let existing = directory;
  while (!existsSync(existing)) existing = path.dirname(existing);
  const root = await git(existing, ['rev-parse', '--show-toplevel']);
  const prefix = await git(existing, ['rev-parse', '--show-prefix']);
  if (root === undefined || prefix === undefined) {
    throw new PlatformError('usage', [
      {
        message: 'revisions can be read only from a git repository',
        given: directory,
        fix: 'start in a clone, or name a folder that `npm run synth` wrote',
      },
    ]);
  }
  return { root, folder: path.posix.join(prefix, path.relative(existing, directory)).replaceAll(/^\.?\/?|\/+$/g, '') };
}

/** What git prints; undefined if it fails. */
async function git(directory: string, parameters: readonly string[]): Promise<string | undefined> {
  const { exitCode, stdout } = await execa('git', ['-C', directory, ...parameters], { reject: false, stdin: 'ignore' });
  return exitCode === 0 ? stdout.trim() : undefined;
}
