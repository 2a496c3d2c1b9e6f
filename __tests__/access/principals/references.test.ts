import {
  Resources,
  resourcesOfJson,
  withoutSlashes,
  type Resource,
} from '../../../access/principals/terraform/resources';
import { messagesOf, modelOf, policiesById } from './stack';

const resource = (type: string, name: string, values: Resource['values'], mode: Resource['mode'] = 'resource') => ({
  ...{ mode, type, name, values },
});

/** A resource with an argument, beside others. */
const resolved = (value: unknown, ...others: readonly Resource[]) => {
  const own = resource('vault_policy', 'own', { value });
  const resources = new Resources('stack', [own, ...others]);
  return { value: resources.resolved(own, ['value']).value, messages: resources.gaps.map(({ message }) => message) };
};

describe('an argument', () => {
  const others = [
    resource('vault_policy', 'p', { name: 'reader', text: '${vault_mount.kv.path}/data' }),
    resource('vault_mount', 'kv', { path: 'v1/kv', options: { version: '2' } }),
    resource('vault_auth_backend', 'k', { type: 'kubernetes' }),
    resource('vault_auth_backend', 'own', { type: 'approle', path: '/own/' }),
    resource('vault_jwt_auth_backend', 'j', {}),
    resource('vault_ldap_auth_backend', 'l', {}),
    resource('vault_auth_backend', 'd', { path: 'app.role/', accessor: 'auth_approle_1' }, 'data'),
    resource('vault_identity_entity', 'e', {}),
    resource('vault_policy', 'loop', { name: '${vault_policy.loop.name}' }),
  ];

  it.each<[value: unknown, expected: unknown]>([
    ['text', 'text'],
    [7, 7],
    [true, true],
    ['${vault_policy.p.name}', 'reader'],
    ['${ vault_policy.p.name }', 'reader'],
    // The id of a policy is its name, and the id of a mount its path.
    ['${vault_policy.p.id}', 'reader'],
    ['${vault_mount.kv.id}/x', 'v1/kv/x'],
    ['${vault_policy.p.text}', 'v1/kv/data'],
    ['a-${vault_policy.p.name}-${vault_mount.kv.path}', 'a-reader-v1/kv'],
    ['${vault_auth_backend.k.path}', 'kubernetes'],
    ['${vault_auth_backend.k.id}', 'kubernetes'],
    ['${vault_auth_backend.own.path}', '/own/'],
    ['${vault_auth_backend.own.id}', 'own'],
    ['${vault_jwt_auth_backend.j.path}', 'jwt'],
    ['${vault_ldap_auth_backend.l.path}', 'ldap'],
    ['${data.vault_auth_backend.d.accessor}', 'auth_approle_1'],
    ['${vault_auth_backend.own.accessor}', 'auth_own'],
    ['${vault_ldap_auth_backend.l.accessor}', 'auth_ldap'],
    ['${vault_identity_entity.e.accessor}', 'stack:vault_identity_entity.e.accessor'],
    ['${vault_identity_entity.e.id}', 'stack:vault_identity_entity.e.id'],
    [
      ['${vault_policy.p.name}', 'x'],
      ['reader', 'x'],
    ],
    [
      ['x', 7],
      ['x', 7],
    ],
    [
      { a: '${vault_policy.p.name}', b: ['x'] },
      { a: 'reader', b: ['x'] },
    ],
    // Escaped, so no references.
    ['$${vault_policy.p.name}', '${vault_policy.p.name}'],
    ['%%{if}', '%{if}'],
    ['$$${vault_policy.p.name}', '$${vault_policy.p.name}'],
  ])('%j is %j', (value, expected) => {
    expect(resolved(value, ...others)).toEqual({ value: expected, messages: [] });
  });

  it.each<[value: unknown, shown: string]>([
    ['${var.x}', ' `${var.x}`'],
    ['${vault_policy.other.name}', ' `${vault_policy.other.name}`'],
    ['${vault_policy.p.other}', ' `${vault_policy.p.other}`'],
    ['${vault_identity_entity.e.path}', ' `${vault_identity_entity.e.path}`'],
    ['${upper(vault_policy.p.name)}', ' `${upper(vault_policy.p.name)}`'],
    ['${x.vault_policy.p.name}', ' `${x.vault_policy.p.name}`'],
    ['${vault_policy.p.name[0]}', ' `${vault_policy.p.name[0]}`'],
    [{ a: 'x', b: '${var.x}' }, ''],
    [`\${var.x}${'x'.repeat(92)}`, ''],
    [`\${var.x}${'x'.repeat(91)}`, ` \`\${var.x}${'x'.repeat(91)}\``],
    ['${vault_auth_backend.d.accessor}', ' `${vault_auth_backend.d.accessor}`'],
    ['${vault_policy.loop.name}', ' `${vault_policy.loop.name}`'],
    ['%{ if x }a%{ endif }', ' `%{ if x }a%{ endif }`'],
    ['${"${vault_policy.p.name}"}', ' `${"${vault_policy.p.name}"}`'],
    [['x', '${var.x}'], ''],
    [{ a: '${var.x}' }, ''],
    [`\${var.x}${'x'.repeat(100)}`, ''],
  ])('%j is not known, which is reported', (value, shown) => {
    expect(resolved(value, ...others)).toEqual({
      value: undefined,
      messages: [`the argument \`value\` has a reference${shown} that cannot be resolved`],
    });
  });

  it.each([null, undefined])('that is %s is not there', (value) => {
    expect(resolved(value)).toEqual({ value: undefined, messages: [] });
  });

  it('has an accessor that can be part of a template, the same in all stacks', () => {
    const method = resource('vault_auth_backend', 'x', { path: 'a.b/c', type: 'approle' });
    const accessors = ['one', 'two'].map((stack) => new Resources(stack, [method]).generated(method, 'accessor'));
    expect(accessors).toEqual(['auth_a_46_b_47_c', 'auth_a_46_b_47_c']);
  });
});

describe('resources of JSON', () => {
  it('are those of Vault, with the path of their construct in the stack', () => {
    const values = { '//': { metadata: { path: 'stack/tenant/ro/Resource' } } };
    const json = {
      resource: { vault_policy: { p: values, q: {}, broken: 'x' }, aws_instance: { i: {} }, vault_mount: [] },
      data: { vault_auth_backend: { a: {} } },
      output: { vault_policy: { o: {} } },
    };
    expect(resourcesOfJson('stack', json).all).toEqual([
      { mode: 'resource', type: 'vault_policy', name: 'p', values, constructPath: 'tenant/ro/Resource' },
      { mode: 'resource', type: 'vault_policy', name: 'q', values: {} },
      { mode: 'data', type: 'vault_auth_backend', name: 'a', values: {} },
    ]);
    expect([undefined, [], 'x', { resource: [] }].map((one) => resourcesOfJson('stack', one).all)).toEqual([
      [],
      [],
      [],
      [],
    ]);
  });

  it.each([
    ['/a/b/', 'a/b'],
    ['a', 'a'],
    ['//a//', 'a'],
  ])('have the path %s as %s', (path, expected) => {
    expect(withoutSlashes(path)).toBe(expected);
  });
});

describe('engines', () => {
  it('are mounts and the resources that are both, with the type of the server', () => {
    const model = modelOf({
      vault_mount: {
        a: { path: 'kv2/', type: 'kv', options: { version: 2 } },
        b: { path: 'kv1', type: 'kv', options: { version: '1' } },
        c: { path: 'kv', type: 'kv' },
        d: { path: '/pki/', type: 'pki', options: { version: '2' } },
        unknown: { path: '${var.path}', type: 'kv' },
        untyped: { path: 'x' },
      },
      vault_aws_secret_backend: { a: {}, b: { path: 'cloud/' } },
      vault_consul_secret_backend: { a: {} },
      vault_gcp_secret_backend: { a: {} },
      vault_kubernetes_secret_backend: { a: {} },
      vault_ldap_secret_backend: { a: {} },
      vault_nomad_secret_backend: { a: {} },
      vault_rabbitmq_secret_backend: { a: {} },
      vault_terraform_cloud_secret_backend: { a: {} },
    });
    expect(Object.fromEntries(model.mounts.map(({ path, type }) => [path, type]))).toEqual({
      ...{ 'kv/': 'kv', 'kv1/': 'kv', 'kv2/': 'kv-v2', 'pki/': 'pki', 'aws/': 'aws', 'cloud/': 'aws' },
      ...{ 'consul/': 'consul', 'gcp/': 'gcp', 'kubernetes/': 'kubernetes', 'ldap/': 'ldap', 'nomad/': 'nomad' },
      ...{ 'rabbitmq/': 'rabbitmq', 'terraform/': 'terraform' },
    });
    const paths = model.mounts.map(({ path }) => path);
    expect(paths).toEqual([...paths].sort());
  });
});

describe('groups', () => {
  it('have the policies and members of the resources that refer to them', () => {
    const model = modelOf({
      vault_identity_entity: { e: { name: 'one' }, f: { name: 'two' } },
      vault_identity_group: {
        inner: { name: 'inner' },
        outer: { name: 'outer', policies: ['o'] },
        other: { name: 'other', policies: ['x'] },
      },
      vault_identity_group_policies: { p: { group_id: '${vault_identity_group.inner.id}', policies: ['i'] } },
      vault_identity_group_member_entity_ids: {
        m: { group_id: '${vault_identity_group.inner.id}', member_entity_ids: ['${vault_identity_entity.e.id}'] },
      },
      vault_identity_group_member_group_ids: {
        m: { group_id: '${vault_identity_group.outer.id}', member_group_ids: ['${vault_identity_group.inner.id}'] },
      },
    });
    expect(policiesById(model)).toEqual({
      'entity:identity/entity/one': ['i', 'o'],
      'group:identity/group/inner': ['i'],
      'group:identity/group/other': ['x'],
      'group:identity/group/outer': ['o'],
    });
  });

  it('that contain each other end', () => {
    const model = modelOf({
      vault_identity_entity: { e: { name: 'one' } },
      vault_identity_group: {
        a: { name: 'a', policies: ['a'], member_group_ids: ['${vault_identity_group.b.id}'] },
        b: {
          ...{ name: 'b', policies: ['b'], member_entity_ids: ['${vault_identity_entity.e.id}'] },
          member_group_ids: ['${vault_identity_group.a.id}'],
        },
      },
    });
    expect(policiesById(model)['entity:identity/entity/one']).toEqual(['a', 'b']);
  });
});

describe('an alias', () => {
  it('of an auth method that is not known is reported', () => {
    const model = modelOf({
      vault_identity_entity_alias: { a: { name: 'x', mount_accessor: 'auth_x_1', canonical_id: 'e' } },
    });
    expect(model.gaps).toEqual([
      {
        message: 'the auth method with the accessor `auth_x_1` is not known, so neither is the client of the alias',
        source: { address: 'stack: vault_identity_entity_alias.a' },
      },
    ]);
    expect(
      messagesOf(modelOf({ vault_identity_entity_alias: { a: { name: 'x', mount_accessor: 'auth_x_1' } } })),
    ).toEqual([]);
  });

  const clientOf = (bound: Readonly<Record<string, unknown>>, alias: string) => {
    const model = modelOf({
      vault_jwt_auth_backend: { m: { path: 'ci' } },
      vault_jwt_auth_backend_role: { r: { backend: 'ci', role_name: 'r', token_policies: ['p'], ...bound } },
      vault_identity_entity: { e: { name: 'one', policies: ['e'] } },
      vault_identity_entity_alias: {
        a: {
          ...{ name: alias, mount_accessor: '${vault_jwt_auth_backend.m.accessor}' },
          canonical_id: '${vault_identity_entity.e.id}',
        },
      },
    });
    return Object.values(policiesById({ principals: model.principals.filter(({ kind }) => kind === 'oidc') }));
  };

  it.each([
    ['ann', 'ann', true],
    ['ann', 'anna', false],
    ['team-*', 'team-a', true],
    ['team-*', 'ateam-a', false],
    ['*-a', 'team-a', true],
    ['*am*', 'team-a', true],
    ['s*/a', 'shop/a', true],
    ['s*/a', 'shop/ab', false],
    ['s*/a', 'xshop/a', false],
    ['s.*/a', 's.hop/a', true],
    ['s.*/a', 'shop/a', false],
    ['s*/*', 'shop/b', true],
  ])('of a login with the client %s is the one with the name %s: %s', (pattern, name, isClient) => {
    const bound = { user_claim: 'sub', bound_subject: pattern };
    const policies = clientOf(bound, name);
    expect(policies.some((list) => list.includes('e'))).toBe(isClient);
    // All others log in without the entity.
    expect(policies.some((list) => !list.includes('e'))).toBe(!isClient || pattern.includes('*'));
  });
});
