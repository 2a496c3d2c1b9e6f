import { Token } from 'cdktf';

import { printable } from '../../model/language/hidden';
import { SourceFile } from '../../model/source/source-file';
import { textFaults } from '../../model/source/text-faults';
import { richInventory } from './rich-inventory';
import { load, problemsOf, smallInventory } from './small-inventory';

type Way = readonly (string | number)[];
type Change = (text: string) => string;

/** Every way to a text or a key in a value. */
const ways = (value: unknown, way: Way = []): Way[] => {
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? [way] : [];
  return Object.entries(value).flatMap(([key, entry]) => {
    const step = Array.isArray(value) ? Number(key) : key;
    return [...ways(entry, [...way, step]), ...(Array.isArray(value) ? [] : [[...way, key, 'key']])];
  });
};

/** The value with one text or key changed. */
function changed(value: unknown, [step, ...rest]: Way, change: Change): unknown {
  if (step === undefined) return change(value as string);
  if (Array.isArray(value))
    return value.map((item: unknown, index) => (index === step ? changed(item, rest, change) : item));
  return Object.fromEntries(
    Object.entries(value as object).map(([key, entry]) => {
      if (key !== step) return [key, entry];
      return rest.length === 1 && rest[0] === 'key' ? [change(key), entry] : [key, changed(entry, rest, change)];
    }),
  );
}

const files = Object.entries({ ...smallInventory, ...richInventory });

describe.each(files)('in %s', (_, text) => {
  const result = new SourceFile('x.yaml', text).read();
  const value = 'value' in result ? result.value : undefined;
  const all = ways(value);

  it.each<[string, Change, RegExp]>([
    ['a zero-width space', (given) => `${given}\u200B`, /^the text has the character U\+200B, which is invisible$/],
    ['an override', (given) => `\u202E${given}`, /^the text has the character U\+202E, which reorders text$/],
    ['a token of CDK for Terraform', (given) => `${given}#{TfToken[TOKEN.1]}`, /^`TfToken\[` marks a reference/],
  ])('%s is refused in every text and key', (__, change, message) => {
    const missed = all.filter((way) => {
      const [fault, ...others] = textFaults(changed(value, way, change));
      return (
        others.length > 0 ||
        fault?.path.length !== way.length - (fault?.of === 'key' ? 1 : 0) ||
        !message.test(fault.message)
      );
    });
    expect(all.length).toBeGreaterThan(3);
    expect(missed).toEqual([]);
  });
});

describe('hidden characters', () => {
  const shop = 'tenants/storefront/shop.yaml';

  it.each([
    [
      'in a comment',
      '# see \u202Ebelow\ndescription: A\nenvironments: [devel]\n',
      '1:7',
      'U+202E, which reorders text',
    ],
    ['in a value', 'description: A\u200B\nenvironments: [devel]\n', '1:15', 'U+200B, which is invisible'],
    ['in a key', 'description: A\nenvi\u200Dronments: [devel]\n', '2:5', 'U+200D, which is invisible'],
    ['behind others', 'description: A\r\nenvironments: [devel] # \uFEFF\r\n', '2:25', 'U+FEFF, which is invisible'],
    ['of two units', 'description: A\u{E0041}\nenvironments: [devel]\n', '1:15', 'U+E0041, which is invisible'],
    ['as an escape', 'description: A\nenvironments: ["de\\u061cvel"]\n', '2:16', 'U+061C, which reorders text'],
    ['as a control', 'description: "A\\e[31m"\nenvironments: [devel]\n', '1:14', 'U+001B, which is invisible'],
    ['as half a character', 'description: "\\ud800"\nenvironments: [devel]\n', '1:14', 'U+D800, which is invisible'],
  ])('%s are found, and named', (_, text, place, character) => {
    const [problem, ...others] = problemsOf({ [shop]: text });
    expect(others).toEqual([]);
    expect(`${problem?.line}:${problem?.column}`).toBe(place);
    expect(problem).toMatchObject({ message: `the text has the character ${character}`, fix: 'remove it' });
  });

  it('are all reported at once', () => {
    const text = 'description: A\u200B\nenvironments: [de\u200Bvel] # \u2066\n';
    expect(problemsOf({ [shop]: text }).map(({ line, column }) => `${line}:${column}`)).toEqual([
      '1:15',
      '2:18',
      '2:26',
    ]);
  });

  it.each([
    'Größe, 時間 and 😀',
    'שלום עולם',
    'مرحبا',
    'नमस्ते',
    'ภาษาไทย',
    'Ελληνικά',
    '한국어',
    "d'été — «x» … 1 000 €",
  ])('are none of %s', (description) => {
    const { tenants } = load({ [shop]: `description: ${JSON.stringify(description)}\nenvironments: [devel]\n` });
    expect(tenants.find(({ name }) => name === 'shop')?.description).toBe(description);
  });

  it('are printed as escape sequences', () => {
    expect(printable('a\u200Bb\nc\u{E0041}\u202E')).toBe(String.raw`a\u200bb\u000ac\u{e0041}\u202e`);
  });
});

describe('tokens of CDK for Terraform', () => {
  const described = (text: string) =>
    problemsOf({ 'tenants/storefront/shop.yaml': `description: ${JSON.stringify(text)}\nenvironments: [devel]\n` });

  it.each([
    ['a text', Token.asString({ resolve: () => 'x' })],
    ['a list', Token.asList({ resolve: () => ['x'] })[0]!],
    ['a number', `${Token.asNumber({ resolve: () => 5 })}`],
    ['a list of numbers', `${Token.asNumberList({ resolve: () => [5] })[0]!}`],
    ['a map', Token.asStringMap({ resolve: () => ({}) })['String Map Token Key'] ?? 'String Map Token Value'],
    ['a map of anything', 'Any Map Token Value'],
  ])('for %s are refused', (_, token) => {
    const [problem] = described(token);
    expect(problem).toMatchObject({ line: 1, column: 14 });
    expect(described(`see ${token}`).length).toBe(token.endsWith('Map Token Value') ? 0 : 1);
  });

  it.each(['TfToken', 'Map Token Value', '-5e3', '-4e289', '1e298', 'id 0d2c4b1a-8e29-4f00-8b2e-298000000000'])(
    'are not %s',
    (text) => {
      expect(described(text)).toEqual([]);
    },
  );
});
