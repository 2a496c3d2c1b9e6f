import { filled } from '../../../access/sets/filler';
import { asPattern, intersect, meets } from '../../../access/sets/intersect';
import { fullForm, trimmedForm } from '../../../access/sets/list-form';
import { overlap } from '../../../access/sets/overlap';
import { patternMatches, patternOf, isPossible, patternOfRule } from '../../../access/sets/pattern';
import { Vocabulary } from '../../../access/sets/vocabulary';
import { allPaths } from './random-policies';

const paths = ['', ...allPaths('ab/', 5)];
const matchedBy = (text: string): readonly string[] => paths.filter((path) => patternMatches(patternOf(text), path));
/** Paths that both patterns match. */
const matchedByBoth = (a: string, b: string): readonly string[] =>
  matchedBy(a).filter((path) => patternMatches(patternOf(b), path));

const texts = [
  ...['a', 'a/', 'ab', 'a/b', '+', '+/', '+/b', 'a/+', '+/+', 'a/+/b', '+/a/+', 'a//b'],
  ...['*', 'a*', 'ab*', 'a/*', 'a/b*', '+/*', '+/b*', 'a/+/*', '+/+/*', 'a/+/b*'],
];
const pairs = texts.flatMap((a) => texts.map((b): [string, string] => [a, b]));

describe('the intersection of two patterns', () => {
  it('is found exactly where a path matches both', () => {
    const wrong = pairs.filter(([a, b]) => {
      const common = matchedByBoth(a, b);
      const both = intersect(patternOf(a), patternOf(b));
      return (both !== undefined) !== common.length > 0 || meets(patternOf(a), patternOf(b)) !== common.length > 0;
    });
    expect(wrong).toEqual([]);
  });

  it('is a pattern that matches exactly the common paths, if policies have one', () => {
    for (const [a, b] of pairs) {
      const both = intersect(patternOf(a), patternOf(b));
      const one = both && asPattern(both);
      if (one === undefined) continue;
      expect([a, b, matchedBy(one.text)]).toEqual([a, b, matchedByBoth(a, b)]);
    }
  });

  it.each<[a: string, b: string, both: string | undefined]>([
    ['a/*', '+/b', 'a/b'],
    ['a*', '+/b', undefined],
    ['*', '+/b', '+/b'],
    ['*', '+', '+'],
    ['a/*', '+/b*', 'a/b*'],
    ['a/b*', 'a/+/c', undefined],
    ['a/*', '+/+', 'a/+'],
    ['a/+', '+/b', 'a/b'],
    ['a/*', '+/+/*', 'a/+/*'],
    ['*', '+/*', '+/*'],
    ['a*', 'ab*', 'ab*'],
  ])('of %s and %s is %s', (a, b, both) => {
    const pick = (one: string, other: string) => {
      const found = intersect(patternOf(one), patternOf(other));
      return found && asPattern(found)?.text;
    };
    expect([pick(a, b), pick(b, a)]).toEqual([both, both]);
  });

  it.each<[a: string, b: string, path: string | undefined]>([
    ['a/*', '+/b', 'a/b'],
    ['a/b-*', 'a/+', 'a/b-x'],
    ['a/b*', 'a/+/c', 'a/b/c'],
    ['+', '+', 'x'],
    ['*', '*', 'x'],
    ['a', 'b', undefined],
    ['//a', '//a', undefined],
    ['', '', undefined],
  ])('of %s and %s has the path %s', (a, b, path) => {
    const rule = (text: string) =>
      ({ kind: text.endsWith('*') ? 'prefix' : 'segments', text: text.replace(/\*$/, '') }) as const;
    expect(overlap(rule(a), rule(b))).toBe(path);
  });
});

describe('the forms of a pattern in a LIST', () => {
  const listed = paths.filter((path) => path.endsWith('/'));

  it('match the paths with a final slash, and those that match without it', () => {
    for (const text of texts) {
      const original = patternOf(text);
      const full = fullForm(original);
      expect([text, listed.filter((path) => full !== undefined && patternMatches(full, path))]).toEqual([
        text,
        listed.filter((path) => patternMatches(original, path)),
      ]);
      const { pattern, except } = trimmedForm(original);
      expect([
        text,
        listed.filter(
          (path) => patternMatches(pattern, path) && !(except !== undefined && patternMatches(except, path)),
        ),
      ]).toEqual([text, listed.filter((path) => patternMatches(original, path.slice(0, -1)))]);
    }
  });
});

describe('a pattern', () => {
  it.each([
    ['a', true],
    ['*', true],
    ['+', true],
    ['', false],
    ['/a', false],
    ['/*', false],
    ['a//b', true],
  ])('%s matches a path that can be requested: %s', (text, expected) => {
    expect(isPossible(patternOf(text))).toBe(expected);
    expect(new Vocabulary().number(patternOf(text))).toBe(expected ? 0 : undefined);
  });

  it('of a rule is the one that matches the same paths', () => {
    expect(patternOfRule({ kind: 'prefix', text: 'a/' }).text).toBe('a/*');
    expect(patternOfRule({ kind: 'exact', text: 'a/' }).text).toBe('a/');
    expect(patternOfRule({ kind: 'segments', text: '+/a*' })).toEqual(patternOf('+/a*'));
  });

  it('has one number in a vocabulary', () => {
    const vocabulary = new Vocabulary();
    expect(['a', 'b', 'a', '/', 'b*'].map((text) => vocabulary.number(patternOf(text)))).toEqual([
      0,
      1,
      0,
      undefined,
      2,
    ]);
    expect(vocabulary.patterns.map(({ text }) => text)).toEqual(['a', 'b', 'b*']);
    expect(vocabulary.pattern(2).text).toBe('b*');
    expect(() => vocabulary.pattern(3)).toThrow('There is no pattern 3.');
  });
});

describe('a segment for people', () => {
  it.each<[beginning: string, taken: readonly string[], expected: string]>([
    ['app', [], 'app'],
    ['App2', [], 'App2'],
    ['app-', [], 'app-x'],
    ['', [], 'x'],
    ['é', [], 'éx'],
    ['app', ['app'], 'appx'],
    ['app', ['app', 'appx'], 'appy'],
    ['-', [...'xyzabcdefghijklmnopqrstuvw0123456789'].map((one) => `-${one}`), '-À'],
  ])('that begins with "%s" while %j are taken is "%s"', (beginning, taken, expected) => {
    expect(filled(beginning, (segment) => !taken.includes(segment))).toBe(expected);
  });

  it('is not found if all are taken', () => {
    expect(() => filled('a"', () => false)).toThrow('All segments that begin with "a\\"" are in use.');
  });
});
