/** A cache that forgets what was used least recently. Sizes are in a unit of the caller's, for example characters. */
export class BoundedCache<T> {
  private readonly entries = new Map<string, { readonly value: T; readonly size: number }>();
  private total = 0;

  /** @param limit largest sum of all sizes; a single larger entry is kept until the next one comes */
  constructor(private readonly limit: number) {}

  /** Value of a key, computed if it is not there. Nothing is kept if `compute` throws. @param size of the entry */
  public get(key: string, size: number, compute: () => T): T {
    const entry = this.entries.get(key);
    if (entry !== undefined) {
      // Moves to the end: the first entries of a Map are those that were not used for the longest time.
      this.entries.delete(key);
      this.entries.set(key, entry);
      return entry.value;
    }
    const value = compute();
    this.entries.set(key, { value, size });
    this.total += size;
    for (const [oldest, { size: freed }] of this.entries) {
      if (this.total <= this.limit || oldest === key) break;
      this.entries.delete(oldest);
      this.total -= freed;
    }
    return value;
  }
}
