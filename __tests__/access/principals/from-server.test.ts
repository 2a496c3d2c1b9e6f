import type { AccessModel } from '../../../access/principals/access-model';
import { readAccessModel } from '../../../access/principals/from-server';
import { messagesOf, policiesById } from './stack';

const text = 'path "kv/data/a" {\n  capabilities = ["read"]\n}\n';

/** What a server returns, by path. */
const objects: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'sys/policies/acl/p': { policy: text },
  'sys/policies/acl/default': { policy: text },
  'sys/mounts': {
    'v1/kv/': { type: 'kv', options: { version: '2' } },
    'v1/transit/': { type: 'transit', options: null },
    'sys/': { type: 'system' },
    'cubbyhole/': { type: 'cubbyhole' },
  },
  'sys/auth': {
    'approle/': { type: 'approle' },
    'corp/': { type: 'ldap' },
    'radius/': { type: 'radius' },
    'token/': { type: 'token' },
  },
  'auth/approle/role/r': { token_policies: ['p'], token_no_default_policy: false },
  'auth/approle/role/r/role-id': { role_id: 'id-of-r' },
  'auth/corp/config': { token_policies: ['all'] },
  'auth/corp/groups/people': { policies: ['p'] },
  'auth/token/roles/t': { allowed_policies: ['p'], token_no_default_policy: true },
  'identity/entity/id/1': {
    id: '1',
    name: 'one',
    policies: ['e'],
    metadata: { tenant: 'shop' },
    aliases: [{ id: '2', name: 'id-of-r', mount_path: 'auth/approle/', mount_accessor: 'auth_approle_1' }],
  },
  'identity/group/id/3': { id: '3', name: 'all', policies: ['g'], member_entity_ids: ['1'] },
};

const read = (path: string): Promise<unknown> => Promise.resolve(objects[path]);
const namesBelow = (paths: readonly string[], folder: string): string[] =>
  paths.flatMap((path) => {
    const name = path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : '/';
    return name.includes('/') ? [] : [name];
  });
const list = (folder: string): Promise<string[]> => Promise.resolve(namesBelow(Object.keys(objects), folder));

/** The model of the objects, some of them changed. */
const model = (changes: Readonly<Record<string, unknown>> = {}): Promise<AccessModel> => {
  const all: Readonly<Record<string, unknown>> = { ...objects, ...changes };
  return readAccessModel(
    (path) => Promise.resolve(all[path]),
    (folder) => Promise.resolve(namesBelow(Object.keys(all), folder)),
    { server: 'openbao-2.7' },
  );
};

describe('the model of a running server', () => {
  it('has its policies, principals and engines', async () => {
    const found = await readAccessModel(read, list, { server: 'openbao-2.7', cluster: 'shop' });
    expect(policiesById(found)).toEqual({
      'approle:approle/role/r': ['default', 'e', 'g', 'p'],
      'entity:identity/entity/one': ['e', 'g'],
      'group:identity/group/all': ['g'],
      'ldap-group:corp/groups/people': ['all', 'default', 'p'],
      'token-role:token/roles/t': ['p'],
    });
    expect([...found.policies.keys()].sort()).toEqual(['default', 'p']);
    expect(found.policies.get('p')).toMatchObject({ text, source: { address: 'sys/policies/acl/p' } });
    expect(found.mounts).toEqual([
      { path: 'v1/kv/', type: 'kv-v2' },
      { path: 'v1/transit/', type: 'transit' },
    ]);
    expect(messagesOf(found)).toEqual(['logins of auth methods of the type radius are not known']);
  });

  it('says where each object is, and what the server has', async () => {
    const places = new Map((await model()).principals.map(({ id, source }) => [id, source?.address]));
    expect(Object.fromEntries(places)).toEqual({
      'approle:approle/role/r': 'auth/approle/role/r',
      'entity:identity/entity/one': 'identity/entity/id/1',
      'group:identity/group/all': 'identity/group/id/3',
      'ldap-group:corp/groups/people': 'auth/corp/groups/people',
      'token-role:token/roles/t': 'auth/token/roles/t',
    });
    expect((await model()).gaps?.map(({ source }) => source)).toEqual([{ address: 'auth/radius' }]);
  });

  it('has the identity of a client for templates', async () => {
    const more = {
      'identity/entity/id/1': {
        ...objects['identity/entity/id/1'],
        aliases: [
          {
            ...{ id: '2', name: 'id-of-r', mount_path: 'auth/approle/', mount_accessor: 'auth_approle_1' },
            ...{ metadata: { a: '1' }, custom_metadata: { b: '2' } },
          },
          'no object',
        ],
      },
      'identity/group/id/3': { ...objects['identity/group/id/3'], metadata: { z: '3' } },
    };
    const found = (await model(more)).principals.find(({ kind }) => kind === 'approle');
    expect(found?.identity).toEqual({
      entity: {
        ...{ id: '1', name: 'one', metadata: { tenant: 'shop' } },
        aliases: { auth_approle_1: { id: '2', name: 'id-of-r', metadata: { a: '1' }, customMetadata: { b: '2' } } },
      },
      groups: [{ id: '3', name: 'all', metadata: { z: '3' } }],
    });
  });

  it('lacks what was deleted in the meantime, disabled entities and engines that every server has', async () => {
    const more = {
      'auth/approle/role/gone': undefined,
      'identity/entity/id/1': { ...objects['identity/entity/id/1'], disabled: true },
      'sys/mounts': {
        ...Object.fromEntries(
          ['system', 'identity', 'cubbyhole', 'token', 'agent_registry'].map((type) => [`${type}/`, { type }]),
        ),
        'one/': { type: 'kv', options: { version: '1' } },
        'pki/': { type: 'pki', options: { version: '2' } },
        'broken/': 'x',
      },
    };
    const { principals, mounts } = await model(more);
    expect(principals.map(({ id }) => id)).toEqual([
      'group:identity/group/all',
      'ldap-group:corp/groups/people',
      'token-role:token/roles/t',
    ]);
    expect(mounts).toEqual([
      { path: 'one/', type: 'kv' },
      { path: 'pki/', type: 'pki' },
    ]);
  });

  it('has the members of groups in groups', async () => {
    const more = {
      'identity/group/id/4': { id: '4', name: 'outer', policies: ['o'], member_group_ids: ['3'] },
    };
    expect(policiesById(await model(more))['entity:identity/entity/one']).toEqual(['e', 'g', 'o']);
  });

  it('is read with no request for the policy root, nor for RoleIDs that are no names of clients', async () => {
    const requests: string[] = [];
    const watched = (path: string): Promise<unknown> => {
      requests.push(path);
      return Promise.resolve({ ...objects, 'identity/entity/id/1': { id: '1', name: 'one' } }[path]);
    };
    const names = async (folder: string) => [
      ...(folder === 'sys/policies/acl' ? ['root'] : []),
      ...(await list(folder)),
    ];
    await readAccessModel(watched, names, { server: 'openbao-2.7' });
    expect(requests).toContain('auth/approle/role/r');
    expect(requests).not.toContain('sys/policies/acl/root');
    expect(requests).not.toContain('auth/approle/role/r/role-id');
    expect(requests).not.toContain('auth/approle/config');
  });

  it('is complete with many objects', async () => {
    const groups = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`auth/corp/groups/x${index}`, { policies: ['p'] }]),
    );
    expect((await model(groups)).principals.filter(({ kind }) => kind === 'ldap-group')).toHaveLength(41);
  });

  it('fails if the server refuses a request', async () => {
    const refuse = (): Promise<never> => Promise.reject(new Error('permission denied'));
    await expect(readAccessModel(refuse, list, { server: 'openbao-2.7' })).rejects.toThrow('permission denied');
  });
});
