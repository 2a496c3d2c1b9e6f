import { access, mkdtemp, readdir, rename, rm, statfs } from 'node:fs/promises';
import path from 'node:path';

import { makeFolder, writeErrorCode } from '../../files/make-folder';
import { PlatformError } from '../../model/errors';
import { withLock } from '../lock';
import type { Progress } from './program';

/** An installation: one folder, which exists only when it is complete. */
export interface Installation {
  /** For people, for example `OpenBao`. */
  readonly name: string;
  readonly version: string;
  /** `<cache>/<program>/<version>`: the installation becomes the folder `<platform>` in it. */
  readonly folder: string;
  readonly platform: string;
  /** Free space that the installation requires, in bytes. */
  readonly spaceBytes: number;
  /** Fix if the folder is full or not writable. @default - use another cache folder */
  readonly elsewhere?: string;
  /** Fills an empty folder, which then is renamed into place. */
  readonly build: (directory: string) => Promise<void>;
}

export interface Installed {
  readonly directory: string;
  readonly origin: 'cache' | 'installed';
}

/** Where an installation is, once it is there. */
export const installedDirectory = ({ folder, platform }: Pick<Installation, 'folder' | 'platform'>): string =>
  path.join(folder, platform);

/**
 * Installs a program unless it is installed. It is built in a temporary folder that is renamed at the end, so that an
 * interrupted installation leaves nothing incomplete. Concurrent runs build once.
 *
 * @throws PlatformError (toolbox) if the folder cannot be written to or the disk is full; whatever `build` throws
 */
export async function install(installation: Installation, progress: Progress): Promise<Installed> {
  const directory = installedDirectory(installation);
  if (await exists(directory)) return { directory, origin: 'cache' };
  const { name, version } = installation;
  try {
    makeFolder(installation.folder);
    return await withLock(
      `${directory}.lock`,
      (holder) => progress(`waiting for process ${holder ?? ''}, which is installing ${name} ${version}`),
      async () => {
        if (await exists(directory)) return { directory, origin: 'cache' };
        const begin = Date.now();
        await build(installation, directory);
        progress(`installed ${name} ${version} in ${seconds(begin)} s`);
        return { directory, origin: 'installed' };
      },
    );
  } catch (error) {
    throw explainWriting(`installing ${name} ${version}`, error, installation.folder, installation.elsewhere);
  }
}

const anotherCache = 'set VAULT_PLATFORM_CACHE to another folder';

/**
 * A PlatformError for a failed write that a user can fix; any other error unchanged.
 *
 * @param doing - for example `installing OpenBao 2.7.2`
 * @param elsewhere - what to do instead of making the folder writable
 */
export function explainWriting(doing: string, error: unknown, folder: string, elsewhere = anotherCache): unknown {
  if (error instanceof PlatformError) return error;
  const { path: file = folder } = error as NodeJS.ErrnoException;
  const code = writeErrorCode(error);
  const isFull = ['ENOSPC', 'EDQUOT'].includes(code);
  if (!isFull && !['EACCES', 'EEXIST', 'ENOTDIR', 'EPERM', 'EROFS'].includes(code)) return error;
  return new PlatformError('toolbox', [
    {
      message: `${doing} failed: ${isFull ? 'the disk is full' : 'cannot write there'}`,
      given: `${file} (${code})`,
      fix: `${isFull ? 'free some space' : 'make it a writable folder'}, or ${elsewhere}`,
    },
  ]);
}

/** Reports progress every 15 seconds. @param state - current progress */
export async function withProgress<T>(progress: Progress, state: () => string, work: () => Promise<T>): Promise<T> {
  const begin = Date.now();
  const timer = setInterval(() => progress(`${state()}, ${seconds(begin)} s`), 15_000).unref();
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

export const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

const seconds = (begin: number): number => Math.round((Date.now() - begin) / 1000);
const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

async function build(installation: Installation, directory: string): Promise<void> {
  const { folder, platform, name, version, spaceBytes, elsewhere = anotherCache } = installation;
  const prefix = `.${platform}-`;
  // Delete what interrupted runs left: this process holds the lock, so no other one works in there.
  for (const entry of await readdir(folder)) {
    if (entry.startsWith(prefix)) await rm(path.join(folder, entry), { recursive: true, force: true });
  }
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < spaceBytes) {
    throw new PlatformError('toolbox', [
      {
        message: `not enough free space to install ${name} ${version}`,
        given: `${megabytes(bavail * bsize)} free in ${folder}`,
        allowed: `${megabytes(spaceBytes)} or more`,
        fix: `free some space, or ${elsewhere}`,
      },
    ]);
  }
  const temporary = await mkdtemp(path.join(folder, prefix));
  try {
    await installation.build(temporary);
    await rename(temporary, directory).catch(async (error: unknown) => {
      // Another run took over the lock and was faster: use its result.
      if (!(await exists(directory))) throw error;
    });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
