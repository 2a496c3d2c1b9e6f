import type { Construct } from 'constructs';

import { AppRoleAuth } from '../constructs/auth/app-role-auth';
import { KeyValueEngine } from '../constructs/engines/key-value-engine';
import { Tenant } from '../constructs/tenant/tenant';
import type { Environment, Tenant as TenantModel, TenantEnvironment } from '../model/inventory';
import { appRoleMount, kvMount, teamStack } from '../model/names';
import { VaultStack } from './vault-stack';

/** A tenant together with what it is in the stack's environment. */
export interface TeamTenant {
  readonly tenant: TenantModel;
  readonly settings: TenantEnvironment;
}

export interface TeamStackProps {
  readonly environment: Environment;
  readonly team: string;
  readonly tenants: readonly TeamTenant[];
}

/** `<environment>-<team>`: a team's tenants in one environment; never more, so that a state stays small. */
export class TeamStack extends VaultStack {
  constructor(scope: Construct, { environment, team, tenants }: TeamStackProps) {
    super(scope, teamStack(environment, team), environment.state);
    // Tenants' names are lower-case, so they cannot clash with these ids.
    const engine = KeyValueEngine.fromKeyValueEngineAttributes(this, 'Engine', { mountPath: kvMount(environment) });
    const auth = AppRoleAuth.fromAppRoleAuthAttributes(this, 'Auth', { mountPath: appRoleMount });
    for (const { tenant, settings } of tenants) {
      new Tenant(this, tenant.name, { tenant, settings, engine, auth });
    }
  }
}
