import fc from 'fast-check';
import { parse, stringify } from 'yaml';

import { parseYaml } from '../../model/source/parse-yaml';
import { SourceFile } from '../../model/source/source-file';
import { seed } from '../support/soak';
import { problemsOf } from './small-inventory';

const values = (text: string): unknown => {
  const parsed = parseYaml(text);
  return 'value' in parsed ? parsed.value : parsed.faults;
};

describe('aliases', () => {
  it.each([
    ['of a text', 'a: &x b\nc: *x\n', { a: 'b', c: 'b' }],
    ['of a map', 'a: &x {b: c}\nd: [*x, *x]\n', { a: { b: 'c' }, d: [{ b: 'c' }, { b: 'c' }] }],
    ['of a key', '&x a: b\nc: *x\n', { a: 'b', c: 'a' }],
    ['of nothing', 'a: &x\nb: *x\n', { a: null, b: null }],
    ['of an anchor in an anchor', 'a: &x [&y b]\nc: [*x, *y]\n', { a: ['b'], c: [['b'], 'b'] }],
    ['stand for the last anchor before them', 'a: &x 1\nb: *x\nc: &x 2\nd: *x\n', { a: 1, b: 1, c: 2, d: 2 }],
  ])('%s', (_, text, value) => {
    expect(values(text)).toEqual(value);
  });

  it('have the values that the library yaml gives them', () => {
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom('text', 5, true, null),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('tree'), { maxKeys: 3, noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(tree, fc.nat(3), (shared, times) => {
        // Values that are the same object become an anchor and its aliases.
        const text = stringify({ first: shared, others: Array.from({ length: times }, () => shared) });
        expect(values(text)).toEqual(parse(text));
      }),
      { numRuns: 300, seed },
    );
  });

  it('share the value of their anchor, so that 4000 of them cost no more than one each', () => {
    const { list, shared } = values(`shared: &x {a: b}\nlist:\n${'  - *x\n'.repeat(4000)}`) as {
      list: unknown[];
      shared: object;
    };
    expect(list).toHaveLength(4000);
    expect(list.every((value) => value === shared)).toBe(true);
  });

  it('are found at the place of each', () => {
    const source = new SourceFile('x.yaml', `a: &x [b]\nlist:\n${'  - *x\n'.repeat(4000)}`);
    expect(source.position(['list', 3999])).toEqual({ line: 4002, column: 5 });
    // What is in the value is at the anchor.
    expect(source.position(['list', 3999, 0])).toEqual({ line: 1, column: 8 });
  });

  it('stand for at most 10000 values', () => {
    const text = (count: number): string => `a: &x [b, c, d]\nlist:\n${'  - *x\n'.repeat(count)}`;
    expect(values(text(2500))).toHaveProperty('list');
    expect(values(text(2501))).toEqual([
      expect.objectContaining({
        message: 'the aliases of the file (words that begin with `*`) stand for more than 10000 values',
      }),
    ]);
  });

  it('reports one in the value that it stands for, at its place', () => {
    const text = 'description: Pages\nenvironments: &x [devel, *x]\n';
    expect(problemsOf({ 'tenants/storefront/shop.yaml': text })).toEqual([
      expect.objectContaining({
        line: 2,
        column: 26,
        message: 'the alias `*x` is in the value that it stands for',
        fix: 'write the value out',
      }),
    ]);
  });
});
