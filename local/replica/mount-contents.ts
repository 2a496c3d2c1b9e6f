import type { ServerClient } from '../../client/server-client';
import { ServerRefusal } from '../../client/server-refusal';
import type { RemovedMount } from '../terraform/removed-mounts';

/** Objects of one kind in a mount. */
interface Contents {
  /** Singular; the plural adds an `s`. */
  readonly name: string;
  readonly count: number;
}

/** A mount on the server. */
interface Mounted {
  readonly type?: string;
  readonly options?: Readonly<Record<string, string>> | null;
}

/**
 * What is lost if a mount is deleted, by names alone: documents, keys, issuers, connections, leases, and the roles of an auth method.
 *
 * @returns for example `2 keys`, in no particular order; empty if there is nothing; undefined if the mount, or the connection, is not on
 *   the server
 */
export async function contentsOf(admin: ServerClient, mount: RemovedMount): Promise<readonly string[] | undefined> {
  if (mount.kind === 'connection') {
    return (await admin.find(mount.path)) === undefined ? undefined : ['the password of its account'];
  }
  const found = await mountedAt(admin, mount);
  if (found === undefined) return undefined;
  const contents = mount.kind === 'auth' ? await inAuth(admin, mount) : await inEngine(admin, mount, found);
  return contents
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `${count} ${name}${count === 1 ? '' : 's'}`);
}

async function mountedAt(admin: ServerClient, mount: RemovedMount): Promise<Mounted | undefined> {
  const { data = {} } = await admin.read(mount.kind === 'auth' ? 'sys/auth' : 'sys/mounts');
  const found = data[`${mount.path}/`] as Mounted | undefined;
  return found?.type === mount.type ? found : undefined;
}

async function inAuth(admin: ServerClient, { path, type }: RemovedMount): Promise<Contents[]> {
  if (type === 'ldap') return [await listed(admin, 'group', `auth/${path}/groups`)];
  return [await listed(admin, 'role', `auth/${path}/${type === 'aws' ? 'roles' : 'role'}`)];
}

async function inEngine(
  admin: ServerClient,
  { path, type }: RemovedMount,
  { options }: Mounted,
): Promise<readonly Contents[]> {
  const leases = async (): Promise<Contents> => ({
    name: 'lease',
    count: await leaves(admin, `sys/leases/lookup/${path}/`),
  });
  switch (type) {
    case 'kv':
      return [
        { name: 'document', count: await leaves(admin, options?.version === '2' ? `${path}/metadata/` : `${path}/`) },
      ];
    case 'transit':
      return [await listed(admin, 'key', `${path}/keys`)];
    case 'pki':
      return [await listed(admin, 'issuer', `${path}/issuers`), await listed(admin, 'key', `${path}/keys`)];
    case 'ssh':
      return [{ name: 'CA key', count: await countOne(admin, `${path}/config/ca`, 'public_key') }];
    case 'database':
      return [await listed(admin, 'connection', `${path}/config`), await leases()];
    case 'aws':
      return [
        { name: 'access key', count: await countOne(admin, `${path}/config/root`, 'access_key') },
        await leases(),
      ];
    default:
      // Nothing else is created here: an administrator decides.
      return [{ name: 'unknown object', count: 1 }];
  }
}

async function listed(admin: ServerClient, name: string, path: string): Promise<Contents> {
  return { name, count: (await admin.list(path)).length };
}

/** Names below a folder and its folders. */
async function leaves(admin: ServerClient, folder: string): Promise<number> {
  let count = 0;
  for (const name of await admin.list(folder)) {
    count += name.endsWith('/') ? await leaves(admin, `${folder}${name}`) : 1;
  }
  return count;
}

/** 1 if the object exists and has a value for the key. */
async function countOne(admin: ServerClient, path: string, key: string): Promise<number> {
  try {
    const value = (await admin.find(path))?.data?.[key];
    return typeof value === 'string' && value !== '' ? 1 : 0;
  } catch (error) {
    // The SSH engine refuses to read a CA that was not created.
    if (error instanceof ServerRefusal && error.status === 400) return 0;
    throw error;
  }
}
