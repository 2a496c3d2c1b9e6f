import { ServerRefusal } from '../../../client/server-refusal';
import { refuseForeignObjects } from '../../../local/terraform/foreign-objects';
import { PlatformError, type Problem } from '../../../model/errors';
import { objectKind, type Attributes } from '../../../synthesis/objects/object-kinds';
import type { PlannedObject } from '../../../synthesis/objects/planned-objects';

function object(address: string, attributes: Attributes): PlannedObject {
  const kind = objectKind(address.split('.')[0] ?? '', attributes);
  if (kind === undefined || kind === 'part') throw new Error(`${address} is no object`);
  return { address, kind, path: kind.path(attributes) ?? '', attributes };
}

/** A server that answers with an object or a status, by path. */
const server = (answers: Readonly<Record<string, Attributes | number>>) => ({
  read: (path: string) => {
    const answer = answers[path] ?? 404;
    return typeof answer === 'number'
      ? Promise.reject(new ServerRefusal(answer, [], `GET ${path}`))
      : Promise.resolve({ data: answer });
  },
  write: (path: string) => Promise.resolve(answers[path] === undefined ? {} : { data: answers[path] as Attributes }),
});

async function problems(
  answers: Readonly<Record<string, Attributes | number>>,
  ...objects: readonly PlannedObject[]
): Promise<readonly Problem[]> {
  const failure: unknown = await refuseForeignObjects(server(answers), { objects, unknown: [] }).then(
    () => new PlatformError('terraform', []),
    (error: unknown) => error,
  );
  if (failure instanceof PlatformError) return failure.problems;
  throw failure;
}

const policy = object('vault_policy.ops', { name: 'break-glass', policy: 'path "v1/x" {}' });
const group = object('vault_identity_group.ops', { name: 'ops-devel' });

it('accepts what is not on the server', async () => {
  const alias = object('vault_identity_entity_alias.x', { name: 'a', mount_accessor: 'b' });
  expect(await problems({}, policy, group, alias)).toEqual([]);
});

it('reports all that exists at once, with what it is and how to import it', async () => {
  const text = Array.from({ length: 8 }, (_, index) => `# line ${index}`).join('\n');
  const found = await problems(
    {
      'sys/policies/acl/break-glass': { policy: text },
      'identity/group/name/ops-devel': { id: '42', policies: ['admin'], member_entity_ids: ['a', 'b', 'c'] },
    },
    policy,
    group,
  );
  expect(found.map(({ given }) => given)).toEqual([
    [
      'vault_policy.ops: sys/policies/acl/break-glass',
      'policy:',
      ...[0, 1, 2, 3, 4].map((index) => `  # line ${index}`),
      '  … 3 more lines',
    ].join('\n'),
    'vault_identity_group.ops: identity/group/name/ops-devel\npolicies: ["admin"]\nmember_entity_ids: 3',
  ]);
  expect(found[0]?.fix).toContain(`terraform import 'vault_policy.ops' 'break-glass'`);
  expect(found[1]?.fix).toContain(`terraform import 'vault_identity_group.ops' '42'`);
});

it('shows no secret of what it found', async () => {
  const connection = object('vault_database_secret_backend_connection.x', { backend: 'v1/devel/database', name: 'x' });
  const [problem] = await problems(
    { 'v1/devel/database/config/x': { plugin_name: 'postgresql', connection_details: { password: 'canary' } } },
    connection,
  );
  expect(JSON.stringify(problem)).not.toContain('canary');
  expect(problem?.fix).toContain(`'v1/devel/database/config/x'`);
});

it('suggests how to keep a document, which cannot be imported', async () => {
  const document = object('vault_generic_endpoint.x', { path: 'v1/devel/kv/data/checkout/configs' });
  const [problem] = await problems({ 'v1/devel/kv/metadata/checkout/configs': { current_version: 3 } }, document);
  expect(problem).toMatchObject({
    message: expect.stringContaining('this document exists already') as string,
    fix: expect.stringContaining('`keySet: existing`') as string,
  });
});

it('refuses an alias of an entity that exists', async () => {
  const alias = object('vault_identity_entity_alias.x', { name: 'worker', mount_accessor: 'auth_jwt_1' });
  const [problem] = await problems({ 'identity/lookup/entity': { name: 'entity_1', policies: ['admin'] } }, alias);
  expect(problem?.given).toContain('name: "entity_1"\npolicies: ["admin"]');
});

describe('an entity that the server created at a login', () => {
  const alias = object('vault_identity_entity_alias.x', { name: 'role-id', mount_accessor: 'auth_approle_1' });
  const own = { id: '7', name: 'role-id', mount_accessor: 'auth_approle_1' };
  const entity = { name: 'entity_0a1b.root', policies: null, group_ids: [], metadata: null, aliases: [own] };
  const found = async (change: Attributes): Promise<Problem | undefined> =>
    (await problems({ 'identity/lookup/entity': { ...entity, ...change } }, alias))[0];

  it('is reported with the command that deletes its alias', async () => {
    expect(await found({})).toMatchObject({
      message: expect.stringContaining('a client of this role logged in before') as string,
      fix: expect.stringContaining('`bao delete identity/entity-alias/id/7`') as string,
    });
  });

  it.each<[string, Attributes]>([
    ['another name', { name: 'alice' }],
    ['policies', { policies: ['admin'] }],
    ['groups', { group_ids: ['1'] }],
    ['metadata', { metadata: { team: 'payments' } }],
    ['an alias in another auth method', { aliases: [own, { ...own, id: '8', mount_accessor: 'auth_jwt_1' }] }],
  ])('belongs to somebody if it has %s', async (_, change) => {
    expect((await found(change))?.message).toContain('exists already and is not in the state');
  });
});

it('encodes names in paths', async () => {
  const name = object('vault_ldap_auth_backend_group.x', { backend: 'people', groupname: 'Data Science?' });
  expect(await problems({ 'auth/people/groups/Data%20Science%3F': { policies: [] } }, name)).toHaveLength(1);
});

it('takes a lookup that is not permitted for a refusal, with the missing permission', async () => {
  const [problem] = await problems({ 'identity/group/name/ops-devel': 403 }, group);
  expect(problem).toMatchObject({ given: 'vault_identity_group.ops: read identity/group/name/ops-devel' });
});

it('takes the answer for a mount that does not exist for its absence, and no other error', async () => {
  const mount = object('vault_mount.kv', { path: 'v1/devel/kv' });
  const answering = (status: number, reason: string): Promise<void> =>
    refuseForeignObjects(
      {
        read: () => Promise.reject(new ServerRefusal(status, [reason], 'GET')),
        write: () => Promise.resolve({}),
      },
      { objects: [mount], unknown: [] },
    );
  await expect(answering(400, 'No secret engine mount at v1/devel/kv/')).resolves.toBeUndefined();
  await expect(answering(400, 'something else')).rejects.toBeInstanceOf(ServerRefusal);
  await expect(answering(500, 'No secret engine mount at v1/devel/kv/')).rejects.toBeInstanceOf(ServerRefusal);
});

it('refuses resources of which it is not known where they are', async () => {
  const planned = { objects: [], unknown: ['vault_namespace.own'] };
  await expect(refuseForeignObjects(server({}), planned)).rejects.toMatchObject({
    problems: [{ given: 'vault_namespace.own' }],
  });
});
