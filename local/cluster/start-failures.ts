import { PlatformError } from '../../model/errors';
import type { ServerNode } from './server-node';

/** Servers that a start could not start. */
export class StartFailures {
  private readonly errors = new Map<string, PlatformError>();

  public clear(): void {
    this.errors.clear();
  }

  /** Runs the start of a server, and keeps its PlatformError. @returns what the start returns; false after an error */
  public async collect(node: ServerNode, start: () => Promise<boolean>): Promise<boolean> {
    try {
      return await start();
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      this.errors.set(node.name, error);
      return false;
    }
  }

  /** Those that started. */
  public others(nodes: readonly ServerNode[]): readonly ServerNode[] {
    return nodes.filter(({ name }) => !this.errors.has(name));
  }

  /** @param note end of each message. @throws PlatformError `cluster` with all failures, if there are any */
  public report(note = ''): void {
    const problems = [...this.errors.values()].flatMap((error) => error.problems);
    if (problems.length === 0) return;
    throw new PlatformError(
      'cluster',
      problems.map((problem) => ({ ...problem, message: `${problem.message}${note}` })),
    );
  }
}
