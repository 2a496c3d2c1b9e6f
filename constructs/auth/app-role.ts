import { ApproleAuthBackendRole } from '@cdktf/provider-vault/lib/approle-auth-backend-role';
import { Construct } from 'constructs';

import type { AppRoleSettings } from '../../model/inventory';
import type { IPolicy } from '../policy/policy';
import type { IAppRoleAuth } from './app-role-auth';

export interface AppRoleProps extends AppRoleSettings {
  readonly auth: IAppRoleAuth;
  readonly roleName: string;
  /** What a login gets, besides the server's `default` policy; at least one. */
  readonly policies: readonly IPolicy[];
}

/**
 * A role that a program logs in as. Its SecretIDs are issued outside Terraform, so that none stands in a state.
 *
 * @see https://registry.terraform.io/providers/hashicorp/vault/latest/docs/resources/approle_auth_backend_role
 */
export class AppRole extends Construct {
  constructor(scope: Construct, id: string, props: AppRoleProps) {
    super(scope, id);
    new ApproleAuthBackendRole(this, 'Resource', {
      backend: props.auth.mountPath,
      roleName: props.roleName,
      tokenPolicies: props.policies.map((policy) => policy.policyName),
      tokenType: props.tokenType,
      tokenTtl: props.tokenTtlSeconds,
      tokenMaxTtl: props.tokenMaxTtlSeconds,
      secretIdTtl: props.secretIdTtlSeconds,
      secretIdNumUses: props.secretIdNumUses,
      // An empty list and no list are the same to the server, but not to a plan.
      ...(props.tokenBoundCidrs.length > 0 && { tokenBoundCidrs: [...props.tokenBoundCidrs] }),
      ...(props.secretIdBoundCidrs.length > 0 && { secretIdBoundCidrs: [...props.secretIdBoundCidrs] }),
    });
  }
}
