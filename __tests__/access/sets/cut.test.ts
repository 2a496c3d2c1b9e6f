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

  it.each<[listing: boolean, patterns: readonly string[], paths: readonly string[]]>([
    [false, ['+/b', 'kv/*'], ['kv/b', 'kv/x', 'x/b']],
    [false, ['a*', '+/c'], ['a', 'a/c', 'x/c']],
    [false, ['kv/+', 'kv/+/+', 'kv/*'], ['kv/x', 'kv/x/x', 'kv/x/x/x']],
    [false, ['+/+/x', 'a/*'], ['a/x', 'a/x/x', 'x/x/x']],
    [false, ['*', '+/', '+/+'], ['x', 'x/', 'x/x']],
    [false, ['+/*', '+//*', '*'], ['x', 'x/x', 'x//x']],
    [false, ['a//b', 'a/+/b', 'a/*'], ['a/x', 'a//b', 'a/x/b']],
    [true, ['+/b', 'kv/*'], ['kv/']],
    [true, ['+/b', '+'], []],
    [true, ['kv/+', 'kv/+/+', 'kv/*'], ['kv/', 'kv/x/', 'kv/x/x/']],
    [true, ['*', '+/', '+/+'], ['x/', 'x/x/']],
    [true, ['+/*', '+//*', '*'], ['x/', 'x//']],
  ])('have the path that is easiest to read (LIST: %j): %j have %j', (listing, patterns, paths) => {
    const classes = cut(patterns.map(patternOf), { listing, isRelevant: () => true });
    expect(classes.map(({ path }) => path).sort()).toEqual([...paths].sort());
  });

  it('are those that match a relevant pattern', () => {
    const patterns = ['kv/*', '+/b', 'c'].map(patternOf);
    const paths = cut(patterns, { listing: false, isRelevant: (index) => index === 1 }).map(({ path }) => path);
    expect(paths.sort()).toEqual(['c/b', 'kv/b']);
  });
});
