import { cut, TooManyClassesError } from '../../../access/sets/cut';
import { patternMatches, patternOf } from '../../../access/sets/pattern';
import { reach } from '../../../access/sets/reach';
import { acl } from '../hand-made';

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

  it('fail instead of running for ever if there are too many', () => {
    const places = Array.from({ length: 17 }, (_, place) => place);
    const patterns = places.map((place) => places.map((index) => (index === place ? 'a' : '+')).join('/'));
    const rules = acl(Object.fromEntries(patterns.map((pattern) => [pattern, 'read'])));
    const error: unknown = expect.objectContaining({
      policies: ['policy'],
      cause: expect.any(TooManyClassesError) as unknown,
    });
    expect(() => reach(rules, 'read')).toThrow(error as Error);
  });
});
