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
  /** Claims of one owner may have the same name. @default - none may */
  readonly owner?: string;
}

interface ClaimsOptions {
  /** Whether a clash follows from another one that was reported. @default - none does */
  readonly isConsequence?: (one: Claim, other: Claim) => boolean;
  /** Gets every clash that is reported. */
  readonly clashed?: (one: Claim, other: Claim) => void;
}

/** Names that may be used once, each within something such as a cluster or a mount. */
export class Claims<Within> {
  private readonly taken = new Map<Within, Map<string, Claim>>();

  constructor(
    private readonly problems: ProblemList,
    private readonly words: (name: string, within: Within) => Pick<Fault, 'message' | 'fix'>,
    private readonly options: ClaimsOptions = {},
  ) {}

  /**
   * Takes a name, and returns whether it was free. One that is taken is reported in both files, each with the place in the other: which of
   * the two is the newer one cannot be seen. In one file, the later place is reported.
   */
  public add(within: Within, name: string, claim: Claim): boolean {
    const names = this.taken.get(within) ?? new Map<string, Claim>();
    this.taken.set(within, names);
    const other = names.get(name);
    if (other === undefined) {
      names.set(name, claim);
      return true;
    }
    if (claim.owner !== undefined && claim.owner === other.owner) return true;
    if (this.options.isConsequence?.(claim, other) === true) return false;
    this.options.clashed?.(claim, other);
    this.report(within, name, claim, other);
    if (other.source !== claim.source) this.report(within, name, other, claim);
    return false;
  }

  private report(within: Within, name: string, claim: Claim, other: Claim): void {
    const { line, column } = other.source.position(other.path, other.of);
    const { message, fix } = this.words(shorten(name), within);
    const finding = {
      message,
      given: shorten(`${name}, of ${claim.who}`),
      allowed: `each name once; the other one is at ${other.source.file}:${line}:${column}, of ${shorten(other.who)}`,
      fix,
    };
    this.problems.addAt(claim.source, claim.path, finding, claim.of);
  }
}
