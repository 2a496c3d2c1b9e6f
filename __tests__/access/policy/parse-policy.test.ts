import { decodePolicyText } from '../../../access/policy/decode-policy-text';
import { parsePolicy } from '../../../access/policy/parse-policy';
import { PolicyError, type Stanza } from '../../../access/policy/policy';
import type { Server } from '../../../access/servers';

const parse = (text: string, server: Server = 'openbao-2.7'): readonly Stanza[] =>
  parsePolicy('p', text, server).stanzas;

const stanza = (body: string, server?: Server): Stanza => {
  const [first] = parse(`path "a" { ${body} }`, server);
  if (first === undefined) {
    throw new Error('no stanza');
  }
  return first;
};

/** Line, column and message of the error of a text. */
const errorOf = (text: string, server: Server = 'openbao-2.7'): string => {
  try {
    parse(text, server);
  } catch (error) {
    if (error instanceof PolicyError) {
      return `${error.position?.line}:${error.position?.column} ${error.message}`;
    }
    throw error;
  }
  return 'accepted';
};

describe('parsePolicy', () => {
  it('reads blocks with their positions, in the order of the text', () => {
    const stanzas = parse('# comment\npath "a" {}\n\n  path b { capabilities = ["list", "read", "list"] }');
    expect(stanzas.map(({ path, position }) => [path, position])).toEqual([
      ['a', { line: 2, column: 1 }],
      ['b', { line: 4, column: 3 }],
    ]);
    expect(stanzas.map(({ capabilities }) => capabilities)).toEqual([[], ['read', 'list']]);
  });

  it('counts characters for columns, not bytes or UTF-16 units', () => {
    expect(parse('/* ü😀 */ path "a" {}')[0]?.position).toEqual({ line: 1, column: 10 });
  });

  it('reads JSON like HCL, with positions', () => {
    const text = '{"path": {\n  "a": {"capabilities": ["read"]},\n  "b": {"policy": "deny"}}}';
    expect(parse(text).map(({ path, position, capabilities }) => [path, position.line, capabilities])).toEqual([
      ['a', 1, ['read']],
      ['b', 1, ['deny']],
    ]);
  });

  it('drops one leading slash', () => {
    expect(parse('path "/a" {} path "//b" {}').map(({ path }) => path)).toEqual(['a', '/b']);
  });

  it('keeps of a stanza that denies nothing but the denial', () => {
    expect(
      stanza('capabilities = ["read", "deny", "bogus"]\n denied_parameters { a = [] }\n pagination_limit = 3'),
    ).toMatchObject({
      capabilities: ['deny'],
      deniedParameters: new Map(),
      paginationLimit: 0,
    });
    expect(stanza('capabilities = ["read"]\n policy = "deny"').capabilities).toEqual(['deny']);
  });

  it('adds what the attribute policy stands for', () => {
    expect(stanza('policy = "write"').capabilities).toEqual(['create', 'read', 'update', 'delete', 'list']);
    expect(stanza('policy = "read"\n capabilities = ["sudo"]').capabilities).toEqual(['read', 'list', 'sudo']);
  });

  it('reads parameters with values of all types, and names in lower case', () => {
    const { allowedParameters, requiredParameters } = stanza(`
      allowed_parameters = { "Ab" = ["x", 1, 0x10, 1.5, true, ["y"], { k = { l = 1 } }], other = [] }
      required_parameters = ["Ab", 5]
      capabilities = ["update"]`);
    expect(allowedParameters).toEqual(
      new Map<string, unknown>([
        ['ab', ['x', 1, 16, 1.5, true, ['y'], { k: [{ l: 1 }] }]],
        ['other', []],
      ]),
    );
    expect(requiredParameters).toEqual(['ab', '5']);
  });

  it.each([
    ['5', 5],
    ['"5"', 5],
    ['1.9', 1],
    ['"1h30m"', 5400],
    ['"1.5s"', 1.5],
    ['"2d"', 172800],
    ['"100us"', 0.0001],
    ['""', 0],
    ['0', 0],
  ])('reads the wrapping TTL %s as %d seconds', (written, seconds) => {
    expect(stanza(`min_wrapping_ttl = ${written}`).minWrappingTtlSeconds).toBe(seconds);
  });

  it.each(['"x"', '"1"h', 'true', '["1s"]', '"1d2h"', '"9999999999999s"', '"1"s'])(
    'refuses the wrapping TTL %s',
    (written) => {
      expect(errorOf(`path "a" { max_wrapping_ttl = ${written} }`)).not.toBe('accepted');
    },
  );

  it('refuses a maximum wrapping TTL below the minimum', () => {
    expect(errorOf('path "a" {\n min_wrapping_ttl = "1m"\n max_wrapping_ttl = "10s"\n}')).toBe(
      '3:2 max_wrapping_ttl must not be less than min_wrapping_ttl',
    );
  });

  it('reads strings with escapes, interpolations and heredocs', () => {
    expect(parse('path "a\\u00fc\\x41\\101\\n" {}')[0]?.path).toBe('aüAA\n');
    expect(parse('path "${a "b" \\"}" {}')[0]?.path).toBe('${a "b" \\"}');
    expect(parse('path "\\xc3\\xbc" {}')[0]?.path).toBe('ü');
    expect(stanza('comment = <<EOT\nx\n y\nEOT\n').comment).toBe('x\n y\n');
    expect(stanza('comment = <<-EOT\n    x\n     y\n    EOT\n').comment).toBe('x\n y\n');
    expect(stanza('comment = <<-EOT\n x\n    EOT\n').comment).toBe(' x\n');
  });

  it('reads the times at which OpenBao forgets a stanza', () => {
    expect(stanza('expiration = "2030-01-31T00:00:00.5+01:00"').expiresAt).toBe(Date.UTC(2030, 0, 30, 23, 0, 0, 500));
    expect(stanza('expiration = 1700000000').expiresAt).toBe(1_700_000_000_000);
    expect(errorOf('path "a" { expiration = "2030-02-30T00:00:00Z" }')).toMatch(/^1:12 path "a": expiration must be/);
    expect(errorOf('path "a" { expiration = "2030-01-31T00:00:00Z" }', 'vault-2')).toMatch('unknown expiration');
  });

  it('merges repeated attributes for OpenBao, and refuses them for Vault', () => {
    const text = 'path "a" {\n capabilities = ["read"]\n capabilities = ["list"]\n}';
    expect(parse(text)[0]?.capabilities).toEqual(['read', 'list']);
    expect(errorOf(text, 'vault-1.21')).toMatch('3:2 the attribute capabilities occurs twice');
    expect(parse('path "a" {} path "a" {}', 'vault-2')).toHaveLength(2);
  });

  it('reads a repeated attribute of OpenBao as the type of its first value', () => {
    expect(
      stanza('min_wrapping_ttl = 2.5\n min_wrapping_ttl = 04\n max_wrapping_ttl = 5\n max_wrapping_ttl = "7"'),
    ).toMatchObject({
      minWrappingTtlSeconds: 4,
      maxWrappingTtlSeconds: 7,
    });
    expect(errorOf('path "a" { min_wrapping_ttl = 5\n min_wrapping_ttl = "7s" }')).toMatch('values of different types');
    expect(stanza('allowed_parameters = { a = [{ b = "x", b = 1 }], a = [2] }').allowedParameters).toEqual(
      new Map<string, unknown>([['a', [{ b: '1' }, 2]]]),
    );
  });

  it('knows which capabilities and attributes a server has', () => {
    expect(errorOf('path "a" { capabilities = ["scan"] }')).toBe('accepted');
    expect(errorOf('path "a" { capabilities = ["scan"] }', 'vault-2')).toMatch('capability "scan" does not exist');
    expect(errorOf('path "a" { subscribe_event_types = ["*"] }')).toMatch('unknown subscribe_event_types');
    expect(errorOf('path "a" { list_scan_response_keys_filter_path = "{{ .key }}" }')).toMatch(
      'needs the capability list',
    );
  });

  it('reads a control group as each server does', () => {
    const group = (factor: string) => `path "a" { capabilities = ["read"], control_group { ttl = "1h", ${factor} } }`;
    const complete =
      'factor "f" { controlled_capabilities = ["read"], identity { group_names = ["g"], approvals = 1 } }';
    const expected = {
      ttlSeconds: 3600,
      selfApproval: false,
      factors: [{ name: 'f', capabilities: ['read'], groupNames: ['g'], groupIds: [], approvals: 1 }],
    };
    expect(parse(group(complete))[0]?.controlGroup).toEqual(expected);
    expect(parse(group(complete), 'vault-2')[0]?.controlGroup).toEqual(expected);
    expect(errorOf(group(''))).toMatch('needs a factor');
    expect(errorOf(group('factor "f" {}'))).toMatch('needs controlled_capabilities');
    expect(errorOf(group('factor "f" {}'), 'vault-2')).toMatch('needs an identity');
    expect(errorOf(group(`${complete} } control_group {`))).toMatch('needs a factor');
    expect(errorOf(group(`${complete} } control_group {`), 'vault-2')).toBe('accepted');
    expect(errorOf(group('bogus = 1'))).toMatch('unknown bogus');
    expect(errorOf(group(complete.replace('read', 'list')), 'vault-2')).toMatch('the stanza does not grant');
    expect(errorOf(group(complete.replace('read', 'bogus')))).toMatch('does not exist');
  });

  it('names what is wrong and what is allowed, at its place', () => {
    expect(errorOf('path "a" {\n  capabilites = ["read"]\n}')).toMatch(
      /^2:3 path "a": unknown capabilites; allowed: comment/,
    );
    expect(errorOf('path "a" { capabilities = "read" }')).toBe('1:27 capabilities must be a list: write ["read"]');
    expect(errorOf('path "a/+*" {}')).toBe('1:6 path "a/+*" has +*, which no server allows: write + or *');
    expect(errorOf('path "a" { policy = "none" }')).toMatch('allowed: deny, read, write, sudo');
    expect(errorOf('path "a{{b" {}')).toBe('1:6 path "a{{b" has {{ without }}, or the reverse');
    expect(errorOf('')).toMatch('1:1 the text is empty');
  });

  it('refuses deep nesting instead of failing', () => {
    expect(errorOf(`path "a" { required_parameters = ${'['.repeat(100_000)} }`)).toMatch('nested more than');
    expect(errorOf(`{"path": ${'{"a":'.repeat(100_000)}`)).toMatch('nested more than');
  });

  it('gives the policy root no text', () => {
    expect(parsePolicy('root', '', 'vault-2')).toMatchObject({ isRoot: true, stanzas: [] });
  });
});

describe('decodePolicyText', () => {
  it('decodes what is valid base64, with line ends, and nothing else', () => {
    expect(decodePolicyText(Buffer.from('path "a" {}').toString('base64'))).toBe('path "a" {}');
    expect(decodePolicyText('cGF0\ncA==\n')).toBe('patp');
    expect(decodePolicyText('path "a" {}')).toBe('path "a" {}');
    expect(decodePolicyText('abc')).toBe('abc');
  });
});
