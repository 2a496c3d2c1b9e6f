import { homedir } from 'node:os';
import path from 'node:path';

import { stateHome } from '../local/home';
import { Toolbox } from '../local/toolbox/toolbox';

/** What the verbs need of the machine; the command line is the only place that reads it. */
export interface Context {
  readonly projectDirectory: string;
  readonly inventoryDirectory: string;
  /** Folder that keeps the embedded clusters of this clone. */
  readonly home: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly toolbox: Toolbox;
}

export function currentContext(): Context {
  const { env: environment } = process;
  const projectDirectory = environment.VAULT_PLATFORM_ROOT ?? process.cwd();
  return {
    projectDirectory,
    inventoryDirectory: path.join(projectDirectory, 'inventory'),
    home: stateHome({ environment, projectDirectory, userHome: homedir(), isRoot: process.getuid?.() === 0 }),
    environment,
    toolbox: new Toolbox({ environment, projectDirectory }),
  };
}
