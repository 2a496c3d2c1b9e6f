import type { AccessModel, Owner } from '../principals/access-model';
import { isObject, textMapOf } from '../principals/api-values';
import { documentFolders, thingKinds, type OwnThing } from './own-data';

/** What the tenants of a server own in key-value engines: a folder in each. */
export function ownFolders({ policies, principals, mounts }: AccessModel): OwnThing[] {
  const owners = new Set<Owner>();
  for (const placed of [policies.values(), principals]) {
    for (const { owner } of placed) if (owner !== undefined) owners.add(owner);
  }
  return documentFolders(owners, mounts);
}

/** What a team's stack creates in other engines: roles and keys. @param json content of `cdk.tf.json`, parsed */
export function thingsOfStack(json: unknown, share: Pick<Owner, 'environment' | 'team'>): OwnThing[] {
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
