/** A set of small numbers. All sets that meet are made with the same size. */
export class Bits {
  public static of(size: number, numbers: Iterable<number>): Bits {
    const words = new Uint32Array(Math.ceil(size / 32));
    for (const number of numbers) words[number >>> 5] = (words[number >>> 5] ?? 0) | (1 << (number & 31));
    return new Bits(words);
  }

  private constructor(private readonly words: Uint32Array) {}

  public get isEmpty(): boolean {
    return this.words.every((word) => word === 0);
  }

  public get size(): number {
    return this.common(this);
  }

  public has(number: number): boolean {
    return (((this.words[number >>> 5] ?? 0) >>> (number & 31)) & 1) === 1;
  }

  public and(other: Bits): Bits {
    return new Bits(this.words.map((word, index) => word & (other.words[index] ?? 0)));
  }

  public without(other: Bits): Bits {
    return new Bits(this.words.map((word, index) => word & ~(other.words[index] ?? 0)));
  }

  /** How many numbers are in both sets. */
  public common(other: Bits): number {
    let count = 0;
    for (let index = 0; index < this.words.length; index += 1)
      count += onesOf((this.words[index] ?? 0) & (other.words[index] ?? 0));
    return count;
  }

  public *numbers(): Iterable<number> {
    for (const [index, word] of this.words.entries())
      for (let rest = word; rest !== 0; rest &= rest - 1) yield index * 32 + (31 - Math.clz32(rest & -rest));
  }
}

/** Adds neighbouring bits, then neighbouring sums, until one is left. */
const onesOf = (word: number): number => {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};
