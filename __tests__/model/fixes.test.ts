import { parseDocument, visit } from 'yaml';

import type { Problem } from '../../model/errors';
import { problemsOf, smallInventory } from './small-inventory';
import { shop } from './specify';

const devel = 'environments/devel.yaml';
const base = { ...smallInventory, [devel]: `${smallInventory[devel]}engines: {transit: {}}\n` };
const stag = 'environments/stag.yaml';
const tenant = (more: string): string => `description: Pages\nenvironments: [devel]\n${more}`;
const appRole = (more: string): string => tenant(`appRole: {${more}}\n`);
const key = (more: string): string => tenant(`keys: {cards: {type: hmac, ${more}}}\n`);
const engines = (more: string): string =>
  (smallInventory[stag] ?? '').replace('engines: {keyValue: {maxVersions: 3}}', `engines: {${more}}`);
const escaped = (text: string): string => text.replaceAll(/[[\]{}.]/g, String.raw`\$&`);
const offsetOf = (text: string, { line = 1, column = 1 }: Problem): number =>
  text
    .split('\n')
    .slice(0, line - 1)
    .reduce((sum, before) => sum + before.length + 1, column - 1);

/** The text after what the fix says to write was written at the place of the problem, in place of the value or key there. */
function applied(text: string, problem: Problem): string {
  const [, quoted, literal = quoted] = /^write (?:`(.+?)`|(\S+))/.exec(problem.fix ?? '') ?? [];
  if (literal === undefined) throw new Error(`no literal in: ${problem.fix}`);
  const start = offsetOf(text, problem);
  const ends: number[] = [];
  visit(parseDocument(text), {
    Node: (_, node) => {
      if (node.range?.[0] === start) ends.push(node.range[1]);
    },
  });
  return (
    text.slice(0, start) +
    (ends.length === 0 ? ' ' : '') +
    literal +
    text.slice(ends.length === 0 ? start : Math.min(...ends))
  );
}

/** What a file has, and what the fix then says to write. */
const rows: readonly (readonly [mistake: string, file: string, text: string, literal: string])[] = [
  ['a duration without a unit', shop, appRole('tokenTtl: 600'), '600s'],
  ['a duration without a unit, in quotes', shop, appRole('tokenTtl: "600"'), '600s'],
  ['a duration with two units', shop, appRole('tokenMaxTtl: 1h30m'), '90m'],
  ['a duration with a fraction', shop, appRole('tokenMaxTtl: 1.5h'), '90m'],
  ['a duration in words', shop, appRole('tokenTtl: 10 min'), '10m'],
  ['a duration in capitals', shop, appRole('tokenTtl: 10M'), '10m'],
  ['a duration in weeks', shop, appRole('secretIdTtl: 1w'), '7d'],
  ['a duration in milliseconds', shop, appRole('tokenTtl: 500ms'), '1s'],
  ['a duration of a key', shop, key('autoRotate: 86400'), '86400s'],
  ['a duration of an engine', stag, engines('keyValue: {deleteVersionAfter: 1y}'), '365d'],
  ['a number in quotes', shop, tenant('quotas: {requestsPerSecond: "5"}\n'), '5'],
  ['a number that begins with a zero', shop, appRole('secretIdNumUses: 010'), '10'],
  ['an octal number', shop, appRole('secretIdNumUses: 0o10'), '8'],
  ['a hexadecimal number', shop, appRole('secretIdNumUses: 0x10'), '16'],
  ['a number in groups', shop, appRole('secretIdNumUses: 1_000'), '1000'],
  ['a number of an engine in quotes', stag, engines('keyValue: {maxVersions: "3"}'), '3'],
  ['true in quotes', shop, key('deletable: "true"'), 'true'],
  ['yes', shop, key('deletable: yes'), 'true'],
  ['no', shop, key('deletable: no'), 'false'],
  ['0 for false', shop, key('deletable: 0'), 'false'],
  ['a word in capitals', shop, tenant('keySet: EXISTING\n'), 'existing'],
  ['a word with other separators', shop, tenant('keys: {a: {type: AES256_GCM96}}\n'), 'aes256-gcm96'],
  ['a misspelt word', shop, tenant('keySet: exsting\n'), 'existing'],
  ['a number for a text', shop, tenant('').replace('Pages', '2026'), '"2026"'],
  ['true for a text', shop, tenant('').replace('Pages', 'true'), '"true"'],
  ['one environment without brackets', shop, tenant('').replace('[devel]', 'devel'), '[devel]'],
  ['environments without brackets', shop, tenant('').replace('[devel]', 'devel, stag'), '[devel, stag]'],
  ['an environment in capitals', shop, tenant('').replace('devel', 'DEVEL'), 'devel'],
  ['a network without brackets', shop, appRole('tokenBoundCidrs: 10.0.0.0/8'), "['10.0.0.0/8']"],
  ['a network with host bits', shop, appRole('tokenBoundCidrs: [10.0.0.1/8]'), '10.0.0.0/8'],
  ['one address for a network', shop, appRole('tokenBoundCidrs: [10.0.0.1]'), '10.0.0.1/32'],
  ['an engine without settings', stag, engines('transit: '), '{}'],
  ['a key in capitals', shop, tenant('').replace('environments', 'ENVIRONMENTS'), 'environments'],
  ['a key with a capital', shop, tenant('').replace('description', 'Description'), 'description'],
  ['a key with underscores', shop, tenant('app_role: {tokenTtl: 5m}\n'), 'appRole'],
  ['a key in lower case', shop, appRole('tokenttl: 5m'), 'tokenTtl'],
  ['a key with dashes', shop, appRole('token-ttl: 5m'), 'tokenTtl'],
  ['a misspelt key', shop, appRole('tokenTLL: 5m'), 'tokenTtl'],
];

describe('what a fix says to write', () => {
  it.each(rows)('%s: is accepted', (_, file, text, literal) => {
    const [problem, ...others] = problemsOf({ [file]: text }, base);
    expect(others).toEqual([]);
    expect(problem?.fix?.replaceAll('`', '')).toMatch(new RegExp(`^write ${escaped(literal)}(?=$|[:, ])`));
    expect(problemsOf({ [file]: applied(text, problem ?? { message: '' }) }, base)).toEqual([]);
  });
});

describe('a key in the wrong place', () => {
  it.each([
    ['outside of its map', tenant('tokenTtl: 5m\n'), 'indent it below `appRole:`, whose key it is'],
    ['in a map', appRole('keySet: none'), 'write it in the first column: it is a key of the file'],
    ['nowhere', appRole('colour: red'), 'remove it'],
  ])('%s', (_, text, fix) => {
    expect(problemsOf({ [shop]: text }).map((problem) => problem.fix)).toEqual([fix]);
  });
});

describe('a list that is none', () => {
  const policy = 'name: x\n  environments: [devel]\n  reason: Tests\n  grants: [{path: a, operations: [read]}]\n';
  it.each([
    [
      'a dash without a space',
      tenant('').replace(' [devel]', '\n  -devel'),
      'write a space behind the dash: `- devel`',
    ],
    ['one entry', tenant(`policies:\n  ${policy}`), 'write `- ` before the first key, and indent the others like it'],
    ['a map of entries', tenant('policies: {shop-x: {}}\n'), 'write a list, in which each entry begins with `- `'],
  ])('%s', (_, text, fix) => {
    expect(problemsOf({ [shop]: text }).map((problem) => problem.fix)).toEqual([fix]);
  });
});

describe('one mistake', () => {
  it.each([
    ['a merge key', tenant('overrides: {devel: {reason: Because, <<: {keySet: existing}}}\n'), 'unknown key `<<`'],
    [
      'a misspelt key that is required',
      tenant('overrides: {devel: {reason: A, Keyset: none}}\n'),
      'unknown key `Keyset`',
    ],
  ])('%s gives one problem', (_, text, message) => {
    const [problem, ...others] = problemsOf({ [shop]: text });
    expect(others).toEqual([]);
    expect(problem?.message).toContain(message);
  });
});
