import type { AccessRequest, Operation } from '../../../access/decide/request';
import type { ParameterValue } from '../../../access/policy/policy';
import type { Server } from '../../../access/servers';
import { aclOf, decisionOf } from './stanzas';

const all: readonly Server[] = ['vault-1.21', 'vault-2', 'openbao-2.7'];
const vaults: readonly Server[] = ['vault-1.21', 'vault-2'];
const every = '"create", "read", "update", "patch", "list", "delete"';

const decide = (server: Server, attributes: readonly string[], request: Partial<AccessRequest>): boolean =>
  decisionOf(
    aclOf(
      server,
      attributes.map((one) => `path "m/*" {\n  capabilities = [${every}]\n  ${one}\n}\n`),
    ),
    { operation: 'update', path: 'm/x', ...request },
  ).allowed;

describe('parameters', () => {
  it.each<[attribute: string, parameters: Record<string, ParameterValue>, allowedBy: readonly Server[]]>([
    ['allowed_parameters = { "a" = [] }', { a: 1 }, all],
    ['allowed_parameters = { "a" = [] }', { A: 1 }, all],
    ['allowed_parameters = { "a" = [] }', { b: 1 }, []],
    ['allowed_parameters = { "a" = [] }', {}, all],
    ['allowed_parameters = { "a" = ["x"], "*" = [] }', { b: 1 }, all],
    ['allowed_parameters = { "a" = ["x"], "*" = [] }', { a: 'y' }, []],
    ['allowed_parameters = { "*" = ["x"] }', { a: 'y' }, all],
    ['allowed_parameters = { "a" = ["x*"] }', { a: 'xy' }, all],
    ['allowed_parameters = { "a" = ["*x"] }', { a: 'yx' }, all],
    ['allowed_parameters = { "a" = ["*x*"] }', { a: 'yxy' }, all],
    ['allowed_parameters = { "a" = ["x*y"] }', { a: 'xzy' }, []],
    ['allowed_parameters = { "a" = ["*"] }', { a: 'x' }, []],
    ['allowed_parameters = { "a" = ["*"] }', { a: '*' }, all],
    ['allowed_parameters = { "a" = ["**"] }', { a: 'x' }, all],
    ['allowed_parameters = { "a" = ["x", "y"] }', { a: 'x, y' }, vaults],
    ['allowed_parameters = { "a" = ["x", "y"] }', { a: ['x', 'y'] }, vaults],
    ['allowed_parameters = { "a" = ["x", "y"] }', { a: ['x', 'z'] }, []],
    ['allowed_parameters = { "a" = ["x"] }', { a: '' }, vaults],
    ['allowed_parameters = { "a" = [true] }', { a: true }, all],
    ['allowed_parameters = { "a" = [1] }', { a: 1 }, []],
    ['denied_parameters = { "a" = [1] }', { a: 1 }, all],
    ['denied_parameters = { "a" = [] }', { A: 1 }, []],
    ['denied_parameters = { "*" = [] }', { A: 1 }, []],
    ['denied_parameters = { "*" = ["x"] }', { A: 1 }, []],
    ['denied_parameters = { "*" = [] }', {}, all],
    ['denied_parameters = { "a" = ["x"] }', { a: 'x,y' }, ['openbao-2.7']],
    ['denied_parameters = { "a" = ["x"] }', { a: ['x', 'y'] }, ['openbao-2.7']],
    ['denied_parameters = { "a" = ["x"] }', { b: 'x' }, all],
    ['required_parameters = ["A"]', { a: null }, all],
    ['required_parameters = ["a"]', { A: 1 }, []],
    ['required_parameters = ["a"]', {}, []],
    ['denied_parameters = { "policies" = ["root"] }', { policies: ['ROOT'] }, ['vault-1.21', 'openbao-2.7']],
    ['denied_parameters = { "token_policies" = ["root"] }', { token_policies: 'Root' }, ['vault-1.21', 'openbao-2.7']],
    ['denied_parameters = { "other" = ["root"] }', { other: 'Root' }, all],
    ['allowed_parameters = { "__proto__" = [] }', { constructor: 1 }, []],
    ['allowed_parameters = { "*" = ["x"] }', { '*': 'y' }, all],
    ['allowed_parameters = { "a" = ["xy"] }', { a: 'xz' }, []],
    ['allowed_parameters = { "a" = ["xy*"] }', { a: 'xz' }, []],
    ['allowed_parameters = { "a" = ["*x*"] }', { a: ['x'] }, vaults],
    ['allowed_parameters = { "a" = [true] }', { a: 'true' }, []],
    ['allowed_parameters = { "a" = [true] }', { a: false }, []],
    ['allowed_parameters = { "a" = [["x", "y"]] }', { a: ['x', 'y'] }, all],
    ['allowed_parameters = { "a" = [["x", "y"]] }', { a: ['x'] }, []],
    ['allowed_parameters = { "a" = [["x", "y"]] }', { a: ['y', 'x'] }, []],
    ['allowed_parameters = { "a" = [["x"]] }', { a: ['x', 'y'] }, []],
    ['allowed_parameters = { "a" = [["x*"]] }', { a: ['xy'] }, []],
    ['allowed_parameters = { "a" = [["x"]] }', { a: 'x' }, []],
    ['allowed_parameters = { "a" = ["x"] }', { a: [] }, vaults],
    ['allowed_parameters = { "a" = [[1]] }', { a: [1] }, []],
    ['allowed_parameters = { "a" = [[["x"], true]] }', { a: [['x'], true] }, all],
    ['allowed_parameters = { "a" = [[["x"], true]] }', { a: [['y'], true] }, []],
  ])('%s with %j', (attribute, parameters, allowedBy) => {
    expect(all.filter((server) => decide(server, [attribute], { parameters }))).toEqual(allowedBy);
  });

  it.each<[Operation, boolean]>([
    ['read', false],
    ['create', false],
    ['patch', false],
    ['list', true],
    ['delete', true],
  ])('count for %s: %s', (operation, expected) => {
    const rule = 'denied_parameters = { "*" = [] }';
    expect(decide('openbao-2.7', [rule], { operation, parameters: { a: 'x' } })).toBe(expected);
  });

  it('of a query are no list that Vault takes apart', () => {
    const rule = 'allowed_parameters = { "a" = ["x"] }';
    expect(decide('vault-1.21', [rule], { operation: 'read', parameters: { a: ['x'] } })).toBe(false);
    expect(decide('vault-1.21', [rule], { operation: 'update', parameters: { a: ['x'] } })).toBe(true);
  });

  it('merge by key, and an empty list is the wider', () => {
    const update = (parameters: Record<string, ParameterValue>, ...attributes: string[]): boolean =>
      decide('openbao-2.7', attributes, { parameters });
    const x = 'allowed_parameters = { "a" = ["x"] }';
    expect(update({ a: 'y' }, x, 'allowed_parameters = { "a" = ["y"] }')).toBe(true);
    expect(update({ a: 'z' }, x, 'allowed_parameters = { "a" = [] }')).toBe(true);
    expect(update({ b: 'z' }, x, 'allowed_parameters = { "b" = [] }')).toBe(true);
    expect(update({ b: 'z' }, x, '')).toBe(false);
    expect(update({ a: 'z' }, 'allowed_parameters = { "a" = [] }', x)).toBe(true);
    expect(update({ a: 'x' }, 'required_parameters = ["b"]', 'required_parameters = ["a"]')).toBe(false);
  });
});

describe('wrapping', () => {
  const wrapped = (wrapTtlSeconds: number | null, ...attributes: string[]): boolean =>
    decide('vault-1.21', attributes, { wrapTtlSeconds });

  it.each<[ttl: number | null, expected: boolean]>([
    [null, false],
    [0, false],
    [4, false],
    [5, true],
    [60, true],
    [61, false],
  ])('for %s s: %s', (ttl, expected) => {
    expect(wrapped(ttl, 'min_wrapping_ttl = "5s"\n  max_wrapping_ttl = "1m"')).toBe(expected);
  });

  it('of 0 s satisfies a maximum, and none does not', () => {
    expect(wrapped(0, 'max_wrapping_ttl = "1m"')).toBe(true);
    expect(wrapped(null, 'max_wrapping_ttl = "1m"')).toBe(false);
  });

  it('takes the smaller limits of merged stanzas', () => {
    expect(wrapped(20, 'max_wrapping_ttl = "1m"', 'max_wrapping_ttl = "10s"')).toBe(false);
    expect(wrapped(20, 'max_wrapping_ttl = "10s"', 'max_wrapping_ttl = "1m"')).toBe(false);
    expect(wrapped(6, 'min_wrapping_ttl = "1m"', 'min_wrapping_ttl = "5s"')).toBe(true);
    expect(wrapped(20, 'min_wrapping_ttl = "30s"', 'max_wrapping_ttl = "10s"')).toBe(false);
  });
});

describe('limits of wrapping that are not positive', () => {
  const wrapped = (...attributes: string[]): boolean => decide('vault-1.21', attributes, { wrapTtlSeconds: 60 });

  it('are none, except beside a minimum that they contradict', () => {
    expect(wrapped('max_wrapping_ttl = "-10s"')).toBe(true);
    expect(wrapped('min_wrapping_ttl = "-10s"')).toBe(true);
    expect(wrapped('max_wrapping_ttl = "-10s"', 'min_wrapping_ttl = "5s"')).toBe(false);
    expect(wrapped('min_wrapping_ttl = "1m"\n  max_wrapping_ttl = "1m"')).toBe(true);
  });
});

describe('pages of a LIST', () => {
  const page = (limit: ParameterValue | undefined, attribute = 'pagination_limit = 10'): boolean =>
    decide('openbao-2.7', [attribute], {
      operation: 'list',
      parameters: limit === undefined ? null : { limit },
    });

  it.each<[ParameterValue | undefined, boolean]>([
    [undefined, true],
    ['10', true],
    [10, true],
    ['11', false],
    ['-1', false],
    ['0', true],
    ['', true],
    ['max', true],
    ['all', false],
    [['5'], false],
    ['+5', true],
    ['5x', false],
    ['x5', false],
    ['5.0', false],
  ])('of %j: %s', (limit, expected) => {
    expect(page(limit)).toBe(expected);
  });

  it('are not limited for other operations, and without a limit', () => {
    const limited = 'pagination_limit = 10';
    expect(decide('openbao-2.7', [limited], { operation: 'delete', parameters: { limit: 'all' } })).toBe(true);
    expect(page('all', 'required_parameters = ["limit"]')).toBe(true);
    expect(page(undefined, 'required_parameters = ["limit"]')).toBe(true);
  });

  it('must be asked for if limit is required', () => {
    const rule = 'pagination_limit = 10\n  required_parameters = ["limit"]';
    expect(page(undefined, rule)).toBe(false);
    expect(page('max', rule)).toBe(true);
  });
});

describe('an expiration', () => {
  it('ends a stanza after its instant', () => {
    const text = 'path "m/*" {\n  capabilities = ["read"]\n  expiration = "2026-01-01T00:00:00Z"\n}\npath "m/x" {}\n';
    const now = Date.parse('2026-01-01T00:00:00Z');
    const at = (time?: number): boolean =>
      decisionOf(aclOf('openbao-2.7', [text], time === undefined ? {} : { now: time }), {
        operation: 'read',
        path: 'm/y',
      }).allowed;
    expect([at(), at(now), at(now + 1)]).toEqual([true, true, false]);
  });
});
