import { accessModels } from '../../../access/principals/from-terraform';
import { messagesOf, modelOf, origin, policiesById } from './stack';

const text = 'path "a" {\n  capabilities = ["read"]\n}\n';
const write = (path: string, data: unknown) => ({
  path,
  data_json: typeof data === 'string' ? data : JSON.stringify(data),
});

describe('objects of a team’s stack', () => {
  const share = { environment: 'devel', team: 'data' };
  const resource = {
    vault_policy: {
      event_pipeline_ro: { name: 'a', policy: text },
      ['event-pipeline_rw']: { name: 'b', policy: text },
      c: { '//': { metadata: { path: 'stack/shop_front/ro/Resource' } }, name: 'c', policy: text },
    },
  };
  const [model] = accessModels([{ name: 'devel-data', json: { resource } }], {
    originOf: () => ({ ...origin, share }),
  });

  it('belong to the tenant that their construct is named after, or the first part of the name in Terraform', () => {
    const tenants = [...(model?.policies ?? [])].map(([name, { owner }]) => [name, owner?.tenant]);
    expect(Object.fromEntries(tenants)).toEqual({
      a: 'event',
      b: 'event-pipeline',
      c: 'shop_front',
      default: undefined,
    });
    expect(model?.policies.get('b')?.owner).toEqual({ ...share, tenant: 'event-pipeline' });
  });
});

describe('a resource', () => {
  it('that is only read adds nothing', () => {
    const data = { vault_policy: { p: { name: 'p', policy: text } }, vault_mount: { m: { path: 'kv', type: 'kv' } } };
    const model = modelOf({}, { data });
    expect([...model.policies.keys()]).toEqual(['default']);
    expect(model.mounts).toEqual([]);
  });

  it.each([
    ['vault_policy', { name: 'p' }],
    ['vault_policy', { policy: text }],
    ['vault_token_auth_backend_role', { allowed_policies: ['p'] }],
    ['vault_approle_auth_backend_role', { token_policies: ['p'] }],
    ['vault_approle_auth_backend_role', { role_name: 'r', backend: 7, token_policies: ['p'] }],
    ['vault_identity_entity', { policies: ['p'] }],
    ['vault_identity_group', { policies: ['p'] }],
    ['vault_ldap_auth_backend', { path: 7, token_policies: ['p'] }],
    ['vault_unknown', { name: 'p', policy: text }],
  ])('%s with %j adds nothing', (type, values) => {
    const model = modelOf({ [type]: { x: values } });
    expect([...model.policies.keys()]).toEqual(['default']);
    expect(model.principals).toEqual([]);
    expect(model.gaps).toBeUndefined();
  });

  it('has the settings of the API: token role, mount and auth method', () => {
    const model = modelOf({
      vault_token_auth_backend_role: {
        t: {
          ...{ role_name: 't', allowed_policies: ['a'], allowed_policies_glob: ['b*'], token_no_default_policy: true },
          ...{ disallowed_policies: ['b2'], disallowed_policies_glob: ['b3*'] },
        },
      },
      vault_policy: Object.fromEntries(['b1', 'b2', 'b3x'].map((name) => [name, { name, policy: text }])),
      vault_ldap_auth_backend: { l: { token_policies: ['all'] } },
      vault_ldap_auth_backend_user: { u: { username: 'ann', backend: 'ldap/' } },
      vault_approle_auth_backend_role: { r: { backend: '/own/', role_name: 'r' } },
    });
    expect(policiesById(model)).toEqual({
      'approle:own/role/r': ['default'],
      'ldap-user:ldap/users/ann': ['all', 'default'],
      'token-role:token/roles/t': ['a', 'b1'],
    });
  });

  it('of identity has its metadata, and is disabled only if it says so', () => {
    const model = modelOf({
      vault_identity_entity: {
        a: { name: 'a', policies: ['p'], metadata: { k: 'v' }, disabled: false },
        b: { name: 'b', policies: ['p'], disabled: true },
      },
    });
    expect(model.principals.map(({ id, identity }) => [id, identity?.entity?.metadata])).toEqual([
      ['entity:identity/entity/a', { k: 'v' }],
    ]);
  });
});

describe('an object that is written by its path', () => {
  const modelOfWrite = (path: string, data: unknown, type = 'userpass') =>
    modelOf({ vault_auth_backend: { m: { type, path: 'm/n' } }, vault_generic_endpoint: { w: write(path, data) } });

  it.each<[path: string, data: unknown, type: string, ids: readonly string[]]>([
    ['/auth/m/n/users/ann/', { token_policies: ['p'] }, 'userpass', ['userpass:m/n/users/ann']],
    ['auth/m/n/certs/c', { token_policies: ['p'] }, 'cert', ['cert:m/n/certs/c']],
    ['auth/m/n/groups/g', { policies: 'p' }, 'ldap', ['ldap-group:m/n/groups/g']],
    ['auth/m/n/role/r', { token_policies: ['p'] }, 'aws', ['aws:m/n/role/r']],
    ['auth/m/n/role/r/role-id', { role_id: 'x' }, 'approle', []],
    ['auth/token/roles/t', { allowed_policies: ['p'] }, 'userpass', ['token-role:token/roles/t']],
    ['auth/token/roles/t/x', { allowed_policies: ['p'] }, 'userpass', []],
    ['identity/entity/name/e', { policies: ['p'] }, 'userpass', ['entity:identity/entity/e']],
    ['identity/entity/name/e', { policies: ['p'], disabled: true }, 'userpass', []],
    ['identity/entity/id/e', { policies: ['p'] }, 'userpass', []],
    ['identity/group/name/g', { policies: ['p'] }, 'userpass', ['group:identity/group/g']],
    ['identity/group/name/g/x', { policies: ['p'] }, 'userpass', []],
    ['x/identity/group/name/g', { policies: ['p'] }, 'userpass', []],
    ['kv/auth/m/n/users/ann', { token_policies: ['p'] }, 'userpass', []],
    ['identity/group/name/g', 'no JSON', 'userpass', []],
    ['identity/group/name/g', ['p'], 'userpass', []],
    ['auth/m/n/users/ann', '7', 'userpass', []],
    ['auth/token/roles/t', '7', 'userpass', []],
    ['identity/entity/name/e', '7', 'userpass', []],
    ['sys/policy/p', '7', 'userpass', []],
  ])('at %s with %j adds, beside an auth method of the type %s, %j', (path, data, type, ids) => {
    const model = modelOfWrite(path, data, type);
    expect(model.principals.map(({ id }) => id)).toEqual(ids);
    expect(model.gaps).toBeUndefined();
  });

  it.each(['sys/policy/team/p', 'sys/policies/acl/team/p'])('at %s is a policy', (path) => {
    const { policies } = modelOfWrite(path, { policy: text });
    expect(policies.get('team/p')).toMatchObject({ text, source: { address: 'stack: vault_generic_endpoint.w' } });
    expect([...modelOfWrite(path, { policy: 7 }).policies.keys()]).toEqual(['default']);
  });

  it('at the configuration of LDAP counts for all of its logins, and that of other methods for none', () => {
    const policiesOf = (type: string, collection: string) =>
      Object.values(
        policiesById(
          modelOf({
            vault_auth_backend: { m: { type, path: 'm' } },
            vault_generic_endpoint: {
              c: write('auth/m/config', { token_policies: ['all'] }),
              u: write(`auth/m/${collection}/ann`, { policies: ['p'] }),
            },
          }),
        ),
      );
    expect(policiesOf('ldap', 'users')).toEqual([['all', 'default', 'p']]);
    expect(policiesOf('userpass', 'users')).toEqual([['default', 'p']]);
  });

  it('in a collection that the auth method does not have is reported', () => {
    expect(messagesOf(modelOfWrite('auth/m/n/certs/c', {}))).toEqual([
      'the auth method at auth/m/n/ is not known, so the login by auth/m/n/certs/c is not either',
    ]);
  });

  it('has members that refer to other objects by their ids', () => {
    const model = modelOf({
      vault_generic_endpoint: {
        entity: write('identity/entity/name/e', { policies: ['e'], metadata: { k: 'v' } }),
        inner: write('identity/group/name/inner', {
          policies: ['i'],
          member_entity_ids: ['stack: vault_generic_endpoint.entity.id'],
        }),
        outer: write('identity/group/name/outer', {
          policies: ['o'],
          member_group_ids: ['stack: vault_generic_endpoint.inner.id'],
        }),
      },
    });
    expect(policiesById(model)['entity:identity/entity/e']).toEqual(['e', 'i', 'o']);
    expect(model.principals[0]?.identity?.entity?.metadata).toEqual({ k: 'v' });
  });

  it('with references that cannot be resolved is reported where they matter', () => {
    const gapsOf = (path: string, data: unknown = {}) => messagesOf(modelOfWrite(path, data));
    const unknownPath = (beginning: string) =>
      `the path that is written has a reference that cannot be resolved after \`${beginning}\``;
    expect(gapsOf('${var.x}/y')).toEqual([unknownPath('')]);
    expect(gapsOf('sys/${var.x}')).toEqual([unknownPath('sys/')]);
    expect(gapsOf('sys/policies/acl/${var.x}')).toEqual([unknownPath('sys/policies/acl/')]);
    expect(gapsOf('identity/group/name/${var.x}')).toEqual([unknownPath('identity/group/name/')]);
    expect(gapsOf('kv/${var.x}')).toEqual([]);
    expect(gapsOf('kv/data/x', '{"a":"${var.x}"}')).toEqual([]);
    expect(gapsOf('auth/m/n/config', '{"a":"${var.x}"}')).toEqual([]);
    expect(gapsOf('identity/group/name/g', '{"a":"${var.x}"}')).toEqual([
      'the argument `data_json` has a reference `{"a":"${var.x}"}` that cannot be resolved',
    ]);
  });
});
