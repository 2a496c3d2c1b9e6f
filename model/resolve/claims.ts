import { shorten } from '../rules/show';
import type { ProblemList } from '../source/problem-list';
import type { SourceFile, ValuePath } from '../source/source-file';

/** Who derives a name, and where that is written. */
export interface Claim {
  readonly who: string;
  readonly source: SourceFile;
  readonly path: ValuePath;
  /** Whether it is the key that is meant. @default - the value */
  readonly of?: 'key';
}

/** What to say about a name that is taken. */
export interface ClaimWords {
  readonly message: (name: string) => string;
  readonly fix: string;
}

/** Names that were taken, and by whom. */
export class Claims {
  private readonly taken = new Map<string, Claim>();

  constructor(
    private readonly problems: ProblemList,
    private readonly words: ClaimWords,
  ) {}

  public add(name: string, claim: Claim): void {
    const other = this.taken.get(name);
    if (other === undefined) {
      this.taken.set(name, claim);
      return;
    }
    const { line, column } = other.source.position(other.path, other.of);
    const finding = {
      message: this.words.message(shorten(name)),
      given: shorten(`${name}, of ${claim.who}`),
      allowed: `each name once; this one is taken at ${other.source.file}:${line}:${column} by ${shorten(other.who)}`,
      fix: this.words.fix,
    };
    this.problems.addAt(claim.source, claim.path, finding, claim.of);
  }
}

/** Names that have to be different within something, such as a cluster: one set of claims for each. */
export class ClaimsIn<Within> {
  private readonly claims = new Map<Within, Claims>();

  constructor(
    private readonly problems: ProblemList,
    private readonly words: (within: Within) => ClaimWords,
  ) {}

  public add(within: Within, name: string, claim: Claim): void {
    let claims = this.claims.get(within);
    if (claims === undefined) {
      claims = new Claims(this.problems, this.words(within));
      this.claims.set(within, claims);
    }
    claims.add(name, claim);
  }
}
