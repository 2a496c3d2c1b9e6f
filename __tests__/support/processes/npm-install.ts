import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';

/**
 * Installs packages from npm into a folder of a test. Runs while a test file is read, so that its tests know whether they can run.
 *
 * @param folder is made, and removed again where nothing can be installed: a file whose tests are all skipped runs no `afterAll`
 * @returns why it was not possible, in one line; undefined if the packages are there
 */
export function npmInstall(folder: string, ...packages: string[]): string | undefined {
  try {
    mkdirSync(folder, { recursive: true });
    // No lock and no scripts: what is installed is looked at by a test and thrown away.
    const parameters = ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', '--ignore-scripts'];
    execFileSync('npm', [...parameters, ...packages], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
      timeout: 300_000,
    });
    return undefined;
  } catch (error) {
    rmSync(folder, { recursive: true });
    const { stderr, message } = error as { stderr?: string; message: string };
    const said = (stderr ?? '').split('\n').find((line) => line.startsWith('npm error'));
    return `npm cannot install ${packages.join(', ')} here (${said ?? message.split('\n')[0]})`;
  }
}
