import { homedir } from 'node:os';
import path from 'node:path';

import { stateHome } from '../local/home';
import { Toolbox } from '../local/toolbox/toolbox';

/** Environment of a command. Only the command line reads it from the process. */
export interface Context {
  readonly projectDirectory: string;
  readonly inventoryDirectory: string;
  /** Folder that keeps the embedded clusters of this clone. */
  readonly home: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly toolbox: Toolbox;
}

export interface ContextOptions {
  /** Folder of the inventory, absolute or relative to the current one. @default - `inventory` of this clone */
  readonly inventory?: string;
}

export function currentContext({ inventory }: ContextOptions): Context {
  const { env: environment } = process;
  const projectDirectory = environment.VAULT_PLATFORM_ROOT ?? process.cwd();
  return {
    projectDirectory,
    inventoryDirectory: inventory === undefined ? path.join(projectDirectory, 'inventory') : path.resolve(inventory),
    home: stateHome({ environment, projectDirectory, userHome: homedir(), isRoot: process.getuid?.() === 0 }),
    environment,
    toolbox: new Toolbox({ environment, projectDirectory }),
  };
}
