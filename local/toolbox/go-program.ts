import path from 'node:path';

import type { Context } from './context';
import { buildGoProgram, type GoSource } from './go';
import { install } from './install';
import { requirePlatform } from './platform';
import type { Program } from './program';

/** A program in the cache folder, built from its Go module unless that was done before. */
export async function goProgram(
  {
    name,
    version,
    executable,
    source,
  }: Pick<Program, 'name' | 'version'> & {
    /** Name of the file to make. */
    readonly executable: string;
    readonly source: GoSource;
  },
  context: Context,
): Promise<Program> {
  const { directory, origin } = await install(
    {
      name,
      version,
      folder: path.join(context.cacheDirectory, name.toLowerCase(), version),
      platform: requirePlatform(source.title, source.variable),
      // The sources and what Go keeps of the build; the program itself is a tenth of it.
      spaceBytes: 3e9,
      build: (folder) => buildGoProgram(source, path.join(folder, executable), context),
    },
    context.progress,
  );
  return { name, version, path: path.join(directory, executable), origin };
}
