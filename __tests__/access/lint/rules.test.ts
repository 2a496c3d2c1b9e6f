import { lint } from '../../../access/lint/lint';
import type { AccessModel, TokenSettings } from '../../../access/principals/access-model';
import { policyModel, yamlModel } from './example-model';
import { findingsOf, messagesOf, now, reported } from './findings-of';

describe('literal-wildcard', () => {
  it.each([
    ['a/*/b', true],
    ['a/b*c', true],
    ['a/b+', true],
    ['a/+b/c', true],
    ['a/*', false],
    ['*', false],
    ['a/+/b', false],
    ['+/b*', false],
    ['a/{{identity.entity.metadata.a+b*c}}', false],
    ['a/{{identity.entity.id}}*', false],
    ['a/*{{identity.entity.id}}*', true],
  ])('is about %s: %s', (path, expected) => {
    expect(reported('literal-wildcard', [path])).toEqual(expected ? [path] : []);
  });
});

describe('literal-wildcard in a segment', () => {
  it('names the segment', () => {
    expect(messagesOf(policyModel('path "a/+b/c" { capabilities = ["read"] }'), 'literal-wildcard')).toEqual([
      '"a/+b/c" has the segment +b, in which + matches only a +: write + as a whole segment',
    ]);
  });
});

describe('list-without-slash', () => {
  it.each([
    ['a list', true],
    ['a/ list', false],
    ['a* list', false],
    ['a read', false],
  ])('is about %s: %s', (stanza, expected) => {
    expect(reported('list-without-slash', [stanza])).toHaveLength(expected ? 1 : 0);
  });
});

describe('create-without-update', () => {
  it.each([
    ['a create', true],
    ['a create,update', false],
    ['a update', false],
  ])('is about %s: %s', (stanza, expected) => {
    expect(reported('create-without-update', [stanza])).toHaveLength(expected ? 1 : 0);
  });
});

describe('value-constraint', () => {
  it.each([
    ['allowed_parameters = { "a" = ["x"] }', true],
    ['denied_parameters = { "a" = ["x"] }', true],
    ['allowed_parameters = { "a" = [] }', false],
    ['allowed_parameters = { "a" = [], "b" = ["x"] }', true],
    ['required_parameters = ["a"]', false],
  ])('is about %s: %s', (attribute, expected) => {
    const model = policyModel(`path "a" {\n  capabilities = ["update"]\n  ${attribute}\n}`);
    expect(messagesOf(model, 'value-constraint')).toHaveLength(expected ? 1 : 0);
  });
});

describe('dropped-template', () => {
  it.each([
    ['identity.entity.id', true],
    ['identity.entity.name', true],
    ['identity.entity.metadata.team', true],
    ['identity.entity.aliases.auth_kubernetes_1.id', true],
    ['identity.entity.aliases.auth_kubernetes_1.name', true],
    ['identity.entity.aliases.auth_kubernetes_1.metadata.ns', true],
    ['identity.entity.aliases.auth_kubernetes_1.custom_metadata.ns', true],
    ['identity.groups.ids.1234.name', true],
    ['identity.groups.names.ops.id', true],
    ['identity.groups.names.ops.metadata.zone', true],
    ['time.now', true],
    ['time.now.plus.1h', true],
    ['time.now.minus.1h', true],
    ['identity.entity', false],
    ['identity.entity.metadata', false],
    ['identity.entity.metadata.', false],
    ['identity.entity.idx', false],
    ['xidentity.entity.id', false],
    ['identity.entity.aliases..id', false],
    ['identity.entity.aliases.a', false],
    ['identity.groups.other.ops.id', false],
    ['identity.groups.names.ops', false],
    ['time.nowadays', false],
    ['time.now.plus', false],
    ['time.now.times.2', false],
  ])('is not about {{%s}}: %s', (template, exists) => {
    const path = `a/{{${template}}}/x`;
    expect(reported('dropped-template', [path])).toEqual(exists ? [] : [path]);
  });

  it('names the templates of a denial, which denies nothing for others', () => {
    const path = 'a/{{identity.entity.id}}/{{ identity.entity.name }}';
    expect(messagesOf(policyModel(`path "${path}" { capabilities = ["deny"] }`), 'dropped-template')).toEqual([
      `"${path}" denies nothing for tokens whose identity lacks a value for identity.entity.id, identity.entity.name: deny a path without templates`,
    ]);
    expect(reported('dropped-template', ['a deny', 'b read'])).toEqual([]);
  });

  it('names the template that does not exist', () => {
    expect(messagesOf(policyModel('path "a/{{ x }}" { capabilities = ["read"] }'), 'dropped-template')).toEqual([
      '"a/{{ x }}" has the template x, which does not exist, so the stanza never counts: use identity.entity, identity.groups or time.now',
    ]);
  });
});

describe('rules about KV version 2', () => {
  const model = (path: string, capability: string): AccessModel => ({
    ...policyModel(`path "${path}" { capabilities = ["${capability}"] }`),
    mounts: [
      { path: 'one/', type: 'kv' },
      { path: 'two/kv/', type: 'kv-v2' },
    ],
  });

  it.each([
    ['two/kv/app', true],
    ['two/kv/app/*', true],
    ['two/kv/dat', true],
    ['two/kv/databases/*', true],
    ['two/kv/da*/x', true],
    ['two/kv/x*', true],
    ...['data', 'metadata', 'delete', 'undelete', 'destroy', 'subkeys'].map((word): [string, boolean] => [
      `two/kv/${word}/app`,
      false,
    ]),
    ['two/kv/config', false],
    ['two/kv/d*', false],
    ['two/kv/*', false],
    ['two/kv/+/app', false],
    ['two/kv/{{identity.entity.name}}/app', false],
    ['two/kv/', false],
    ['one/app', false],
    ['three/app', false],
  ])('find the missing data/ of %s: %s', (path, expected) => {
    expect(findingsOf(model(path, 'read'), 'kv-without-data').map((finding) => finding.path)).toEqual(
      expected ? [path] : [],
    );
  });

  it('say where the values and the lists are', () => {
    expect(messagesOf(model('two/kv/app/*', 'read'), 'kv-without-data')).toEqual([
      '"two/kv/app/*" matches no path of the KV version 2 engine two/kv/: write "two/kv/data/app/*" for values, and metadata/ for lists',
    ]);
    expect(messagesOf(model('two/kv/data/app/*', 'list'), 'kv-list-on-data')).toEqual([
      '"two/kv/data/app/*" grants list, but KV version 2 lists below metadata/: grant list for "two/kv/metadata/app/*" instead',
    ]);
  });

  it.each([
    ['two/kv/data/app/*', 'read'],
    ['two/kv/metadata/app/*', 'list'],
    ['one/data/*', 'list'],
    ['three/data/*', 'list'],
  ])('find no list below data/ in %s with %s', (path, capability) => {
    expect(messagesOf(model(path, capability), 'kv-list-on-data')).toEqual([]);
  });
});

describe('rules about tokens', () => {
  const settings: TokenSettings = {
    type: 'service',
    ttlSeconds: 60,
    maxTtlSeconds: 600,
    periodSeconds: 0,
    explicitMaxTtlSeconds: 0,
  };
  const withToken = (token: Partial<TokenSettings>): AccessModel => ({
    ...yamlModel('{policies: {}, principals: {}}'),
    principals: [
      { id: 'x', kind: 'approle', mount: 'approle', name: 'x', policies: [], token: { ...settings, ...token } },
    ],
  });

  it.each<[Partial<TokenSettings>, string]>([
    [{}, ''],
    [{ explicitMaxTtlSeconds: 60 }, ''],
    [{ type: 'batch' }, ''],
    [{ type: 'default', periodSeconds: 60 }, ''],
    [
      { type: 'batch', periodSeconds: 60 },
      'x issues batch tokens, which cannot be renewed, but has a period: remove it, or issue service tokens',
    ],
    [
      { type: 'batch', explicitMaxTtlSeconds: 60 },
      'x issues batch tokens, which cannot be renewed, but has an explicit maximum TTL: remove it, or issue service tokens',
    ],
  ])('report %j of batch tokens: %s', (token, message) => {
    expect(messagesOf(withToken(token), 'batch-renewal').join()).toBe(message);
  });

  const forEver = 'tokens of x can be renewed for ever, because they have a period: set an explicit maximum TTL';
  const asServer =
    'tokens of x live as long as the mount or the server allows, 32 days by default: set a TTL and a maximum TTL';
  const unlimited = { ttlSeconds: 0, maxTtlSeconds: 0 };

  it.each<[Partial<TokenSettings>, string]>([
    [{ periodSeconds: 60 }, forEver],
    [{ type: 'default', periodSeconds: 60 }, forEver],
    [{ ...unlimited, periodSeconds: 60 }, forEver],
    [{ type: 'batch', periodSeconds: 60 }, ''],
    [{ ...unlimited, type: 'batch', periodSeconds: 60 }, ''],
    [{ periodSeconds: 60, explicitMaxTtlSeconds: 600 }, ''],
    [{ ...unlimited, periodSeconds: 60, explicitMaxTtlSeconds: 600 }, ''],
    [unlimited, asServer],
    [{ ...unlimited, type: 'batch' }, asServer],
    [{ ttlSeconds: 0 }, ''],
    [{ maxTtlSeconds: 0 }, ''],
    [{ ...unlimited, explicitMaxTtlSeconds: 600 }, ''],
  ])('report %j as unbounded: %s', (token, message) => {
    expect(messagesOf(withToken(token), 'unbounded-ttl').join()).toBe(message);
  });

  it('do not concern principals whose settings are not known', () => {
    const model = yamlModel('{policies: {p: "# nothing"}, principals: {"approle:approle/role/x": [p]}}');
    expect(lint([model], { now }).findings).toEqual([]);
  });
});

describe('rules about holders', () => {
  it('do not concern default and root, which every server has', () => {
    const model = yamlModel(`
policies: { default: 'path "a" { capabilities = ["create"] }', p: '# nothing', q: '# nothing' }
principals: { 'approle:approle/role/x': [default, root, p, gone] }
`);
    expect(lint([model], { now }).findings.map(({ rule, message }) => [rule, message])).toEqual([
      [
        'unknown-policy',
        'approle:approle/role/x has the policy gone, which does not exist and which the server skips: create it, or remove it from the login',
      ],
      [
        'create-without-update',
        '"a" grants create without update, so a second write is denied, and every write where the engine does not check whether the item exists: add "update"',
      ],
      ['unused-policy', 'no login has the policy q: delete it, or give it to one'],
    ]);
  });

  it('leave out the default that the server was created with', () => {
    const model = yamlModel('{policies: {default: \'path "a" { capabilities = ["create"] }\'}, principals: {}}');
    const policies = new Map([...model.policies].map(([name, { policy, text }]) => [name, { policy, text }]));
    expect(lint([{ ...model, policies }], { now }).findings).toEqual([]);
    const other = yamlModel('{policies: {p: \'path "a" { capabilities = ["create"] }\'}, principals: {x: [p]}}');
    const unplaced = new Map([...other.policies].map(([name, { policy, text }]) => [name, { policy, text }]));
    expect(messagesOf({ ...other, policies: unplaced }, 'create-without-update')).toHaveLength(1);
  });

  it('compare policies without the order of their stanzas, but not empty ones', () => {
    const [a, b] = ['path "a" { capabilities = ["read"] }', 'path "b" { capabilities = ["read"] }'];
    const model = yamlModel(
      JSON.stringify({
        policies: { one: `${a}\n${b}`, other: `${b}\n${a}`, third: a, empty: '# nothing', void: '# nothing' },
        principals: { 'approle:approle/role/x': ['one', 'other', 'third', 'empty', 'void'] },
      }),
    );
    expect(findingsOf(model, 'duplicate-policy').map(({ policy }) => policy)).toEqual(['other']);
    expect(messagesOf(model, 'duplicate-policy')[0]).toContain('one');
  });
});
