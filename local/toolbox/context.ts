import { homedir } from 'node:os';
import path from 'node:path';

import type { Progress, ToolboxOptions } from './program';

/** Input of every step of the toolbox. */
export interface Context {
  readonly environment: NodeJS.ProcessEnv;
  /** Absolute; created when something is installed. */
  readonly cacheDirectory: string;
  readonly projectDirectory: string;
  readonly progress: Progress;
}

/** A variable; undefined if it is unset or empty. */
export function variable(environment: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = environment[name];
  return value === '' ? undefined : value;
}

/** The context of one request to the toolbox. */
export const contextOf = (options: ToolboxOptions, progress: Progress): Context => ({
  environment: options.environment,
  cacheDirectory: cacheDirectoryOf(options),
  projectDirectory: options.projectDirectory,
  progress,
});

/** The folder that programs are installed into; see {@link ToolboxOptions.cacheDirectory}. */
export function cacheDirectoryOf({ cacheDirectory, environment }: ToolboxOptions): string {
  const named = cacheDirectory ?? variable(environment, 'VAULT_PLATFORM_CACHE');
  if (named !== undefined) return path.resolve(named);
  const home = variable(environment, 'HOME') ?? homedir();
  return path.join(variable(environment, 'XDG_CACHE_HOME') ?? path.join(home, '.cache'), 'vault-platform');
}
