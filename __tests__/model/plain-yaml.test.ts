import fc from 'fast-check';

import { decode } from '../../model/source/decode';
import { parseYaml } from '../../model/source/parse-yaml';
import { readPlainYaml } from '../../model/source/plain-yaml';
import { seed } from '../support/soak';
import { brokenInventory } from './broken-inventory';
import { richInventory } from './rich-inventory';
import { smallInventory } from './small-inventory';

/** The value that the parser with positions gives; undefined for a text with a fault. */
function valueOf(text: string): unknown {
  const parsed = parseYaml(text);
  return 'value' in parsed ? parsed.value : undefined;
}

describe('the reader of plain YAML', () => {
  it.each([
    ...Object.entries({ ...smallInventory, ...richInventory }).filter(([, text]) => !/ &\w/.test(text)),
    ['texts', 'a: yes\nb: 2024-01-01\nc: 0b1\nd: 1_000\ne: "5"\nf: nothing\n<<: x\n'],
    ['nothing', 'a:\nb: ~\nc: null\nd: NULL\n'],
    ['true and false', 'a: true\nb: False\nc: TRUE\n'],
    ['numbers', 'a: 0\nb: -1\nc: 0x1F\nd: 0o17\ne: 1e999\nf: .5\ng: -.inf\nh: .nan\ni: 99999999999999999999\n'],
    ['keys that look like something else', '~: a\ntrue: b\n5: c\n0x1: d\n'],
    ['quotes', `a: 'it''s'\nb: "\\u00e9\\n"\nc: "folded\n  text"\n`],
    ['texts of several lines', 'a: |\n  one\n  two\nb: >-\n  one\n  two\nc: one\n  two\nd: |+\n  x\n\n'],
    ['collections between brackets', 'a: [b, c: d, {e: f}, []]\ng: {h: i, j: [k]}\n'],
    ['comments and a document’s begin', '# one\n---\n# two\na: b # three\n'],
    ['lines that end as in Windows', 'a: b\r\nc:\r\n  - d\r\n'],
  ])('reads %s to the same value', (_, text) => {
    expect(readPlainYaml(text)).toBeDefined();
    expect(readPlainYaml(text)).toEqual(valueOf(text));
  });

  it.each([
    ['an anchor', 'a: &x b\n'],
    ['an alias', 'a: &x b\nc: *x\n'],
    ['a tag', 'a: !!str 5\n'],
    ['a directive', '%YAML 1.1\n---\na: yes\n'],
    ['two documents', 'a: b\n---\nc: d\n'],
    ['the end of a document', 'a: b\n...\n'],
    ['a list', '- a\n'],
    ['nothing', '# nothing\n'],
    ['a key that occurs twice', 'a: b\na: c\n'],
    ['a key without a name', ': a\n'],
    ['a key that is a list', '? [a]\n: b\n'],
    ['a key that JavaScript takes for something else', '__proto__: a\n'],
    ['wrong indentation', 'a:\n  b: c\n d: e\n'],
    ['a tab', 'a:\n\tb: c\n'],
    ['much nesting', `a: ${'['.repeat(25)}${']'.repeat(25)}\n`],
  ])('leaves a text with %s to the parser with positions', (_, text) => {
    expect(readPlainYaml(text)).toBeUndefined();
  });

  it('gives the value of the parser with positions, or none, for whatever somebody broke', () => {
    let read = 0;
    fc.assert(
      fc.property(brokenInventory, (files) => {
        for (const { bytes, path } of files) {
          const text = decode(bytes, path);
          const value = typeof text === 'string' ? readPlainYaml(text) : undefined;
          if (value === undefined) continue;
          read += 1;
          expect(value).toEqual(valueOf(text as string));
        }
      }),
      { numRuns: 300, seed },
    );
    expect(read).toBeGreaterThan(0);
  }, 180_000);
});
