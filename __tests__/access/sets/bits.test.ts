import { Bits } from '../../../access/sets/bits';

const size = 100;
const numbers = [0, 1, 5, 31, 32, 33, 63, 64, 99];

describe('a set of numbers', () => {
  const set = Bits.of(size, numbers);
  const every = Bits.of(
    size,
    Array.from({ length: size }, (_, index) => index),
  );
  const others = Bits.of(size, [1, 2, 31, 64, 65]);

  it('contains exactly what it is made of', () => {
    expect([...set.numbers()]).toEqual(numbers);
    expect(Array.from({ length: size }, (_, index) => index).filter((one) => set.has(one))).toEqual(numbers);
    expect(set.has(1000)).toBe(false);
    expect(set.size).toBe(numbers.length);
    expect(every.size).toBe(size);
  });

  it('is empty if it has no number', () => {
    expect(Bits.of(size, []).isEmpty).toBe(true);
    expect(Bits.of(0, []).isEmpty).toBe(true);
    expect(numbers.filter((one) => Bits.of(size, [one]).isEmpty)).toEqual([]);
  });

  it('has what it shares with another one, and the rest', () => {
    expect([...set.and(others).numbers()]).toEqual([1, 31, 64]);
    expect([...set.without(others).numbers()]).toEqual([0, 5, 32, 33, 63, 99]);
    expect(set.common(others)).toBe(3);
    expect([...every.without(set).numbers()]).toHaveLength(size - numbers.length);
  });
});
