import type { ServerClient } from '../../../client/server-client';
import { ServerRefusal } from '../../../client/server-refusal';

/** Answers of the API by path. What differs between two servers with one configuration is left out: ids, accessors, times, keys. */
export type ServerDump = Readonly<Record<string, unknown>>;

/** Fields that a server generates, or that say when something happened. */
const generated = new Set([
  ...[
    'accessor',
    'uuid',
    'id',
    'role_id',
    'creation_time',
    'last_update_time',
    'modify_index',
    'modified',
    'canonical_id',
    'entity_id',
  ],
  ...['mount_accessor', 'keys', 'latest_version', 'last_rotated', 'next_vault_rotation', 'last_vault_rotation'],
  ...['direct_group_ids', 'inherited_group_ids', 'group_ids', 'member_entity_ids', 'merged_entity_ids'],
  ...[
    'running_plugin_version',
    'running_sha256',
    'plugin_version',
    'deprecation_status',
    'bucket_key_hash',
    'last_tidied',
  ],
]);

const uuids = /\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;

/** Lists below a mount, by the type of the mount: each entry is read. */
const listed: Readonly<Record<string, readonly string[]>> = {
  approle: ['role'],
  kubernetes: ['role'],
  jwt: ['role'],
  oidc: ['role'],
  aws: ['role', 'roles'],
  ldap: ['groups'],
  token: ['roles'],
  transit: ['keys'],
  database: ['config', 'roles', 'static-roles'],
  ssh: ['roles'],
  pki: ['roles'],
};

/** Single paths below a mount, by its type. */
const single: Readonly<Record<string, readonly string[]>> = {
  kubernetes: ['config'],
  jwt: ['config'],
  oidc: ['config'],
  ldap: ['config'],
  aws: ['config/client', 'config/root', 'config/lease'],
  kv: ['config'],
  pki: ['config/acme', 'config/auto-tidy', 'config/cluster', 'config/crl', 'config/urls'],
};

/** Lists of the system and of identity. */
const systemLists = ['sys/policies/acl', 'sys/quotas/rate-limit', 'identity/entity/name', 'identity/group/name'];

/**
 * Reads the configuration of a server: mounts, auth methods and their tuning, settings, roles, policies, quotas, identity and audited
 * headers; no documents and no keys.
 *
 * @param client of an administrator
 */
export async function dumpServer(client: ServerClient): Promise<ServerDump> {
  const policy = 'sys/policies/acl/dump-server';
  await client.write(policy, { policy: 'path "*" { capabilities = ["read", "list", "sudo"] }' });
  const { auth } = await client.write('auth/token/create', { policies: ['dump-server'], ttl: '10m' });
  try {
    const dump = await readConfiguration(client.with({ token: auth?.client_token as string }));
    return Object.fromEntries(Object.entries(dump).filter(([path]) => path !== policy));
  } finally {
    await client.delete(policy);
  }
}

async function readConfiguration(client: ServerClient): Promise<ServerDump> {
  const dump: Record<string, unknown> = {};
  const read = async (path: string): Promise<void> => {
    const answer = await orNothing(client.find(path));
    const { version, ...data } = answer?.data ?? {};
    // OpenBao counts the changes of a policy.
    if (answer !== undefined) dump[path] = plain(path.startsWith('sys/policies/') ? data : { ...data, version });
  };
  const readAll = async (path: string): Promise<void> => {
    for (const name of (await orNothing(client.list(path))) ?? []) {
      if (!name.endsWith('/')) await read(`${path}/${name}`);
    }
  };
  for (const kind of ['auth', 'mounts'] as const) {
    const { data = {} } = await client.read(`sys/${kind}`);
    dump[`sys/${kind}`] = plain(data);
    for (const [name, mount] of Object.entries(data)) {
      const { type } = mount as { readonly type: string };
      const path = `${kind === 'auth' ? 'auth/' : ''}${name.slice(0, -1)}`;
      await read(`sys/mounts/${path}/tune`);
      for (const below of listed[type] ?? []) await readAll(`${path}/${below}`);
      for (const below of single[type] ?? []) await read(`${path}/${below}`);
    }
  }
  for (const path of systemLists) await readAll(path);
  await read('sys/config/auditing/request-headers');
  return dump;
}

/** A path that this server does not have, or that nothing was written to, is not part of its configuration. */
async function orNothing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ServerRefusal && [400, 404, 405].includes(error.status)) return undefined;
    throw error;
  }
}

/** Without what is generated, and without empty lists and maps: servers answer with none, with an empty one, or with null for the same. */
function plain(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.replaceAll(/https:\/\/127\.0\.0\.1:\d+/g, 'https://<server>').replaceAll(uuids, '<uuid>');
  }
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key, each]) => !generated.has(key) && !isEmpty(each));
  return Object.fromEntries(kept.map(([key, each]) => [key, plain(each)]));
}

const isEmpty = (value: unknown): boolean =>
  value === null || (typeof value === 'object' && Object.keys(value).length === 0);

/** The same without some engines and connections, and what is in them. @param kept their paths, without a trailing slash */
export function without(dump: ServerDump, kept: readonly string[]): ServerDump {
  const isKept = (path: string): boolean =>
    kept.some((each) => [each, `sys/mounts/${each}`].some((at) => path === at || path.startsWith(`${at}/`)));
  const mounts = Object.entries(dump['sys/mounts'] as object).filter(([name]) => !isKept(name));
  const others = Object.entries(dump).filter(([path]) => !isKept(path));
  return { ...Object.fromEntries(others), 'sys/mounts': Object.fromEntries(mounts) };
}

/** Differences between two servers: `path field: before, after`. */
export function differences(one: ServerDump, other: ServerDump): string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])]
    .sort()
    .flatMap((path) => compare(path, one[path], other[path]));
}

function compare(path: string, one: unknown, other: unknown): string[] {
  if (isMap(one) && isMap(other)) {
    const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
    return keys.flatMap((key) => compare(`${path} ${key}`, one[key], other[key]));
  }
  const [before, after] = [JSON.stringify(one), JSON.stringify(other)];
  return before === after ? [] : [`${path}: ${before}, ${after}`];
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
