import { PlatformError, type Problem } from '../errors';
import { printable } from '../language/hidden';
import type { SourceFile, ValuePath } from './source-file';

/** What a problem says apart from where it is. */
export type Finding = Required<Pick<Problem, 'message' | 'fix'>> & Pick<Problem, 'given' | 'allowed'>;

/** Collects every problem of an inventory. */
export class ProblemList {
  private readonly problems = new Map<string, Problem>();

  /** Whether nothing was found so far. */
  get isEmpty(): boolean {
    return this.problems.size === 0;
  }

  /** The same thing said twice about the same place is kept once: anchors and replicas make that happen. */
  add({ file = 'inventory', line = 1, column = 1, ...words }: Problem): void {
    const problem = { file, line, column, ...printableWords(words) };
    this.problems.set(JSON.stringify([file, line, column, problem.message]), problem);
  }

  /** A problem with a value, or with the key it stands under. */
  addAt(source: SourceFile, path: ValuePath, finding: Finding, of: 'key' | 'value' = 'value'): void {
    this.add({ file: source.file, ...source.position(path, of), ...finding });
  }

  /** @throws PlatformError with everything that was found, by file, line and column */
  throwIfAny(): void {
    if (this.problems.size === 0) return;
    throw new PlatformError('inventory', [...this.problems.values()].sort(byPlace));
  }
}

/** Names of files and keys may hold anything, and turn up in any of the texts. */
function printableWords({ message, given, allowed, fix }: Problem): Problem {
  return {
    message: printable(message),
    ...(given !== undefined && { given: printable(given) }),
    ...(allowed !== undefined && { allowed: printable(allowed) }),
    ...(fix !== undefined && { fix: printable(fix) }),
  };
}

function byPlace(a: Problem, b: Problem): number {
  return (
    compare(a.file ?? '', b.file ?? '') ||
    compare(a.line ?? 0, b.line ?? 0) ||
    compare(a.column ?? 0, b.column ?? 0) ||
    compare(a.message, b.message)
  );
}

/** Order by code units: the same on every machine. */
export function compare<T extends string | number>(a: T, b: T): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
