import { Bits } from './bits';
import type { Cut } from './cut';
import type { Pattern } from './pattern';

/** Classes of paths as numbers, and for each pattern the classes that it matches. */
export class Columns {
  private readonly columns: readonly Bits[];

  constructor(
    public readonly cuts: readonly Cut[],
    public readonly patterns: readonly Pattern[],
  ) {
    const matched: number[][] = patterns.map(() => []);
    for (const [index, cut] of cuts.entries()) for (const number of cut.matched) matched[number]?.push(index);
    this.columns = matched.map((numbers) => Bits.of(cuts.length, numbers));
  }

  /** Classes that satisfy a condition. */
  public where(condition: (index: number) => boolean): Bits {
    return Bits.of(this.cuts.length, [...this.cuts.keys()].filter(condition));
  }

  /** Classes that a pattern matches. */
  public of(number: number): Bits {
    return this.columns[number] ?? this.where(() => false);
  }

  public cut(index: number): Cut {
    const found = this.cuts[index];
    if (found === undefined) throw new RangeError(`There is no class ${index}.`);
    return found;
  }

  public pattern(number: number): Pattern {
    const found = this.patterns[number];
    if (found === undefined) throw new RangeError(`There is no pattern ${number}.`);
    return found;
  }
}
