import { createHash } from 'node:crypto';
import path from 'node:path';

export interface HomeOptions {
  /** Environment of the user. */
  readonly environment: NodeJS.ProcessEnv;
  /** The root of this clone. */
  readonly projectDirectory: string;
  /** The user's home folder. */
  readonly userHome: string;
  /** Whether the program runs as root. */
  readonly isRoot: boolean;
}

/**
 * The folder of the embedded clusters of this clone: `VAULT_PLATFORM_HOME`, or else one in the user's state folder.
 * It is outside the clone, so that cleaning the clone does not delete the data of a running database. For root it is in
 * /var/lib, because PostgreSQL runs as another user, which cannot enter root's home.
 */
export function stateHome({ environment, projectDirectory, userHome, isRoot }: HomeOptions): string {
  if (environment.VAULT_PLATFORM_HOME) return path.resolve(environment.VAULT_PLATFORM_HOME);
  const base = isRoot ? '/var/lib' : (environment.XDG_STATE_HOME ?? path.join(userHome, '.local', 'state'));
  const clone = createHash('sha256').update(projectDirectory).digest('hex').slice(0, 8);
  return path.join(base, 'vault-platform', `${path.basename(projectDirectory)}-${clone}`);
}
