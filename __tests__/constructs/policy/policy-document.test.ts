import { PolicyDocument, type PolicyStatement } from '../../../constructs/policy/policy-document';

const document = (...statements: PolicyStatement[]): PolicyDocument => {
  const result = new PolicyDocument('example');
  for (const statement of statements) result.addStatement(statement);
  return result;
};

describe('policy text', () => {
  it('has one block for each path, in the order of the grants', () => {
    const text = document(
      { path: 'v1/devel/kv/data/b', capabilities: ['read'] },
      { path: 'v1/devel/kv/data/a/*', capabilities: ['read', 'update'], reason: 'Rotates its keys' },
    ).toHcl();
    expect(text).toBe(`path "v1/devel/kv/data/b" {
  capabilities = ["read"]
}

# Rotates its keys
path "v1/devel/kv/data/a/*" {
  capabilities = ["read", "update"]
}
`);
  });

  it('writes capabilities in a fixed order, each once', () => {
    const text = document({ path: 'a', capabilities: ['sudo', 'read', 'create', 'read'] }).toHcl();
    expect(text).toContain('capabilities = ["create", "read", "sudo"]');
  });
});

describe('a rule for wrapped responses', () => {
  it('requires wrapping, and permits the list that Vault decides by the same rule', () => {
    const text = document({ path: 'a', capabilities: ['update', 'list'], maxWrappingTtl: '15m' }).toHcl();
    expect(text).toBe(`path "a" {
  capabilities = ["update", "list"]
  min_wrapping_ttl = "1s"
  max_wrapping_ttl = "15m"
}
`);
  });
});

describe('a list', () => {
  it.each(['a/', 'a/*', 'a*', '*'])('is of the folder %j', (path) => {
    expect(document({ path, capabilities: ['list'] }).toHcl()).toContain('capabilities = ["list"]');
  });
});

describe('a policy refuses', () => {
  it('two rules for one path', () => {
    const twice = () => document({ path: 'a', capabilities: ['read'] }, { path: 'a', capabilities: ['delete'] });
    expect(twice).toThrow(/policy example: the policy has two rules for one path/);
  });

  it('a rule that allows nothing', () => {
    expect(() => document({ path: 'a', capabilities: [] })).toThrow(/has no capabilities/);
  });

  it.each([
    ['a/*/b', /not the last character/],
    ['a/b+', /not a whole segment/],
    ['a/+b/c', /not a whole segment/],
    ['a/+*', /not a whole segment/],
    ['/a', /empty or contains characters/],
    ['a b', /empty or contains characters/],
    ['a"b', /empty or contains characters/],
    ['a//b', /no request has/],
    ['a/../b', /no request has/],
    ['a/.', /no request has/],
    ['a/{{identity.entity.nickname}}', /unknown template/],
    ['a/{{identity.entity.metadata.team/b}}', /unknown template/],
    ['a/{{identity.groups.names.ops.id}}', /unknown template/],
    ['a/{{ identity.entity.name }}', /unknown template/],
    ['a/x-{{identity.entity.name}}', /unknown template/],
    ['a/{{identity.entity.name}}*', /unknown template/],
    ['a/{b}', /unknown template/],
    ['a/$b', /empty or contains characters/],
    ['a/${b}', /unknown template/],
    ['', /empty or contains characters/],
  ])('the path %j, which the server reads in another way than it looks', (path, message) => {
    expect(() => document({ path, capabilities: ['read'] })).toThrow(message);
  });

  it.each(['a/docs', 'a/+/docs', 'docs'])('a list of %j, which reads like one document', (path) => {
    expect(() => document({ path, capabilities: ['read', 'list'] })).toThrow(/end the path with `\/`/);
  });

  it('and reports all problems of a rule at once', () => {
    const build = () => document({ path: 'a b', capabilities: ['read', 'deny'], reason: 'two\nlines' });
    expect(build).toThrow(/overrides the other[^]*contains characters[^]*not a one-line comment/);
  });

  it('a rule that allows and denies', () => {
    expect(() => document({ path: 'a', capabilities: ['read', 'deny'] })).toThrow(/overrides the other capabilities/);
  });

  it.each([
    'Why\npath "*" { capabilities = ["sudo"] }',
    'Why\r',
    'Why\u2028',
    '${file("/etc/passwd")}',
    '%{ if true }',
  ])('the reason %j, which would be more than a comment', (reason) => {
    expect(() => document({ path: 'a', capabilities: ['read'], reason })).toThrow(/not a one-line comment/);
  });

  it.each([
    'a',
    'a/*',
    'a/+/b',
    '+/b',
    'a/+',
    'a/+/b*',
    'a/{{identity.entity.id}}',
    '{{identity.entity.name}}/a',
    'a/{{identity.entity.metadata.team-name}}/*',
  ])('but not the path %j', (path) => {
    expect(document({ path, capabilities: ['read'] }).toHcl()).toContain(`path "${path}"`);
  });
});
