import { textMapOf, textsOf, type ApiObject } from '../../../access/principals/api-values';
import { loginCollections, loginObject, methodSettings, tokenRole } from '../../../access/principals/login-object';
import { tokenSettings } from '../../../access/principals/token-settings';

const loginOf = (type: string, collection: string, data: ApiObject = {}, name = 'n') =>
  loginObject({ type, mount: 'm', collection, name }, data);

describe('a login', () => {
  it.each<[type: string, collections: readonly string[] | undefined]>([
    ['approle', ['role']],
    ['kubernetes', ['role']],
    ['jwt', ['role']],
    ['oidc', ['role']],
    ['aws', ['role']],
    ['cert', ['certs']],
    ['ldap', ['groups', 'users']],
    ['userpass', ['users']],
    ['radius', undefined],
    ['toString', undefined],
  ])('of %s is in %j', (type, collections) => {
    expect(loginCollections(type)).toEqual(collections);
    for (const collection of collections ?? []) expect(loginOf(type, collection)).toBeDefined();
    expect(loginOf(type, 'other')).toBeUndefined();
  });

  it.each<[type: string, collection: string, data: ApiObject, kind: string]>([
    ['approle', 'role', {}, 'approle'],
    ['ldap', 'groups', {}, 'ldap-group'],
    ['ldap', 'users', {}, 'ldap-user'],
    // Both methods are one plugin, whose roles are OIDC roles by default.
    ['jwt', 'role', {}, 'oidc'],
    ['jwt', 'role', { role_type: 'jwt' }, 'jwt'],
    ['oidc', 'role', { role_type: 'jwt' }, 'jwt'],
    ['oidc', 'role', {}, 'oidc'],
    // Other methods have no such setting.
    ['cert', 'certs', { role_type: 'jwt' }, 'cert'],
    ['userpass', 'users', {}, 'userpass'],
  ])('of %s in %s with %j is of the kind %s', (type, collection, data, kind) => {
    expect(loginOf(type, collection, data)).toMatchObject({ kind, mount: 'm', collection, name: 'n' });
  });

  it.each<[type: string, collection: string, data: ApiObject, names: readonly string[]]>([
    ['approle', 'role', { role_id: 'id' }, ['id']],
    ['approle', 'role', {}, ['*']],
    ['aws', 'role', { role_id: 'id' }, ['id']],
    ['aws', 'role', {}, ['*']],
    ['cert', 'certs', {}, ['*']],
    ['ldap', 'groups', {}, ['*']],
    ['ldap', 'users', {}, ['n']],
    ['userpass', 'users', {}, ['n']],
    ['kubernetes', 'role', { bound_service_account_names: ['a'], bound_service_account_namespaces: ['s'] }, ['*']],
    [
      'kubernetes',
      'role',
      {
        alias_name_source: 'serviceaccount_name',
        bound_service_account_names: ['a', 'b'],
        bound_service_account_namespaces: ['s', 't'],
      },
      ['s/a', 's/b', 't/a', 't/b'],
    ],
    ['jwt', 'role', { user_claim: 'sub', bound_subject: 'ann' }, ['ann']],
    ['jwt', 'role', { user_claim: 'sub', bound_subject: '' }, ['*']],
    ['jwt', 'role', { user_claim: 'email', bound_subject: 'ann' }, ['*']],
    ['jwt', 'role', { user_claim: 'sub' }, ['*']],
    ['oidc', 'role', { user_claim: 'email', bound_claims: { email: ['a@x', 'b@x'] } }, ['a@x', 'b@x']],
    ['oidc', 'role', { user_claim: 'email', bound_claims: { email: 'a@x' } }, ['a@x']],
    ['oidc', 'role', { user_claim: 'email', bound_claims: { group: ['g'] } }, ['*']],
    ['oidc', 'role', { bound_claims: { undefined: ['g'] } }, ['*']],
    ['oidc', 'role', { user_claim: 'email' }, ['*']],
  ])('of %s in %s with %j has clients with the names %j', (type, collection, data, names) => {
    expect(loginOf(type, collection, data)?.aliasNames).toEqual(names);
  });

  it.each<[data: ApiObject, policies: readonly string[]]>([
    [{ token_policies: ['a'], policies: ['b'] }, ['a']],
    [{ token_policies: [], policies: ['b'] }, ['b']],
    [{ policies: 'a, b' }, ['a', 'b']],
    [{}, []],
  ])('with %j has the policies %j', (data, policies) => {
    expect(loginOf('userpass', 'users', data)?.policies).toEqual(policies);
    expect(methodSettings('m', data)).toEqual({ mount: 'm', policies, noDefaultPolicy: false });
  });

  it('lacks the policy `default` only if it says so', () => {
    expect(
      [true, false, 'true', undefined].map(
        (value) => loginOf('cert', 'certs', { token_no_default_policy: value })?.noDefaultPolicy,
      ),
    ).toEqual([true, false, false, false]);
    expect(methodSettings('m', { token_no_default_policy: true }).noDefaultPolicy).toBe(true);
  });
});

describe('a token role', () => {
  it('has the lists of the API', () => {
    expect(
      tokenRole('t', {
        allowed_policies: ['a'],
        allowed_policies_glob: ['b*'],
        disallowed_policies: 'c,d',
        disallowed_policies_glob: ['e*'],
        token_no_default_policy: true,
      }),
    ).toEqual({
      name: 't',
      allowedPolicies: ['a'],
      allowedPoliciesGlob: ['b*'],
      disallowedPolicies: ['c', 'd'],
      disallowedPoliciesGlob: ['e*'],
      noDefaultPolicy: true,
    });
    expect(tokenRole('t', {}).noDefaultPolicy).toBe(false);
  });
});

describe('values of the API', () => {
  it.each<[unknown, readonly string[]]>([
    ['a', ['a']],
    [' a, b ,', ['a', 'b']],
    ['', []],
    [
      ['a', 1, 'b'],
      ['a', 'b'],
    ],
    [{ a: 'b' }, []],
    [null, []],
  ])('%j are the texts %j', (value, texts) => {
    expect(textsOf(value)).toEqual(texts);
  });

  it.each<[unknown, Readonly<Record<string, string>>]>([
    [{ a: 'x', b: 1 }, { a: 'x' }],
    [['x'], {}],
    [null, {}],
    ['x', {}],
  ])('%j are the texts %j by key', (value, texts) => {
    expect(textMapOf(value)).toEqual(texts);
  });
});

describe('settings of tokens', () => {
  const zero = { type: 'default', ttlSeconds: 0, maxTtlSeconds: 0, periodSeconds: 0, explicitMaxTtlSeconds: 0 };

  it.each<[ApiObject, object | undefined]>([
    [{}, zero],
    [{ token_ttl: null }, zero],
    [
      { token_ttl: '1h', token_type: 'service' },
      { ...zero, ttlSeconds: 3600, type: 'service' },
    ],
    [
      { token_max_ttl: 60, token_type: 'default-batch' },
      { ...zero, maxTtlSeconds: 60 },
    ],
    [
      { token_period: '60', token_type: 'batch' },
      { ...zero, periodSeconds: 60, type: 'batch' },
    ],
    [{ token_explicit_max_ttl: '2m' }, { ...zero, explicitMaxTtlSeconds: 120 }],
    [{ token_ttl: 'soon' }, undefined],
    [{ token_max_ttl: 'soon' }, undefined],
    [{ token_period: 'soon' }, undefined],
    [{ token_explicit_max_ttl: 'soon' }, undefined],
    [{ token_ttl: true }, undefined],
  ])('of %j are %j', (data, settings) => {
    expect(tokenSettings(data)).toEqual(settings);
  });
});
