import { additionEdits, type Additions } from '../../../model/ownership/insert-yaml';
import { applyEdits } from '../../../model/rename/edit-yaml';
import { parseYaml } from '../../../model/source/parse-yaml';

const ssh = { for: ['shop/basket'], principals: ['deploy'] };
const books = { for: ['pay/ledger'], memberOf: ['reader'], shared: 'A reason: with a colon' };
const additions: Additions = { owners: { ssh: [ssh], databases: { books: [books] } } };

function added(text: string, more: Additions = additions): string {
  const edits = additionEdits(text, more);
  if (edits === undefined) throw new Error('it cannot be edited');
  return applyEdits(text, edits);
}

function valueOf(text: string): unknown {
  const parsed = parseYaml(text);
  if (!('value' in parsed)) throw new Error(`${parsed.faults[0]?.message ?? ''}\n${text}`);
  return parsed.value;
}

/** Environments before, as far as they have owners: what an author may have written. */
const texts: readonly (readonly [what: string, text: string])[] = [
  ['no owners', 'cluster: west\n'],
  ['no end of the last line', 'cluster: west'],
  ['a comment at the end', 'cluster: west # one of two\n# the end\n'],
  ['a comment at the end of a last line without an end', 'cluster: west # one of two'],
  ['blank lines at the end', 'cluster: west\n\n\n'],
  ['a text in several lines at the end', 'cluster: west\ndescription: |\n  One\n  Two\n'],
  ['a text in several lines that does not end', 'cluster: west\ndescription: |-\n  One\n  Two'],
  ['a text over several lines', 'cluster: west\ndescription: one\n  and two\n'],
  ['a key without a value at the end', 'cluster: west\nengines:\n'],
  ['a document marker', '---\ncluster: west\n'],
  ['the end of a document', 'cluster: west\n...\n'],
  ['empty owners', 'owners: {}\ncluster: west\n'],
  ['empty owners, with an anchor and a comment', 'owners: &none {} # nobody yet\ncluster: west\n'],
  ['owners over two lines, empty', 'owners: {\n}\ncluster: west\n'],
  ['an empty list', 'owners:\n  ssh: []\ncluster: west\n'],
  ['a list', 'owners:\n  ssh:\n    - {for: [shop/other], principals: [ops]} # theirs\n    # more\ncluster: west\n'],
  [
    'a list of blocks, as far to the left as its key',
    'owners:\n  ssh:\n  - for: [shop/other]\n    principals:\n    - ops\n',
  ],
  ['a list in brackets', 'owners:\n  ssh: [{for: [shop/other], principals: [ops]}]\ncluster: west\n'],
  ['a list in brackets, over lines', 'owners:\n  ssh: [\n    {for: [shop/other]}, # theirs\n  ]\ncluster: west\n'],
  ['another connection', 'owners:\n  databases:\n    films:\n      - for: [shop/other]\ncluster: west\n'],
  ['owners in braces', 'owners: {ssh: [{for: [shop/other]}], databases: {}}\ncluster: west\n'],
  ['braces around everything', '{cluster: west, owners: {ssh: []}}\n'],
  ['braces around everything, without owners', '{cluster: west,}'],
  ['JSON', '{"cluster": "west", "owners": {"ssh": []}}'],
  ['quoted keys', '"owners":\n  \'ssh\':\n    - for: [shop/other]\n'],
  [
    'owners between other keys',
    'cluster: west\n\nowners:\n    ssh:\n        - for: [shop/other]\n\n# what tenants may set\nlimits: {}\n',
  ],
];

type Node = Readonly<Record<string, unknown>>;

/** The additions in what was there, as values. */
function merged(before: unknown, more: Additions): Node {
  const node = (before ?? {}) as Node;
  const changed = Object.entries(more).map(([key, value]): [string, unknown] => [
    key,
    Array.isArray(value)
      ? [...((node[key] ?? []) as unknown[]), ...(value as object[])]
      : merged(node[key], value as Additions),
  ]);
  return { ...node, ...Object.fromEntries(changed) };
}

const comments = (text: string): string[] => [...text.matchAll(/#.*/g)].map(([comment]) => comment.trimEnd());

describe.each([
  ['\n', (text: string) => text],
  ['\r\n', (text: string) => text.replaceAll('\n', '\r\n')],
])('with lines that end with %j', (_, withEnds) => {
  it.each(texts)('adds to %s', (_what, text) => {
    const before = withEnds(text);
    const after = added(before);
    expect(valueOf(after)).toEqual(merged(valueOf(before), additions));
    expect(comments(after)).toEqual(comments(before));
    expect(after.replaceAll('\r\n', '').includes(before.includes('\r\n') ? '\n' : '\r')).toBe(false);
    // Nothing else is replaced.
    for (const edit of additionEdits(before, additions) ?? []) expect(edit.before).toMatch(/^ ?(\{\s*\})?(\[\s*\])?$/);
  });
});

it('adds in the style of what is there', () => {
  expect(added('cluster: west\nowners:\n    ssh:\n        - for: [shop/other]\n')).toMatchInlineSnapshot(`
    "cluster: west
    owners:
        ssh:
            - for: [shop/other]
            - for: [shop/basket]
              principals: [deploy]
        databases:
          books:
            - for: [pay/ledger]
              memberOf: [reader]
              shared: 'A reason: with a colon'
    "
  `);
});

it('adds several entries at one place, in order', () => {
  const more = { owners: { ssh: [ssh, { ...ssh, principals: ['ops'] }] } };
  expect(valueOf(added('owners: {ssh: []}\n', more))).toEqual({ owners: more.owners });
});

it.each([
  ['an alias', 'engines: &none {}\nowners: *none\n'],
  ['an alias in it', 'engines: &none []\nowners:\n  ssh: *none\n'],
  ['a text', 'owners: nobody\n'],
  ['a list', '- owners\n'],
  ['nothing', ''],
  ['a comment', '# nothing\n'],
])('does not edit %s', (_, text) => {
  expect(additionEdits(text, additions)).toBeUndefined();
});
