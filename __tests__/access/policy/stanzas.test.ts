import { parsePolicy } from '../../../access/policy/parse-policy';
import type { Stanza } from '../../../access/policy/policy';
import type { Server } from '../../../access/servers';

const all: readonly Server[] = ['vault-1.21', 'vault-2', 'openbao-2.7'];
const stanza = (body: string, server: Server = 'openbao-2.7'): Stanza | undefined =>
  parsePolicy('p', `path "a" { ${body} }`, server).stanzas[0];

const empty = {
  path: 'a',
  position: { line: 1, column: 1 },
  capabilities: [],
  allowedParameters: new Map(),
  deniedParameters: new Map(),
  requiredParameters: [],
  minWrappingTtlSeconds: 0,
  maxWrappingTtlSeconds: 0,
  paginationLimit: 0,
  subscribeEventTypes: [],
  mfaMethods: [],
};

describe('a stanza', () => {
  it.each(all)('of %s has nothing that is not written', (server) => {
    expect(stanza('', server)).toEqual(empty);
  });

  it('has all its attributes', () => {
    expect(
      stanza(`comment = "x", capabilities = ["list", "read"], allowed_parameters = { A = ["v"], "*" = [] }
        denied_parameters = { B = [] }, required_parameters = ["C"], min_wrapping_ttl = "1m", max_wrapping_ttl = 90
        mfa_methods = ["M"], pagination_limit = "0x10", expiration = 5, list_scan_response_keys_filter_path = "{{ x.key }}"`),
    ).toEqual({
      ...empty,
      comment: 'x',
      capabilities: ['read', 'list'],
      allowedParameters: new Map([
        ['a', ['v']],
        ['*', []],
      ]),
      deniedParameters: new Map([['b', []]]),
      requiredParameters: ['c'],
      minWrappingTtlSeconds: 60,
      maxWrappingTtlSeconds: 90,
      mfaMethods: ['M'],
      paginationLimit: 16,
      expiresAt: 5000,
      listFilterPath: '{{ x.key }}',
    });
    expect(stanza('subscribe_event_types = ["*"]', 'vault-2')).toEqual({ ...empty, subscribeEventTypes: ['*'] });
  });

  it('has empty texts as if they were not written', () => {
    expect(
      stanza('policy = "", expiration = "", list_scan_response_keys_filter_path = "", min_wrapping_ttl = ""'),
    ).toEqual(empty);
  });

  it('that denies keeps its comment and its end, and is checked like others', () => {
    const conditions =
      'required_parameters = ["a"], min_wrapping_ttl = "2m", max_wrapping_ttl = "1m", pagination_limit = 1';
    expect(stanza(`policy = "deny", comment = "x", expiration = 5, ${conditions}, capabilities = ["bogus"]`)).toEqual({
      ...empty,
      capabilities: ['deny'],
      comment: 'x',
      expiresAt: 5000,
    });
    expect(() => stanza('policy = "deny", required_parameters = 5')).toThrow('required_parameters must be a list');
    expect(() => stanza('policy = "deny", control_group {}')).toThrow('control_group needs a factor');
    expect(stanza('policy = "deny", control_group {}', 'vault-2')).toEqual({ ...empty, capabilities: ['deny'] });
  });

  it.each([
    ['read', ['read', 'list']],
    ['write', ['create', 'read', 'update', 'delete', 'list']],
    ['sudo', ['create', 'read', 'update', 'delete', 'list', 'sudo']],
    ['deny', ['deny']],
  ])('with the policy %s has %j', (policy, capabilities) => {
    expect(stanza(`policy = "${policy}"`)?.capabilities).toEqual(capabilities);
  });

  it.each([
    ['vault-1.21', 'create read update patch delete list sudo recover subscribe'],
    ['vault-2', 'create read update patch delete list sudo recover subscribe'],
    ['openbao-2.7', 'create read update patch delete list scan sudo'],
  ] as const)('of %s can have the capabilities %s', (server, words) => {
    const capabilities = words.split(' ');
    const list = JSON.stringify([...capabilities].reverse());
    expect(stanza(`capabilities = ${list}`, server)?.capabilities).toEqual(capabilities);
  });

  it.each([
    ['comment = "a", comment = "b"', { comment: 'b' }],
    ['comment = 5', {}],
    ['comment = <<E\nx\nE\n', { comment: 'x\n' }],
    ['comment "x" {}', {}],
    ['policy = "read", policy = "write", policy = ""', {}],
    [
      'required_parameters = ["a"], required_parameters = ["b"], required_parameters = []',
      { requiredParameters: ['a', 'b'] },
    ],
    ['pagination_limit = 5, pagination_limit = 7', { paginationLimit: 7 }],
    ['max_wrapping_ttl = "5s", max_wrapping_ttl = 7', { maxWrappingTtlSeconds: 7 }],
    [
      'allowed_parameters = { a = ["x"] }, allowed_parameters { a = ["y"] }, allowed_parameters = { b = [] }',
      {
        allowedParameters: new Map([
          ['a', ['x', 'y']],
          ['b', []],
        ]),
      },
    ],
    ['allowed_parameters "a" {}', { allowedParameters: new Map([['a', [{}]]]) }],
    ['allowed_parameters { a { b = 1 } }', { allowedParameters: new Map([['a', [{ b: 1 }]]]) }],
    ['denied_parameters = { "Ä" = [] }', { deniedParameters: new Map([['ä', []]]) }],
  ])('of OpenBao with %s has %j', (body, expected) => {
    expect(stanza(body)).toEqual({ ...empty, ...expected });
  });
});

describe('a control group', () => {
  const group = (body: string, server: Server) =>
    stanza(`capabilities = ["read", "update"], ${body}`, server)?.controlGroup;
  const factor = (name: string, approvals = 1): string =>
    `factor "${name}" { controlled_capabilities = ["read", "update"], identity { group_names = ["g", "h"], approvals = ${approvals} } }`;
  const expected = (name: string, approvals = 1) => ({
    ...{ name, capabilities: ['read', 'update'], groupNames: ['g', 'h'], groupIds: [], approvals },
  });

  it.each(all)('of %s has its factors', (server) => {
    expect(group(`control_group { ${factor('a')}, ${factor('b', 2)} }`, server)).toEqual({
      ttlSeconds: 0,
      selfApproval: false,
      factors: [expected('a'), expected('b', 2)],
    });
  });

  it('of OpenBao may be approved by who requests, and counts as it is written last', () => {
    expect(group(`control_group { ttl = 5, self_auth_allowed = true, ${factor('a')} }`, 'openbao-2.7')).toEqual({
      ttlSeconds: 5,
      selfApproval: true,
      factors: [expected('a')],
    });
    const two = `control_group { ttl = 5, ${factor('a')} } control_group { ${factor('b')} }`;
    expect(group(two, 'openbao-2.7')).toEqual({ ttlSeconds: 0, selfApproval: false, factors: [expected('b')] });
    expect(group(two, 'vault-2')).toEqual({
      ttlSeconds: 5,
      selfApproval: false,
      factors: [expected('a'), expected('b')],
    });
  });

  it('of OpenBao is about operations that exist, of Vault about capabilities of the stanza', () => {
    const about = (capability: string): string =>
      `control_group { factor "f" { controlled_capabilities = ["${capability}"], identity { group_names = ["g"], approvals = 1 } } }`;
    const known =
      'create read update patch delete list scan help alias-lookahead resolve-role header revoke renew rollback';
    for (const operation of known.split(' ')) {
      expect(group(about(operation), 'openbao-2.7')?.factors[0]?.capabilities).toEqual([operation]);
    }
    expect(() => group(about('sudo'), 'openbao-2.7')).toThrow('has "sudo", which does not exist');
    expect(group(about('update'), 'vault-2')?.factors[0]?.capabilities).toEqual(['update']);
    expect(() => group(about('list'), 'vault-2')).toThrow('has "list", which the stanza does not grant');
  });

  it('of Vault is about all capabilities, groups by their ids, and factors of an object', () => {
    const body =
      'control_group { self_auth_allowed = 5, x = 1, factor = { a = { y = 1, identity = { group_ids = ["i"], approvals = 2 } } } }';
    expect(group(body, 'vault-2')).toEqual({
      ttlSeconds: 0,
      selfApproval: false,
      factors: [{ name: 'a', capabilities: [], groupNames: [], groupIds: ['i'], approvals: 2 }],
    });
  });
});
