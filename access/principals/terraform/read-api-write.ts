import type { Owner, Source } from '../access-model';
import { isObject, textMapOf, textsOf, type ApiObject } from '../api-values';
import { loginCollections, loginObject, methodSettings, tokenRole } from '../login-object';
import type { ServerObjects } from '../server-objects';

/** A request to write an object, as `vault_generic_endpoint` sends it. */
export interface ApiWrite {
  /** Without `/v1/` and slashes at both ends. */
  readonly path: string;
  /** Body in JSON; undefined if it is not known. Called only if the body matters. */
  readonly json: () => unknown;
  /** Types of the auth methods of the server, by path of the mount. */
  readonly methodTypes: ReadonlyMap<string, string>;
  readonly origin: { readonly owner?: Owner; readonly source: Source };
}

/** @param found what the groups of the pattern match */
type Reader = (found: readonly string[], write: ApiWrite, objects: ServerObjects) => void;

/** Paths of objects that concern policies and principals. */
const readers: readonly (readonly [RegExp, Reader])[] = [
  [/^sys\/polic(?:y|ies\/acl)\/(.+)$/, addPolicy],
  [/^auth\/token\/roles\/([^/]+)$/, addTokenRole],
  [/^auth\/(.+)\/config$/, addMethodSettings],
  [/^auth\/(.+)\/(role|users|groups|certs)\/([^/]+)$/, addLogin],
  [/^identity\/entity\/name\/([^/]+)$/, addEntity],
  [/^identity\/group\/name\/([^/]+)$/, addGroup],
];

const roots = ['sys/policy/', 'sys/policies/acl/', 'auth/', 'identity/'];

/** Whether a path with this beginning can be one of them. */
export const concernsAccess = (beginning: string): boolean =>
  roots.some((root) => beginning.startsWith(root) || root.startsWith(beginning));

/** Whether an object at this path concerns policies or principals. */
export const isAccessPath = (path: string): boolean => readers.some(([pattern]) => pattern.test(path));

/** Adds an object that is written by its path in the API. Paths that concern no policy and no principal are ignored. */
export function readApiWrite(write: ApiWrite, objects: ServerObjects): void {
  for (const [pattern, read] of readers) {
    const [, ...found] = pattern.exec(write.path) ?? [];
    if (found.length > 0) {
      read(found, write, objects);
      return;
    }
  }
}

function addPolicy([name = '']: readonly string[], write: ApiWrite, objects: ServerObjects): void {
  const { policy: text } = textMapOf(bodyOf(write));
  if (text !== undefined) objects.policies.push({ name, text, ...write.origin });
}

function addTokenRole([name = '']: readonly string[], write: ApiWrite, objects: ServerObjects): void {
  const data = bodyOf(write);
  if (data !== undefined) objects.tokenRoles.push({ ...tokenRole(name, data), ...write.origin });
}

function addMethodSettings([mount = '']: readonly string[], write: ApiWrite, objects: ServerObjects): void {
  const data = write.methodTypes.get(mount) === 'ldap' ? bodyOf(write) : undefined;
  if (data !== undefined) objects.methods.push(methodSettings(mount, data));
}

function addLogin(
  [mount = '', collection = '', name = '']: readonly string[],
  write: ApiWrite,
  objects: ServerObjects,
): void {
  const type = write.methodTypes.get(mount);
  if (type === undefined || loginCollections(type)?.includes(collection) !== true) {
    const message = `the auth method at auth/${mount}/ is not known, so the login by ${write.path} is not either`;
    objects.gaps.push({ message, source: write.origin.source });
    return;
  }
  const data = bodyOf(write);
  const login = data && loginObject({ type, mount, collection, name }, data);
  if (login !== undefined) objects.logins.push({ ...login, ...write.origin });
}

function addEntity([name = '']: readonly string[], write: ApiWrite, objects: ServerObjects): void {
  const data = bodyOf(write);
  if (data !== undefined) objects.entities.push({ ...identityOf(name, data, write), disabled: data.disabled === true });
}

function addGroup([name = '']: readonly string[], write: ApiWrite, objects: ServerObjects): void {
  const data = bodyOf(write);
  if (data === undefined) return;
  const memberEntityIds = textsOf(data.member_entity_ids);
  const memberGroupIds = textsOf(data.member_group_ids);
  objects.groups.push({ ...identityOf(name, data, write), memberEntityIds, memberGroupIds });
}

/** What entities and groups have in common. */
const identityOf = (name: string, data: ApiObject, { origin }: ApiWrite) => ({
  id: `${origin.source.address ?? name}.id`,
  name,
  policies: textsOf(data.policies),
  metadata: textMapOf(data.metadata),
  ...origin,
});

function bodyOf({ json }: ApiWrite): ApiObject | undefined {
  const text = json();
  if (typeof text !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
