import { resourceChanges } from '../plan-json';
import { objectKind, type Attributes, type ObjectKind } from './object-kinds';

/** An object that a plan creates on the server, or an existing resource that gets another name. */
export interface PlannedObject {
  /** Of the resource, for example `vault_policy.checkout_ro`. */
  readonly address: string;
  readonly kind: ObjectKind;
  /** Path of the API, without `v1/` of the API itself. */
  readonly path: string;
  readonly attributes: Attributes;
}

/** What a plan creates on the server. */
export interface PlannedObjects {
  readonly objects: readonly PlannedObject[];
  /** Addresses of resources of which it is not known where they are on the server. */
  readonly unknown: readonly string[];
}

/**
 * Objects that a plan creates, and that are not in the state under any address. Resources that it imports are not among them.
 *
 * @param json as `terraform show -json` prints it
 * @returns undefined if it is not the JSON of a plan
 */
export function plannedObjects(json: unknown): PlannedObjects | undefined {
  const changes = resourceChanges(json);
  if (changes === undefined) return undefined;
  const managed = changes.filter(({ mode, type }) => mode !== 'data' && type.startsWith('vault_'));
  const own = new Set(managed.flatMap(({ type, change }) => keyOf(type, change.before) ?? []));
  const objects: PlannedObject[] = [];
  const unknown: string[] = [];
  for (const { address, type, change } of managed) {
    const { actions, after, importing } = change;
    if (after === null || importing !== undefined || actions.every((action) => ['no-op', 'read'].includes(action))) {
      continue;
    }
    const kind = objectKind(type, after);
    if (kind === 'part' || own.has(keyOf(type, after) ?? '')) continue;
    const path = kind?.path(after);
    // A name that the server generates during the apply belongs to nobody yet.
    if (kind?.lookup !== undefined && kind.lookup(after) === undefined) continue;
    if (kind === undefined || path === undefined) unknown.push(address);
    else objects.push({ address, kind, path, attributes: after });
  }
  return { objects, unknown };
}

/** Equal for two resources that are one object on the server. */
function keyOf(type: string, attributes: Attributes | null): string | undefined {
  const kind = attributes === null ? undefined : objectKind(type, attributes);
  if (attributes === null || kind === undefined || kind === 'part') return undefined;
  const path = kind.path(attributes);
  return path === undefined ? undefined : `${path} ${JSON.stringify(kind.lookup?.(attributes) ?? '')}`;
}
