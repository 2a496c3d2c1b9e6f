import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * The file `unfinished` in the working folder of a stack. It exists while Terraform applies a plan, and after it was killed, and lists what
 * the plan creates: nothing of it was on the server before, so what is there now was created by that run.
 */
export class UnfinishedRun {
  private readonly file: string;

  /** @param directory working folder of the stack */
  constructor(directory: string) {
    this.file = path.join(directory, 'unfinished');
  }

  public get exists(): boolean {
    return existsSync(this.file);
  }

  /** Whether an unfinished run may have created the object at a path. After a state was lost, that is true for every object. */
  public async created(): Promise<(path: string) => boolean> {
    const paths = await this.paths();
    return (each) => paths === 'all' || paths.includes(each);
  }

  /** Records a run before it is applied. @param paths of the objects that it creates, added to those of a former unfinished run */
  public async begin(paths: readonly string[]): Promise<void> {
    const before = await this.paths();
    if (before !== 'all') await this.write(JSON.stringify([...new Set([...before, ...paths])]));
  }

  /** Records that the state was lost, so that anything on the server may be its own. */
  public async loseState(): Promise<void> {
    await this.write('');
  }

  public async end(): Promise<void> {
    await rm(this.file, { force: true });
  }

  private async paths(): Promise<readonly string[] | 'all'> {
    if (!this.exists) return [];
    const text = await readFile(this.file, 'utf8');
    return text === '' ? 'all' : (JSON.parse(text) as readonly string[]);
  }

  private async write(text: string): Promise<void> {
    await writeFile(this.file, text, { mode: 0o600 });
  }
}
