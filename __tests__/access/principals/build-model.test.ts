import { buildModel } from '../../../access/principals/build-model';
import { ServerObjects, type EntityObject, type LoginObject } from '../../../access/principals/server-objects';
import { messagesOf, policiesById } from './stack';

const login: LoginObject = {
  kind: 'userpass',
  mount: 'up',
  collection: 'users',
  name: 'ann',
  policies: ['p'],
  noDefaultPolicy: false,
  aliasNames: ['ann'],
};
const entity: EntityObject = { id: 'e', name: 'one', policies: ['e'], metadata: { team: 'a' }, disabled: false };
const alias = { id: 'a', name: 'ann', mount: 'up', accessor: 'auth_up_1', entityId: 'e' };
const owner = { team: 't', tenant: 'n', environment: 'v' };
const source = { address: 'somewhere' };

const modelOfObjects = (fill: (objects: ServerObjects) => unknown, cluster?: string) => {
  const objects = new ServerObjects();
  fill(objects);
  return buildModel(objects, { server: 'openbao-2.7', ...(cluster !== undefined && { cluster }) });
};

describe('a model', () => {
  it('has the server and, if it is known, the cluster', () => {
    const { policies, ...others } = modelOfObjects(() => undefined);
    expect(others).toEqual({ server: 'openbao-2.7', principals: [], mounts: [] });
    expect([...policies.keys()]).toEqual(['default']);
    expect(modelOfObjects(() => undefined, 'shop').cluster).toBe('shop');
  });

  it('has policies by their names in lower case, with what they come from', () => {
    const text = 'path "a" { capabilities = ["read"] }';
    const { policies } = modelOfObjects((objects) => {
      objects.policies.push({ name: ' Team ', text, owner, source }, { name: 'DEFAULT', text });
    });
    expect([...policies.keys()]).toEqual(['team', 'default']);
    expect(policies.get('team')).toMatchObject({ text, owner, source });
    expect(policies.get('default')).toEqual({ policy: expect.anything() as unknown, text });
  });

  it('reports a policy that the server refuses, with its place', () => {
    const model = modelOfObjects((objects) => {
      objects.policies.push(
        { name: 'p', text: '\n path "a" { capabilities = ["reed"] }', source },
        { name: 'q', text: '' },
      );
    });
    expect(model.gaps?.map(({ source: place }) => place)).toEqual([source, undefined]);
    expect(messagesOf(model)).toEqual([
      expect.stringMatching(/^the server refuses the policy p: .* \(line 2, column \d+\)$/),
      expect.stringMatching(/^the server refuses the policy q: the text is empty.* \(line 1, column 1\)$/),
    ]);
  });

  it('has principals sorted by id, with what they come from', () => {
    const token = {
      type: 'batch',
      ttlSeconds: 1,
      maxTtlSeconds: 2,
      periodSeconds: 0,
      explicitMaxTtlSeconds: 0,
    } as const;
    const model = modelOfObjects((objects) => {
      objects.tokens.push({ name: 'admin', policies: ['b', 'A'] });
      objects.logins.push({ ...login, token, owner, source });
      objects.groups.push(
        ...[['g'], []].map((policies, index) => ({
          ...{
            id: `g${index}`,
            name: `group-${index}`,
            policies,
            metadata: {},
            memberEntityIds: [],
            memberGroupIds: [],
          },
          ...{ owner, source },
        })),
      );
      objects.entities.push({ ...entity, source });
      objects.tokenRoles.push(
        ...[['t'], []].map((allowedPolicies, index) => ({
          ...{ name: `role-${index}`, allowedPolicies, allowedPoliciesGlob: [], disallowedPolicies: [] },
          ...{ disallowedPoliciesGlob: [], noDefaultPolicy: true, owner, source },
        })),
      );
    });
    expect(model.principals).toEqual([
      {
        ...{
          id: 'entity:identity/entity/one',
          kind: 'entity',
          mount: 'identity',
          name: 'one',
          policies: ['e'],
          source,
        },
        identity: { entity: { id: 'e', name: 'one', metadata: { team: 'a' }, aliases: {} }, groups: [] },
      },
      {
        ...{ id: 'group:identity/group/group-0', kind: 'group', mount: 'identity', name: 'group-0', policies: ['g'] },
        ...{ owner, source },
      },
      {
        ...{ id: 'token-role:token/roles/role-0', kind: 'token-role', mount: 'token', name: 'role-0', policies: ['t'] },
        ...{ owner, source },
      },
      { id: 'token:admin', kind: 'token', mount: 'token', name: 'admin', policies: ['a', 'b'] },
      {
        ...{ id: 'userpass:up/users/ann', kind: 'userpass', mount: 'up', name: 'ann', policies: ['default', 'p'] },
        ...{ token, owner, source },
      },
    ]);
  });
});

describe('a login', () => {
  const principalsOf = (fill: (objects: ServerObjects) => unknown) =>
    modelOfObjects(fill).principals.filter(({ kind }) => kind === 'userpass');

  it('has the identity of its only entity, with its aliases and groups', () => {
    const metadata = { m: '1' };
    const customMetadata = { c: '2' };
    const principals = principalsOf((objects) => {
      objects.logins.push(login);
      objects.entities.push(entity);
      objects.aliases.push({ ...alias, metadata, customMetadata });
      objects.groups.push({
        ...{
          id: 'g',
          name: 'group',
          policies: ['g'],
          metadata: { z: '3' },
          memberEntityIds: ['e'],
          memberGroupIds: [],
        },
      });
    });
    expect(principals).toEqual([
      {
        ...{ id: 'userpass:up/users/ann', kind: 'userpass', mount: 'up', name: 'ann' },
        policies: ['default', 'e', 'g', 'p'],
        identity: {
          entity: {
            ...{ id: 'e', name: 'one', metadata: { team: 'a' } },
            aliases: { auth_up_1: { id: 'a', name: 'ann', metadata, customMetadata } },
          },
          groups: [{ id: 'g', name: 'group', metadata: { z: '3' } }],
        },
      },
    ]);
  });

  it.each([
    ['another mount', { mount: 'other' }],
    ['another client', { name: 'bob' }],
    ['an entity that does not exist', { entityId: 'gone' }],
  ])('is not changed by the alias of %s', (_, changes) => {
    const principals = principalsOf((objects) => {
      objects.logins.push(login);
      objects.entities.push(entity);
      objects.aliases.push({ ...alias, ...changes, metadata: {}, customMetadata: {} });
    });
    expect(principals.flatMap(({ policies }) => policies)).not.toContain('e');
  });

  it('does not exist without clients', () => {
    expect(principalsOf((objects) => objects.logins.push({ ...login, aliasNames: [] }))).toEqual([]);
  });

  it('of LDAP alone gets the policies of the auth method', () => {
    const model = modelOfObjects((objects) => {
      objects.methods.push(
        { mount: 'up', policies: ['all'], noDefaultPolicy: true },
        { mount: 'up', policies: ['ignored'], noDefaultPolicy: false },
      );
      objects.logins.push(login, { ...login, kind: 'ldap-user', name: 'bob' });
    });
    expect(policiesById(model)).toEqual({
      'ldap-user:up/users/bob': ['all', 'p'],
      'userpass:up/users/ann': ['default', 'p'],
    });
  });

  it('is one principal for each entity only if a policy besides `default` has a template', () => {
    const policies = (text: string) =>
      principalsOf((objects) => {
        objects.policies.push({ name: 'p', text });
        objects.logins.push({ ...login, aliasNames: ['ann', 'bob'] });
        for (const [index, name] of ['ann', 'bob'].entries()) {
          objects.entities.push({ ...entity, id: `e${index}`, name, policies: [] });
          objects.aliases.push({ ...alias, name, entityId: `e${index}`, metadata: {}, customMetadata: {} });
        }
      }).map(({ id }) => id);
    expect(policies('path "a" { capabilities = ["read"] }')).toEqual(['userpass:up/users/ann']);
    expect(policies('path "{{identity.entity.id}}" { capabilities = ["read"] }')).toEqual([
      'userpass:up/users/ann',
      'userpass:up/users/ann as bob',
    ]);
  });
});
