import { isPossible, type Pattern } from './pattern';

/** Numbers the patterns of both sides of a comparison: equal patterns have one number. */
export class Vocabulary {
  private readonly numbers = new Map<string, number>();
  private readonly list: Pattern[] = [];

  public get patterns(): readonly Pattern[] {
    return this.list;
  }

  /** @returns undefined for a pattern that matches no path */
  public number(pattern: Pattern): number | undefined {
    if (!isPossible(pattern)) return undefined;
    const known = this.numbers.get(pattern.text);
    if (known !== undefined) return known;
    this.numbers.set(pattern.text, this.list.length);
    return this.list.push(pattern) - 1;
  }

  /** @throws RangeError for a number that {@link number} never returned */
  public pattern(number: number): Pattern {
    const found = this.list[number];
    if (found === undefined) throw new RangeError(`There is no pattern ${number}.`);
    return found;
  }
}
