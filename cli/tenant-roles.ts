import type { ReplicaTenant } from '../local/replica/scope';
import { keySetPath, keySetPolicy, kvMount, roleOfPolicy, type KeySetAccess } from '../model/names';
import type { TenantCommandsProps } from './tenant-commands';

/** A role of a tenant, and a document to try it on. */
export type TenantRole = Pick<TenantCommandsProps, 'role' | 'mount' | 'document' | 'firstCas'>;

/** Every AppRole that a tenant has in an environment. */
export function tenantRoles({ tenant, settings }: ReplicaTenant): TenantRole[] {
  const { environment, policies } = settings;
  const keySet = (access: KeySetAccess): TenantRole => ({
    role: roleOfPolicy(keySetPolicy(tenant, environment, access)),
    mount: kvMount(environment),
    document: keySetPath(tenant),
    // Version 1 is the empty key set that Terraform wrote.
    ...(access === 'rw' && { firstCas: 1 }),
  });
  const custom = policies.flatMap(({ name, grants }) =>
    grants.map(({ environment: granted, path, capabilities }): TenantRole => ({
      role: roleOfPolicy(name),
      mount: kvMount(granted),
      document: `${tenant.name}/${path.replace(/\*$/, 'example').replaceAll('+', 'example')}`,
      ...(capabilities.includes('create') && { firstCas: 0 }),
    })),
  );
  return [keySet('ro'), keySet('rw'), ...custom];
}
