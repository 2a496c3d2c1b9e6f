import fc from 'fast-check';

import { zurich } from './kubernetes-inventory';
import { richInventory } from './rich-inventory';
import { smallInventory } from './small-inventory';

/** A file whose bytes are there. */
export interface RawFile {
  readonly path: string;
  readonly bytes: Buffer;
}

type Mutation = (files: readonly RawFile[]) => readonly RawFile[];

const ofZurich = 'environments/zurich.yaml';
const environment = 'description: An environment on Kubernetes\ncluster: zurich\nstate: {backend: local}\n';

/** Names from before, and of tenants that left: of the tenants of both inventories, so that a mutation can mix them up. */
const register = (kept: string): RawFile => ({
  path: 'names.yaml',
  bytes: Buffer.from(`kept:
${kept}departed:
  basket:
    team: storefront
    on: 2026-01-31
    reason: It was replaced
    environments: [devel]
    names: [basket-data]
    released: {to: payments, on: 2026-02-28, reason: Everything was destroyed}
  cart:
    team: streaming
    on: 2026-03-31
    reason: Nobody used it
    environments: [devel, stag]
overlappingEnvironments: []
`),
});

/** Limits, and owners of what nobody uses. */
const limitsAndOwners = `owners:
  ssh:
    - {for: [payments], principals: ['ops-*'], hosts: ['*.example.com'], maxTtl: 8h, shared: One group of operators}
  authorities: {}
limits:
  tokenMaxTtl: 2h
  secretIdTtl: 32d
  networks: [10.0.0.0/8]
  exceptions:
    - {for: [payments/ledger], limit: tokenMaxTtl, to: 1d, reason: Long jobs, until: 2999-01-01}
`;

const keptOfBus = `  bus:
    policies: {program: "bus-{environment}-program"}
    certificates: {broker: bus-broker}
    keys: {card: bus-card}
    databases: {batch: bus-batch}
    awsRoles: {upload: bus-upload}
    sshRoles: {ops: bus-ops}
    identity: bus-{environment}
`;

/** Without what the loader treats like something else here: the fewer files, the sooner it is done. */
const small: readonly RawFile[] = Object.entries(smallInventory)
  .filter(([path]) => !/stag|shop/.test(path))
  .map(([path, text]): RawFile => {
    const alone = text.replace('devel, stag,', 'devel,').replaceAll('stag', 'devel');
    return { path, bytes: Buffer.from(alone.replace(/^owners:[^]*/m, limitsAndOwners)) };
  })
  .concat(register('  ledger: {policies: {devel-ledger-tests: "ledger-tests-{environment}"}}\n'));

/** Every key there is, in two halves: what does not run on Kubernetes, and the large file of what does. */
const [rich = [], kubernetes = []] = [false, true].map((half): readonly RawFile[] =>
  Object.entries({ ...richInventory, [ofZurich]: environment })
    .filter(([path]) => [zurich, ofZurich].includes(path) === half)
    .map(([path, text]): RawFile => ({ path, bytes: Buffer.from(text) }))
    .concat(half ? [] : register(keptOfBus)),
);

/** What is broken. */
export const intactInventories = { small, rich, kubernetes };

/** Values that a parser, a schema or a server may take for something else. */
const nasties = [
  ...[
    '',
    '~',
    'null',
    'true',
    'no',
    '5',
    '-1',
    '1e999',
    '.nan',
    '0x10',
    '2024-01-01',
    '99999999999999999999',
    '""',
    "''",
  ],
  ...[
    '[]',
    '{}',
    '[[[]]]',
    '{a: {b: {c: d}}}',
    '[devel, devel]',
    '? x',
    '- x',
    '*short',
    '*none',
    '&short x',
    '&a [*a]',
  ],
  ...[
    '!!binary aGk=',
    '!!set {a, b}',
    '!custom x',
    '!!timestamp 2024-01-01',
    '|',
    '>-\n  folded\n  text',
    '"\\u0000\\x1b[2J"',
  ],
  ...[
    '"\\ud800"',
    '../..',
    '/',
    '*',
    '+',
    '+*',
    'a/../b',
    '{{identity}}',
    '${path}',
    '%{if}',
    'UPPER',
    'root',
    'default',
    'admin',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '<<',
    '---',
    '...',
    '%YAML 1.1',
    '#',
    '\t',
    '\u2028',
    '\uFEFF',
  ],
  ...[
    'x'.repeat(500),
    '9'.repeat(500),
    '['.repeat(300),
    '- '.repeat(300),
    '? '.repeat(300),
    'é😀',
    '10.0.0.1/8',
    '::/129',
    '0s',
    '1000d',
  ],
  ...[
    'x-{environment}',
    "'{environment}'",
    "'{env}'",
    'self',
    'offline',
    'https://me:secret@example.com',
    "'postgresql://{{username}}:{{password}}@db/x?sslmode=disable'",
    '|\n  -----BEGIN PRIVATE KEY-----\n  AAAA\n  -----END PRIVATE KEY-----',
    '[{path: a, key: b}]',
    'approle',
    'arn:aws:iam::111122223333:role/*',
  ],
];

const names = [
  'devel.yaml',
  'x.yml',
  'X.yaml',
  '.yaml',
  'a b.yaml',
  'a\nb.yaml',
  'root.yaml',
  'README.md',
  '..',
  '',
  'é.yaml',
  'shop.yaml',
];
const folders = [
  'clusters',
  'environments',
  'tenants',
  'tenants/payments',
  'tenants/platform',
  'tenants/A',
  'tenants/a/b',
  'other',
  '',
  '/',
  '..',
];

const index = fc.nat(10_000);
const nasty = fc.constantFrom(...nasties);
const path = fc
  .tuple(fc.constantFrom(...folders), fc.constantFrom(...names))
  .map(([folder, name]) => (folder === '' ? name : `${folder}/${name}`));

/** Changes one file. */
const inFile =
  (which: number, change: (bytes: Buffer) => Buffer): Mutation =>
  (files) =>
    files.map((file, position) => (position === which % files.length ? { ...file, bytes: change(file.bytes) } : file));

/** Changes the lines of one file, at one of them. */
const atLine = (which: number, line: number, change: (line: string) => readonly string[]): Mutation =>
  inFile(which, (bytes) => {
    const lines = bytes.toString().split('\n');
    return Buffer.from(lines.flatMap((text, at) => (at === line % lines.length ? change(text) : [text])).join('\n'));
  });

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(index, index, fc.nat(255)).map(([which, at, byte]) =>
    inFile(which, (bytes) => {
      const copy = Buffer.from(bytes);
      if (copy.length > 0) copy[at % copy.length] = byte;
      return copy;
    }),
  ),
  fc
    .tuple(index, index, fc.uint8Array({ maxLength: 20 }))
    .map(([which, at, insert]) =>
      inFile(which, (bytes) =>
        Buffer.concat([bytes.subarray(0, at % (bytes.length + 1)), insert, bytes.subarray(at % (bytes.length + 1))]),
      ),
    ),
  fc.tuple(index, index).map(([which, line]) => atLine(which, line, () => [])),
  fc.tuple(index, index).map(([which, line]) => atLine(which, line, (text) => [text, text])),
  fc
    .tuple(index, index, fc.constantFrom(' ', '  ', '\t', '- ', '? '))
    .map(([which, line, by]) => atLine(which, line, (text) => [by + text])),
  fc.tuple(index, index).map(([which, line]) => atLine(which, line, (text) => [text.replace(/^ {1,2}/, '')])),
  fc
    .tuple(index, index, nasty)
    .map(([which, line, key]) => atLine(which, line, (text) => [text.replace(/\w+:/, () => `${key}:`)])),
  fc
    .tuple(index, index, nasty)
    .map(([which, line, value]) =>
      atLine(which, line, (text) => [text.replace(/([:-] ).*/, (_, head: string) => head + value)]),
    ),
  fc
    .tuple(index, index, nasty)
    .map(([which, line, value]) => atLine(which, line, (text) => [text.replace(/[\w./-]+(?=[,\]}])/, () => value)])),
  fc.tuple(index, nasty).map(([which, content]) => inFile(which, () => Buffer.from(content))),
  fc.tuple(index, index).map(([which, from]): Mutation => {
    return (files) => inFile(which, () => files[from % files.length]?.bytes ?? Buffer.of())(files);
  }),
  fc.tuple(index, index, index, index).map(([which, line, from, fromLine]): Mutation => {
    // A value from elsewhere: names of things that there are, and of others than were meant.
    return (files) => {
      const lines = files[from % files.length]?.bytes.toString().split('\n') ?? [];
      const words = lines[fromLine % lines.length]?.match(/[\w./{}-]+/g) ?? [];
      const word = words[fromLine % Math.max(words.length, 1)] ?? '';
      return atLine(which, line, (text) => [text.replace(/(: |- |\[)[\w./{}-]+/, (_, head: string) => head + word)])(
        files,
      );
    };
  }),
  fc.tuple(index, path).map(
    ([which, to]): Mutation =>
      (files) =>
        files.map((file, at) => (at === which % files.length ? { ...file, path: to } : file)),
  ),
  fc
    .tuple(index, path)
    .map(([from, to]): Mutation => (files) => [
      ...files,
      { path: to, bytes: files[from % files.length]?.bytes ?? Buffer.of() },
    ]),
  index.map(
    (which): Mutation =>
      (files) =>
        files.length === 1 ? files : files.filter((_, at) => at !== which % files.length),
  ),
);

const base = fc.oneof(
  { arbitrary: fc.constant(small), weight: 15 },
  { arbitrary: fc.constant(rich), weight: 4 },
  { arbitrary: fc.constant(kubernetes), weight: 1 },
);
const mutations = fc.array(mutation, { minLength: 1, maxLength: 4 });
/** An inventory that somebody broke in one to four places. Prints as the changed files when a property fails. */
export const brokenInventory = fc.tuple(base, mutations).map(([intact, changes]) => {
  const files = changes.reduce((mutated, mutate) => mutate(mutated), intact);
  const changed = files.filter((file) => !intact.includes(file));
  const print = (): string =>
    changed.map(({ path, bytes }) => JSON.stringify({ path, text: bytes.toString() })).join('\n');
  return Object.assign([...files], { [fc.toStringMethod]: print });
});
