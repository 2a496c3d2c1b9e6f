import type { AccessModel } from './access-model';
import { isObject, textMapOf, textsOf, type ApiObject } from './api-values';
import { buildModel, type ModelServer } from './build-model';
import { loginCollections, loginObject, methodSettings, tokenRole } from './login-object';
import { ServerObjects } from './server-objects';

/** Reads a path of the API, without `/v1/`. @returns `data` of the response; undefined if the path does not exist */
export type ReadPath = (path: string) => Promise<unknown>;

/** Names below a path of the API; none if the path does not exist. */
export type ListPath = (path: string) => Promise<readonly string[]>;

/** Secret engines that every server has. */
const builtIn: ReadonlySet<unknown> = new Set(['system', 'identity', 'cubbyhole', 'token', 'agent_registry']);

/** Requests that are sent at the same time. */
const concurrency = 16;

/**
 * The model of a running server, with read requests only. The token needs `read` and `list` on `sys/policies/acl`, `sys/auth`, `sys/mounts`,
 * the roles, users, groups and certificates of all auth methods, and `identity/entity/id` and `identity/group/id`.
 *
 * @throws what the two functions throw, for example if the server refuses a request
 */
export async function readAccessModel(read: ReadPath, list: ListPath, server: ModelServer): Promise<AccessModel> {
  const reader = new ServerReader(read, list);
  await reader.readPolicies();
  await reader.readMounts();
  await reader.readIdentity();
  await reader.readLogins();
  return buildModel(reader.objects, server);
}

class ServerReader {
  public readonly objects = new ServerObjects();

  constructor(
    private readonly read: ReadPath,
    private readonly list: ListPath,
  ) {}

  public async readPolicies(): Promise<void> {
    const names = await this.list('sys/policies/acl');
    const found = await this.readEach(
      'sys/policies/acl',
      names.filter((name) => name !== 'root'),
    );
    for (const { name, path, data } of found) {
      const { policy: text = '' } = textMapOf(data);
      this.objects.policies.push({ name, text, source: { address: path } });
    }
  }

  public async readMounts(): Promise<void> {
    for (const [path, mount] of await this.entriesOf('sys/mounts')) {
      if (builtIn.has(mount.type)) continue;
      const version = isObject(mount.options) ? mount.options.version : undefined;
      const type = mount.type === 'kv' && version === '2' ? 'kv-v2' : String(mount.type);
      this.objects.mounts.push({ path, type });
    }
  }

  public async readIdentity(): Promise<void> {
    for (const { path, data } of await this.readAll('identity/entity/id')) {
      const id = String(data.id);
      this.objects.entities.push({
        ...{ id, name: String(data.name), policies: textsOf(data.policies), metadata: textMapOf(data.metadata) },
        disabled: data.disabled === true,
        source: { address: path },
      });
      for (const alias of Array.isArray(data.aliases) ? (data.aliases as unknown[]).filter(isObject) : []) {
        this.objects.aliases.push({
          id: String(alias.id),
          name: String(alias.name),
          mount: methodOf(String(alias.mount_path)),
          accessor: String(alias.mount_accessor),
          entityId: id,
          metadata: textMapOf(alias.metadata),
          customMetadata: textMapOf(alias.custom_metadata),
        });
      }
    }
    for (const { path, data } of await this.readAll('identity/group/id')) {
      this.objects.groups.push({
        ...{ id: String(data.id), name: String(data.name) },
        ...{ policies: textsOf(data.policies), metadata: textMapOf(data.metadata) },
        ...{ memberEntityIds: textsOf(data.member_entity_ids), memberGroupIds: textsOf(data.member_group_ids) },
        source: { address: path },
      });
    }
  }

  /** The identity must have been read. */
  public async readLogins(): Promise<void> {
    for (const [path, { type }] of await this.entriesOf('sys/auth')) {
      const mount = methodOf(path);
      if (type === 'token') await this.readTokenRoles();
      else await this.readMethod(mount, String(type));
    }
  }

  private async readTokenRoles(): Promise<void> {
    for (const { name, path, data } of await this.readAll('auth/token/roles')) {
      this.objects.tokenRoles.push({ ...tokenRole(name, data), source: { address: path } });
    }
  }

  private async readMethod(mount: string, type: string): Promise<void> {
    const collections = loginCollections(type);
    if (collections === undefined) {
      const message = `logins of auth methods of the type ${type} are not known`;
      this.objects.gaps.push({ message, source: { address: `auth/${mount}` } });
      return;
    }
    if (type === 'ldap') {
      const settings = await this.read(`auth/${mount}/config`);
      if (isObject(settings)) this.objects.methods.push(methodSettings(mount, settings));
    }
    // RoleIDs matter only where they are names of clients.
    const identified = type === 'approle' && this.objects.aliases.some((alias) => alias.mount === mount);
    for (const collection of collections) {
      for (const { name, path, data } of await this.readAll(`auth/${mount}/${collection}`)) {
        const roleId = identified ? await this.read(`${path}/role-id`) : undefined;
        const login = loginObject({ type, mount, collection, name }, { ...data, ...(isObject(roleId) && roleId) });
        if (login !== undefined) this.objects.logins.push({ ...login, source: { address: path } });
      }
    }
  }

  private async readAll(folder: string): Promise<Found[]> {
    return await this.readEach(folder, await this.list(folder));
  }

  /** Objects that were deleted in the meantime are left out. */
  private async readEach(folder: string, names: readonly string[]): Promise<Found[]> {
    const found: Found[] = [];
    for (let start = 0; start < names.length; start += concurrency) {
      const some = names.slice(start, start + concurrency).map(async (name) => {
        const path = `${folder}/${name}`;
        return { name, path, data: await this.read(path) };
      });
      for (const { data, ...place } of await Promise.all(some)) if (isObject(data)) found.push({ ...place, data });
    }
    return found;
  }

  private async entriesOf(path: string): Promise<[string, ApiObject][]> {
    const data = await this.read(path);
    return Object.entries(isObject(data) ? data : {}).filter((entry): entry is [string, ApiObject] =>
      isObject(entry[1]),
    );
  }
}

interface Found {
  readonly name: string;
  readonly path: string;
  readonly data: ApiObject;
}

/** `approle` for `auth/approle/` and for `approle/`. */
const methodOf = (path: string): string => path.replace(/^auth\//, '').replace(/\/$/, '');
