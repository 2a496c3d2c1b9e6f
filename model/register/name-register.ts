import type { Environment } from '../environment/environment';
import { entryOf } from '../language/absent';
import { customPolicy, fillIn, inEngine, tenantGroup } from '../names';
import type { OwnedKey } from '../tenant/owned';
import type { KeptNames, NamesFile } from './names-file';

interface Named {
  readonly name: string;
}

/** Names on servers of what tenants' files name: derived, or those that the register keeps. Tenants have their names on servers here. */
export class NameRegister {
  /** @param file undefined: nothing is kept */
  constructor(private readonly file?: NamesFile) {}

  /** @param name in the tenant's file */
  public policy(tenant: Named, name: string, environment: Pick<Environment, 'name'>): string {
    const kept = entryOf(this.keptOf(tenant)?.policies, name);
    return kept === undefined ? customPolicy(tenant, name, environment) : fillIn(kept, environment);
  }

  /** Name of a role or key in an engine. @param name in the tenant's file */
  public inEngine(key: OwnedKey, tenant: Named, name: string): string {
    return entryOf(this.keptOf(tenant)?.[key], name) ?? inEngine(tenant, name);
  }

  /** Identity group of a tenant. */
  public group(tenant: Named, environment: Pick<Environment, 'name'>): string {
    const kept = this.keptOf(tenant)?.identity;
    return kept === undefined ? tenantGroup(tenant, environment) : fillIn(kept, environment);
  }

  private keptOf({ name }: Named): KeptNames | undefined {
    return entryOf(this.file?.kept, name);
  }
}
