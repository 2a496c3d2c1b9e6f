import type { AccessModel, Owner } from '../principals/access-model';
import { isObject, textMapOf } from '../principals/api-values';
import type { StackJson, TerraformOptions } from '../principals/from-terraform';
import { documentFolders, thingKinds, type OwnThing } from './own-data';

/**
 * What the tenants of a server own: a folder in each key-value engine, and the roles and keys that their stacks create in other engines.
 *
 * @param stacks all stacks of the server; others are left out
 */
export function ownThings(
  model: AccessModel,
  stacks: readonly StackJson[],
  { originOf }: TerraformOptions,
): OwnThing[] {
  const placed = [...model.policies.values(), ...model.principals];
  const folders = documentFolders(
    placed.flatMap(({ owner }) => owner ?? []),
    model.mounts,
  );
  const others = stacks.flatMap(({ name, json }) => {
    const { cluster, share } = originOf(name) ?? {};
    return share === undefined || cluster !== model.cluster ? [] : thingsOfStack(json, share);
  });
  return [...folders, ...others];
}

function thingsOfStack(json: unknown, share: Pick<Owner, 'environment' | 'team'>): OwnThing[] {
  const resources = isObject(json) && isObject(json.resource) ? json.resource : {};
  return Object.entries(thingKinds).flatMap(([type, kind]) =>
    Object.entries(isObject(resources[type]) ? resources[type] : {}).flatMap(([id, values]): OwnThing[] => {
      const { backend, name } = textMapOf(values);
      if (backend === undefined || name === undefined) return [];
      const mount = backend.replaceAll(/^\/+|\/+$/g, '');
      return [{ owner: { ...share, tenant: tenantOf(id, values) }, kind, mount, name }];
    }),
  );
}

/** Constructs of a team's stack are in that of their tenant, whose id is the tenant's name. */
function tenantOf(id: string, values: unknown): string {
  const comment = isObject(values) ? values['//'] : undefined;
  const { path } = textMapOf(isObject(comment) ? comment.metadata : undefined);
  return path?.split('/')[1] ?? id.split('_')[0] ?? id;
}
