import { cut } from '../../../access/sets/cut';
import { patternMatches, patternOf } from '../../../access/sets/pattern';

const all = { listing: false, isRelevant: () => true };

describe('classes of paths', () => {
  it('have a path each that exactly their patterns match', () => {
    const patterns = ['kv/*', 'kv/app-*', 'kv/app-x', 'kv/app-y*', 'kv/+/z', '+/a', 'kv//z', 'kv/'].map(patternOf);
    const classes = cut(patterns, all);
    for (const { matched, path } of classes)
      expect([...patterns.keys()].filter((index) => patternMatches(patterns[index]!, path))).toEqual(matched);
    expect(new Set(classes.map(({ matched }) => matched.join())).size).toBe(classes.length);
  });

  it('find a free segment also where many beginnings are in use', () => {
    const beginnings = [...'abcdefghijklmnopqrstuvwxyz0123456789'].map((letter) => patternOf(`app-${letter}*`));
    const [free] = cut([patternOf('app-*'), ...beginnings], all).filter(({ matched }) => matched.length === 1);
    expect(free?.path).toMatch(/^app-/);
  });
});
