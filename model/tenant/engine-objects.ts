import { engineMount } from '../names';
import type { OwnedKey } from './owned';
import type { TenantEnvironment } from './tenant';

/** A role or key of a tenant in an engine that others share. */
export interface EngineObject {
  /** Key of the tenant's file that has it, and its name there. */
  readonly key: OwnedKey;
  readonly name: string;
  readonly mountPath: string;
  readonly nameOnServer: string;
}

/** Everything that a tenant has in the engines of an environment. */
export function* engineObjects({ environment, ...settings }: TenantEnvironment): Generator<EngineObject> {
  for (const { name, roleName: nameOnServer, authority } of settings.certificates) {
    yield { key: 'certificates', name, mountPath: authority.mountPath, nameOnServer };
  }
  for (const { name, keyName: nameOnServer } of settings.keys) {
    yield { key: 'keys', name, mountPath: engineMount(environment, 'transit'), nameOnServer };
  }
  for (const { name, roleName: nameOnServer } of settings.databaseRoles) {
    yield { key: 'databases', name, mountPath: engineMount(environment, 'database'), nameOnServer };
  }
  for (const { name, roleName: nameOnServer } of settings.awsRoles) {
    yield { key: 'awsRoles', name, mountPath: engineMount(environment, 'aws'), nameOnServer };
  }
  for (const { name, roleName: nameOnServer } of settings.sshRoles) {
    yield { key: 'sshRoles', name, mountPath: engineMount(environment, 'ssh'), nameOnServer };
  }
}
