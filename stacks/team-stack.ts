import type { Construct } from 'constructs';

import { SharedEnvironment } from '../constructs/tenant/shared-environment';
import { Tenant } from '../constructs/tenant/tenant';
import type { Environment } from '../model/environment/environment';
import { teamStack } from '../model/names';
import type { Tenant as TenantModel, TenantEnvironment } from '../model/tenant/tenant';
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
    // Tenants' names are lower-case, so they cannot clash with this id.
    const shared = new SharedEnvironment(this, 'Shared', environment);
    for (const { tenant, settings } of tenants) new Tenant(this, tenant.name, { tenant, settings, shared });
  }
}
