import type { Problem } from '../../model/errors';
import { problemsOf } from './small-inventory';
import { shop } from './specify';

const described = (text: string): string => `description: ${text}\nenvironments: [devel]\n`;
const withPolicy = (lines: string): string =>
  `description: Pages\nenvironments: [devel]\npolicies:\n  - name: tests\n${lines}`;
const rest = '    environments: [devel]\n    reason: Tests\n    grants: [{path: a, operations: [read]}]\n';

/** The text after the fix was done at the place of the problem. */
function repaired(text: string, { line = 1, column = 1, fix = '' }: Problem): string {
  const lines = text.split('\n');
  const given = lines[line - 1] ?? '';
  const [, literal = ''] = /`(.+)`$/.exec(fix) ?? [];
  const before = given.slice(0, column - 1);
  const behind = given.slice(column - 1);
  const change = (): string => {
    if (fix.startsWith('put the text')) {
      const raw = literal.slice(1, -1).replaceAll("''", "'");
      return before + literal + (behind.startsWith(raw) ? behind.slice(raw.length) : '');
    }
    if (fix.startsWith('indent with spaces')) return given.replace('\t', '  ');
    if (fix.startsWith('remove the spaces')) return behind;
    if (fix.startsWith('write a space behind')) return `${before} ${behind}`;
    const [, spaces] = /^write (\d+) spaces/.exec(fix) ?? [];
    if (spaces !== undefined) return ' '.repeat(Number(spaces)) + behind;
    if (fix.endsWith('at the end of this line')) return before + (/`(.)`/.exec(fix)?.[1] ?? '');
    if (literal.endsWith(':')) return `${before}:${behind}`;
    throw new Error(`cannot do: ${fix}`);
  };
  return [...lines.slice(0, line - 1), change(), ...lines.slice(line)].join('\n');
}

/** A file, the place of what is to be changed, and how. */
const rows: readonly (readonly [mistake: string, text: string, place: string, message: string, fix: string])[] = [
  ...(
    [
      ['a colon in a text', 'a: b', 'a colon with a space behind it begins a map', "'a: b'"],
      ['a colon at its end', 'a:', 'a colon with a space behind it begins a map', "'a:'"],
      ['a colon, and a quote', "it's: b", 'a colon with a space behind it begins a map', "'it''s: b'"],
      ['a comment behind it', 'a: b # c', 'a colon with a space behind it begins a map', "'a: b'"],
      ['a star', '*', '`*` begins an alias', "'*'"],
      ['an ampersand', '& more', '`&` begins an anchor', "'& more'"],
      ['an exclamation mark', '!important now', '`!` begins a tag', "'!important now'"],
      ['a percent sign', '%x', 'a text cannot begin with `%`', "'%x'"],
      ['an at sign', '@x', 'a text cannot begin with `@`', "'@x'"],
      ['a bar', '| x', '`|` begins a text in the lines below', "'| x'"],
      ['an angle', '>x', '`>` begins a text in the lines below', "'>x'"],
      ['a question mark', '? x', '`?` begins a key', "'? x'"],
      ['a comma', ', x', 'a text cannot begin with `,`', "', x'"],
      ['a closing bracket', ']x', 'a text cannot begin with `]`', "']x'"],
      ['brackets', '[old] x', '`[` begins a list', "'[old] x'"],
      ['a brace', '{x', '`{` begins a map', "'{x'"],
      ['a placeholder', '{environment} x', '`{` begins a map', "'{environment} x'"],
      ['quotes inside', '"a" b', 'the quotes end within the text', `'"a" b'`],
      ['a quote inside of quotes', "'it's b'", 'the quotes end within the text', "'it''s b'"],
      ['an open double quote', '"it', 'the closing quote is missing', "'it'"],
      ['an open single quote', "'it", 'the closing quote is missing', "'it'"],
      ['a backslash', String.raw`"C:\dir"`, 'a backslash in double quotes has a meaning', String.raw`'C:\dir'`],
    ] as const
  ).map(
    ([mistake, text, message, literal]) =>
      [mistake, described(text), '1:14', message, `put the text in quotes: \`${literal}\``] as const,
  ),
  [
    'a star in a map on one line',
    withPolicy(rest.replace('path: a', 'path: *')),
    '7:21',
    '`*` begins an alias',
    "put the text in quotes: `'*'`",
  ],
  [
    'a placeholder in a list on one line',
    `${described('x')}identity: {metadata: {stage: {environment}-x}}\n`,
    '3:30',
    'a brace begins a map where a value begins, and between brackets',
    "put the text with {environment} in quotes: `'{environment}-x'`",
  ],
  [
    'a key that is indented too far',
    'description: Pages\n  environments: [devel]\n',
    '2:3',
    'this is not indented like the other entries of its map or list',
    'remove the spaces before it',
  ],
  [
    'a key of an entry that is indented too far',
    withPolicy(rest.replace('    environments', '      environments')),
    '5:7',
    'this is not indented like the other entries of its map or list',
    'write 4 spaces before it',
  ],
  [
    'a key of an entry that is indented too little',
    withPolicy(rest.replace('    reason', '   reason')),
    '6:4',
    'this is not indented like the other entries of its map or list',
    'write 4 spaces before it',
  ],
  ['a tab', `${described('x')}appRole:\n\ttokenTtl: 5m\n`, '4:1', 'tabs cannot indent', 'indent with spaces'],
  [
    'no space behind a colon',
    'description: x\nenvironments:[devel]\n',
    '2:14',
    'a key needs a space behind its colon',
    'write a space behind `environments:`',
  ],
  [
    'no space behind the first colon',
    'description:x\nenvironments: [devel]\n',
    '1:13',
    'a key needs a space behind its colon',
    'write a space behind `description:`',
  ],
  [
    'no colon',
    'description x\nenvironments: [devel]\n',
    '1:12',
    'a key needs a colon behind it',
    'write `description:`',
  ],
  [
    'a missing bracket',
    'description: x\nenvironments: [devel\nkeySet: create\n',
    '2:21',
    'a `]` is missing',
    'write `]` at the end of this line',
  ],
  [
    'a missing bracket in the last line',
    'description: x\nenvironments: [devel, stag\n',
    '2:27',
    'a `]` is missing',
    'write `]` at the end of this line',
  ],
  [
    'a missing bracket of a list of several lines',
    'description: x\nenvironments: [\n  devel,\n  stag\nkeySet: create\n',
    '4:7',
    'a `]` is missing',
    'write `]` at the end of this line',
  ],
  [
    'a missing brace',
    `${described('x')}appRole: {tokenTtl: 5m\nkeySet: create\n`,
    '3:23',
    'a `}` is missing',
    'write `}` at the end of this line',
  ],
];

describe('a fault in YAML', () => {
  it.each(rows)('%s: is reported where it is to be fixed, and the fix is accepted', (_, text, place, message, fix) => {
    const [problem, ...others] = problemsOf({ [shop]: text });
    expect(others).toEqual([]);
    expect(`${problem?.line}:${problem?.column}  ${problem?.message}`).toBe(`${place}  not valid YAML: ${message}`);
    expect(problem?.fix).toBe(fix);
    expect(problemsOf({ [shop]: repaired(text, problem ?? { message: '' }) })).toEqual([]);
  });

  it.each([
    [
      'an alias that is a text',
      described('*/x'),
      'the alias `*/x` has no anchor before it',
      "put the text in quotes: `'*/x'`",
    ],
    [
      'a merge key without an anchor',
      `<<: *x\n${described('x')}`,
      'the alias `*x` has no anchor before it',
      'write the values out: merge keys are not a part of YAML 1.2',
    ],
    [
      'a list on the line of its key',
      described('x').replace('[devel]', '- devel'),
      expect.stringContaining('not valid YAML: Unexpected block-seq-ind'),
      'write the list in the lines below its key',
    ],
    [
      'a secret in the text',
      described('"x" y://a:b@c'),
      'not valid YAML: the quotes end within the text',
      'put the text in quotes',
    ],
  ])('%s', (_, text, message, fix) => {
    const [problem, ...others] = problemsOf({ [shop]: text });
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ message: message as string, fix });
  });
});
