import type { Fault } from '../language/rule';
import { shorten } from '../language/show';
import type { ProblemList } from '../source/problem-list';
import type { SourceFile, ValuePath } from '../source/source-file';

/** Who derives a name, and where that is written. */
export interface Claim {
  readonly who: string;
  readonly source: SourceFile;
  readonly path: ValuePath;
  /** Whether the key is meant. @default - the value */
  readonly of?: 'key';
}

/** Names that may be used once, each within something such as a cluster or a mount. */
export class Claims<Within> {
  private readonly taken = new Map<Within, Map<string, Claim>>();

  constructor(
    private readonly problems: ProblemList,
    private readonly words: (name: string, within: Within) => Pick<Fault, 'message' | 'fix'>,
  ) {}

  /** Takes a name; reports one that is taken, and returns whether it was free. */
  public add(within: Within, name: string, claim: Claim): boolean {
    const names = this.taken.get(within) ?? new Map<string, Claim>();
    this.taken.set(within, names);
    const other = names.get(name);
    if (other === undefined) {
      names.set(name, claim);
      return true;
    }
    const { line, column } = other.source.position(other.path, other.of);
    const { message, fix } = this.words(shorten(name), within);
    const finding = {
      message,
      given: shorten(`${name}, of ${claim.who}`),
      allowed: `each name once; this one is taken at ${other.source.file}:${line}:${column} by ${shorten(other.who)}`,
      fix,
    };
    this.problems.addAt(claim.source, claim.path, finding, claim.of);
    return false;
  }
}
