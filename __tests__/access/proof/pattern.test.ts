import fc from 'fast-check';

import { matches, overlaps, patternOf, textOf } from '../../../access/proof/pattern';
import { PatternIndex } from '../../../access/proof/pattern-index';
import { representatives } from '../../../access/proof/representatives';

/** All paths of one to three short segments, with and without a final slash. */
const segments = ['a', 'b', 'ab', 'ba', 'c'];
const paths = segments.flatMap((first) => [
  first,
  `${first}/`,
  ...segments.flatMap((second) => [
    `${first}/${second}`,
    `${first}/${second}/`,
    ...segments.map((third) => `${first}/${second}/${third}`),
  ]),
]);

const segment = fc.constantFrom('a', 'b', 'ab', '+');
const pattern = fc
  .tuple(fc.array(segment, { minLength: 1, maxLength: 3 }), fc.constantFrom('', '/', '*', '/*'))
  .map(([parts, end]) => `${parts.join('/')}${end}`)
  .filter((text) => !text.endsWith('+*'))
  .map(patternOf);

const matching = (text: string, patterns: readonly ReturnType<typeof patternOf>[]): string =>
  patterns.map((each) => Number(matches(each, text.split('/')))).join('');

describe('a pattern', () => {
  it.each(['a', 'a/', 'a/b*', 'a/*', '*', '+/b', 'a/+/c*', 'a/b+', 'a*b'])('%s is printed as it was read', (text) => {
    expect(textOf(patternOf(text))).toBe(text);
  });

  it.each([
    ['secret/app', 'secret/app', true],
    ['secret/app', 'secret/app/', false],
    ['secret/*', 'secret/', true],
    ['secret/*', 'secret', false],
    ['secret/ledger*', 'secret/ledger-app/x', true],
    ['secret/+', 'secret/', true],
    ['secret/+/x', 'secret/a/x', true],
    ['secret/+/x*', 'secret/a/xy/z', true],
    ['secret/+', 'secret/a/b', false],
  ])('%s matches %s: %s', (text, path, expected) => {
    expect(matches(patternOf(text), path.split('/'))).toBe(expected);
  });

  it('overlaps another one if a path matches both', () => {
    fc.assert(
      fc.property(pattern, pattern, (left, right) => {
        const witness = paths.some((path) => matching(path, [left, right]) === '11');
        if (witness) expect(overlaps(left, right)).toBe(true);
        if (overlaps(left, right))
          expect([...representatives(left, [right])].map((path) => matching(path, [left, right]))).toContain('11');
      }),
    );
  });
});

describe('representatives', () => {
  it('stand for every path of the set, with and without a final slash', () => {
    fc.assert(
      fc.property(pattern, fc.array(pattern, { maxLength: 4 }), (within, cutters) => {
        const classOf = (path: string): string => {
          const other = path.endsWith('/') ? path.slice(0, -1) : `${path}/`;
          return `${matching(path, cutters)} ${matching(other, cutters)}`;
        };
        const found = [...representatives(within, cutters)];
        for (const path of found) expect(matches(within, path.split('/'))).toBe(true);
        const classes = new Set(found.map((path) => matching(path, cutters)));
        const pairs = new Set(found.map(classOf));
        for (const path of paths.filter((each) => matches(within, each.split('/')))) {
          expect(classes).toContain(matching(path, cutters));
          if (path.endsWith('/')) expect(pairs).toContain(classOf(path));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('are few for a large set with few patterns', () => {
    expect(
      [...representatives(patternOf('kv/data/*'), [patternOf('kv/data/+/x*'), patternOf('kv/data/a/b')])].length,
    ).toBeLessThan(40);
  });

  it('name a text that no pattern has', () => {
    const taken = ['x', 'other', 'any', 'some', 'thing', 'y', 'z'].map((word) => patternOf(`kv/${word}`));
    const found = [...representatives(patternOf('kv/+'), taken)];
    expect(found.filter((path) => taken.every((each) => !matches(each, path.split('/')))).length).toBeGreaterThan(0);
  });
});

test('an index finds exactly the patterns that overlap', () => {
  fc.assert(
    fc.property(fc.array(pattern, { maxLength: 8 }), pattern, (patterns, asked) => {
      const index = new PatternIndex<number>();
      patterns.forEach((each, position) => {
        index.add(each, position);
      });
      const expected = patterns.flatMap((each, position) => (overlaps(each, asked) ? [position] : []));
      expect([...index.overlapping(asked)].sort()).toEqual(expected);
    }),
  );
});
