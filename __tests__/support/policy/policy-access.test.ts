import { parsePolicy } from './parse-policy';
import { PolicyAccess, type Operation } from './policy-access';

/** `path: capabilities; …` as a policy. */
const policy = (short: string): PolicyAccess =>
  new PolicyAccess(
    ...short.split('; ').map((rule) => {
      const [path = '', capabilities = ''] = rule.split(': ');
      return `path "${path}" {\n  capabilities = ${JSON.stringify(capabilities.split(' '))}\n}\n`;
    }),
  );

// What OpenBao 2.7 and Vault 1.21 answered.
describe('a request is decided as servers decide it', () => {
  it.each<[string, Operation, string, boolean, boolean]>([
    ['secret/*: read; secret/+/prefix-*: deny', 'read', 'secret/a/prefix-x', true, true],
    ['secret/*: read; secret/+/pw: deny', 'read', 'secret/a/pw', false, false],
    ['kv/team/*: read; kv/+/private: deny', 'read', 'kv/team/private', true, true],
    ['kv/x/*: deny; kv/x/y: read', 'read', 'kv/x/y', true, true],
    ['m/*: list; m/restricted/*: deny', 'list', 'm/restricted/', false, true],
    ['kv/+: list; kv/private/*: read', 'list', 'kv/private/', false, true],
    ['kv/+: list', 'list', 'kv/', true, true],
    // A LIST tries the path with its slash and without; nothing else does.
    ['kv/a: list', 'list', 'kv/a/', true, true],
    ['kv/a/: list', 'list', 'kv/a', true, true],
    ['kv/a/: read', 'read', 'kv/a', false, false],
    // The first wildcard further to the right wins; then the rule without `*`; then the longer one.
    ['kv/+/b: read; kv/a/+: deny', 'read', 'kv/a/b', false, false],
    ['kv/+/b: read; kv/+/*: deny', 'read', 'kv/a/b', true, true],
    ['kv/a*: deny; kv/ab*: read', 'read', 'kv/abc', true, true],
    ['kv/+/*: read', 'read', 'kv/a', false, false],
    ['kv/+: read', 'read', 'kv/a/b', false, false],
    // One leading slash is dropped; rules for one path are merged, and `deny` wins then.
    ['/kv/a: read', 'read', 'kv/a', true, true],
    ['kv/a: read; kv/a: update', 'update', 'kv/a', true, true],
    ['kv/a: read; kv/a: deny', 'read', 'kv/a', false, false],
  ])('%s: %s %s', (rules, operation, path, openbao, vault) => {
    const access = policy(rules);
    expect(access.decide({ path, operation }, 'openbao')).toBe(openbao);
    expect(access.decide({ path, operation }, 'vault')).toBe(vault);
    expect([access.allows(path, operation), access.denies(path, operation)]).toEqual([
      openbao && vault,
      !openbao && !vault,
    ]);
  });

  it('denies a parameter whatever its value, and whatever its case', () => {
    const access = new PolicyAccess(
      'path "pki/issue/web" {\n  capabilities = ["update"]\n  denied_parameters = {\n    "not_after" = []\n  }\n}\n',
    );
    expect(access.allows('pki/issue/web', 'update', 'common_name')).toBe(true);
    expect(access.denies('pki/issue/web', 'update', 'common_name', 'Not_After')).toBe(true);
  });

  it('merges the policies of a token', () => {
    const access = new PolicyAccess('path "a" { capabilities = ["read"] }', 'path "a" { capabilities = ["delete"] }');
    expect(access.rules).toEqual({ a: ['read', 'delete'] });
  });
});

describe('the text of a policy', () => {
  it('is parsed with comments and any line breaks', () => {
    expect(parsePolicy('# Why\npath "a" {\n capabilities = ["read", "list"] }\npath "b" {}')).toEqual([
      { pattern: 'a', capabilities: ['read', 'list'], deniedParameters: [], reason: 'Why' },
      { pattern: 'b', capabilities: [], deniedParameters: [] },
    ]);
  });

  it.each([
    ['path "a" { capabilities = ["read"]', '} expected|the end'],
    ['path "a" { allowed_parameters = { "x" = [] } }', 'not understood: allowed_parameters'],
    ['path "a" { denied_parameters = { "x" = ["1"] } }', 'not understood: values of denied parameters'],
    ['path "a" { capabilities = ["read"] capabilities = [] }', 'stands twice'],
    ['path "a/+*" {}', 'refuses'],
    ['role "a" {}', 'path expected, not role'],
    ['path "a" { ! }', 'not understood: !'],
  ])('fails if it cannot be read: %s', (text, message) => {
    expect(() => parsePolicy(text)).toThrow(new RegExp(message));
  });
});
