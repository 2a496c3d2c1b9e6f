import type { Construct } from 'constructs';

import { constructId } from '../constructs/construct-id';
import { SharedEnvironment } from '../constructs/tenant/shared-environment';
import { Tenant, type TenantProps } from '../constructs/tenant/tenant';
import type { Environment } from '../model/environment/environment';
import { teamStack } from '../model/names';
import { VaultStack } from './vault-stack';

/** A tenant, with its settings in the stack's environment. */
export type TeamTenant = Pick<TenantProps, 'tenant' | 'settings'>;

export interface TeamStackProps {
  readonly environment: Environment;
  readonly team: string;
  readonly tenants: readonly TeamTenant[];
}

/** `<environment>-<team>`: the tenants of a team in one environment. Small stacks keep states small. */
export class TeamStack extends VaultStack {
  constructor(scope: Construct, { environment, team, tenants }: TeamStackProps) {
    const { state, cluster } = environment;
    super(scope, teamStack(environment, team), { state, address: cluster.address });
    // The names of tenants are lower case, so none equals this id.
    const shared = new SharedEnvironment(this, 'Shared', environment);
    for (const { tenant, settings } of tenants)
      new Tenant(this, constructId(tenant.name), { tenant, settings, shared });
  }
}
