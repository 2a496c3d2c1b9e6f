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
  /** Whether the name follows from others, so that the one that clashes with it is to be changed. @default - a file has it */
  readonly isDerived?: boolean;
}

type Words = Pick<Fault, 'message' | 'fix'>;

interface Clash extends Words {
  readonly name: string;
  readonly one: Claim;
  readonly other: Claim;
}

/**
 * Clashes between files. Which of two files is the newer one cannot be seen, so that one of them is reported, with the places of the others:
 * the file that clashes with more of the others, since it is one file that was added rather than several; with as many, the later one in the
 * order of paths.
 */
export class Clashes {
  private readonly found: Clash[] = [];

  public add(clash: Clash): void {
    this.found.push(clash);
  }

  /** Reports one problem for each place that is to be changed. */
  public report(problems: ProblemList): void {
    const others = new Map<SourceFile, Set<SourceFile>>();
    for (const { one, other } of this.found) {
      others.set(one.source, (others.get(one.source) ?? new Set()).add(other.source));
      others.set(other.source, (others.get(other.source) ?? new Set()).add(one.source));
    }
    const weight = ({ source, isDerived = false }: Claim): number => (isDerived ? -1 : (others.get(source)?.size ?? 0));
    const byPlace = new Map<string, [Clash, ...Clash[]]>();
    for (const clash of this.found) {
      const { one, other } = clash;
      const isOther = weight(one) === weight(other) ? one.source.file < other.source.file : weight(one) < weight(other);
      const turned = isOther ? { ...clash, one: other, other: one } : clash;
      const { source, path } = turned.one;
      const key = JSON.stringify([source.file, path, turned.fix]);
      const known = byPlace.get(key);
      if (known === undefined) byPlace.set(key, [turned]);
      else known.push(turned);
    }
    for (const clashes of byPlace.values()) reportClashes(clashes, problems);
  }
}

function reportClashes(clashes: readonly [Clash, ...Clash[]], problems: ProblemList): void {
  const [{ one, name, message, fix }] = clashes;
  const places = [
    ...new Set(clashes.map(({ other }) => `${other.source.describe(other.path, other.of)}, of ${shorten(other.who)}`)),
  ];
  const finding = {
    message,
    given: shorten(`${name}, of ${one.who}`),
    allowed: `each name once; ${places.length === 1 ? 'the other one is' : 'the others are'} at ${places.join('; ')}`,
    fix,
  };
  problems.addAt(one.source, one.path, finding, one.of);
}

interface ClaimsOptions {
  /** Whether a clash follows from another one that was reported. @default - none does */
  readonly isConsequence?: (one: Claim, other: Claim) => boolean;
  /** Gets every clash that is reported. */
  readonly clashed?: (one: Claim, other: Claim) => void;
  /** Gets clashes between files. @default - all claims are of one file */
  readonly clashes?: Clashes;
}

/** Names that may be used once, each within something such as a cluster or a mount. */
export class Claims<Within> {
  private readonly taken = new Map<Within, Map<string, Claim>>();

  constructor(
    private readonly problems: ProblemList,
    private readonly words: (name: string, within: Within) => Words,
    private readonly options: ClaimsOptions = {},
  ) {}

  /** Whether a name is taken. */
  public has(within: Within, name: string): boolean {
    return this.taken.get(within)?.has(name) === true;
  }

  /** Takes a name, and returns whether it was free. Of two claims in one file, the later place is reported. */
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
    const clash = { name, one: claim, other, ...this.words(shorten(name), within) };
    if (other.source === claim.source || this.options.clashes === undefined) reportClashes([clash], this.problems);
    else this.options.clashes.add(clash);
    return false;
  }
}
