import { BoundedCache } from '../../access/bounded-cache';

describe('a bounded cache', () => {
  const cacheOf = (limit: number) => {
    const computed: string[] = [];
    const cache = new BoundedCache<string>(limit);
    const get = (key: string, size = 1): string =>
      cache.get(key, size, () => {
        computed.push(key);
        return key.toUpperCase();
      });
    return { get, computed };
  };

  it('computes a value once', () => {
    const { get, computed } = cacheOf(10);
    expect([get('a'), get('a')]).toEqual(['A', 'A']);
    expect(computed).toEqual(['a']);
  });

  it('forgets what was not used for the longest time', () => {
    const { get, computed } = cacheOf(2);
    for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) get(key);
    expect(computed).toEqual(['a', 'b', 'c', 'b']);
  });

  it('keeps the sum of the sizes below its limit', () => {
    const { get, computed } = cacheOf(10);
    get('a', 4);
    get('b', 4);
    get('c', 8);
    get('c', 8);
    get('a', 4);
    expect(computed).toEqual(['a', 'b', 'c', 'a']);
  });

  it('keeps nothing of what fails', () => {
    const cache = new BoundedCache<string>(10);
    const fail = (): string => {
      throw new Error('no');
    };
    expect(() => cache.get('a', 1, fail)).toThrow('no');
    expect(cache.get('a', 1, () => 'A')).toBe('A');
  });
});
