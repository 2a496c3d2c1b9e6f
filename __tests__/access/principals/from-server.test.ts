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
const list = (folder: string): Promise<string[]> =>
  Promise.resolve(
    Object.keys(objects).flatMap((path) => {
      const name = path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : '/';
      return name.includes('/') ? [] : [name];
    }),
  );

describe('the model of a running server', () => {
  it('has its policies, principals and engines', async () => {
    const model = await readAccessModel(read, list, { server: 'openbao-2.7', cluster: 'shop' });
    expect(policiesById(model)).toEqual({
      'approle:approle/role/r': ['default', 'e', 'g', 'p'],
      'entity:identity/entity/one': ['e', 'g'],
      'group:identity/group/all': ['g'],
      'ldap-group:corp/groups/people': ['all', 'default', 'p'],
      'token-role:token/roles/t': ['p'],
    });
    expect([...model.policies.keys()].sort()).toEqual(['default', 'p']);
    expect(model.policies.get('p')).toMatchObject({ text, source: { address: 'sys/policies/acl/p' } });
    expect(model.mounts).toEqual([
      { path: 'v1/kv/', type: 'kv-v2' },
      { path: 'v1/transit/', type: 'transit' },
    ]);
    expect(messagesOf(model)).toEqual(['logins of auth methods of the type radius are not known']);
  });

  it('fails if the server refuses a request', async () => {
    const refuse = (): Promise<never> => Promise.reject(new Error('permission denied'));
    await expect(readAccessModel(refuse, list, { server: 'openbao-2.7' })).rejects.toThrow('permission denied');
  });
});
