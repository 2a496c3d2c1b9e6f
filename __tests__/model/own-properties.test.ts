import { parse } from 'yaml';

import { inventories } from './every-kind';
import { outcomeOf } from './leaf-outcome';
import type { FileValues } from './leaves';
import { problemsOf } from './small-inventory';

/** The inventory with a name replaced wherever it is: as a key, as a value, as the name of a file, and in lists of words. */
const renamed = (values: FileValues, from: string, to: string): FileValues =>
  JSON.parse(
    JSON.stringify(values).replaceAll(new RegExp(`(?<=["/ -])${from}(?=["/ ,.-])`, 'g'), () => to),
  ) as FileValues;

/** Number of lines of each thing that becomes of an inventory; undefined if it is refused. */
const linesOf = (values: FileValues): number[] | undefined => {
  const outcome = outcomeOf(values);
  return outcome && [...outcome.values()].map((make) => make().split('\n').length).sort();
};

const [files = {}] = inventories;
const values = Object.fromEntries(
  Object.entries(files).map(([file, text]) => [file, parse(text) as unknown]),
) as FileValues;

/** A name of each kind. */
const names = [
  ...['west', 'devel', 'streaming', 'small', 'bus-agents', 'used', 'kafka', 'warehouse', 'sample-jwt', 'cost-center'],
  ...['repository', 'reader', 'ops'],
];

it.each([
  ['constructor', 'constructoz', names],
  // Names have no upper case; keys of metadata and claims, and accounts may.
  ['toString', 'toStrinh', ['cost-center', 'repository', 'reader']],
])(
  'what may have the name of nothing special may have the name %s',
  (special, plain, renamable) => {
    const different = renamable.filter((name) => {
      const [one, other] = [special, plain].map((word) => linesOf(renamed(values, name, word)));
      return other === undefined || JSON.stringify(one) !== JSON.stringify(other);
    });
    expect(different).toEqual([]);
  },
  120_000,
);

it.each([
  ['the root', ''],
  ['overrides', 'overrides:\n  '],
  ['metadata', 'identity:\n  metadata:\n    '],
])('no map has the key __proto__: %s', (_, before) => {
  const text = `description: A\nenvironments: [devel]\n${before}__proto__: x\n`;
  expect(problemsOf({ 'tenants/storefront/shop.yaml': text }).map(({ message }) => message)).toEqual([
    'unknown key `__proto__`',
  ]);
});
