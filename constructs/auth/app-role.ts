import { ApproleAuthBackendRole } from '@cdktf/provider-vault/lib/approle-auth-backend-role';
import { Construct } from 'constructs';

import type { AppRoleSettings } from '../../model/environment/app-role';
import { referenceTo } from '../reference';
import { tokenArguments, type ILoginRole, type MountedRoleProps } from './login-role';

export interface AppRoleProps extends AppRoleSettings, MountedRoleProps<'approle'> {}

/**
 * A role that programs log in to. SecretIDs are issued outside of Terraform, so that no state contains one.
 *
 * @see https://registry.terraform.io/providers/hashicorp/vault/latest/docs/resources/approle_auth_backend_role
 */
export class AppRole extends Construct implements ILoginRole {
  public readonly roleName: string;
  private readonly resource: ApproleAuthBackendRole;

  constructor(scope: Construct, id: string, props: AppRoleProps) {
    super(scope, id);
    this.roleName = props.roleName;
    this.resource = new ApproleAuthBackendRole(this, 'Resource', {
      backend: props.auth.backend,
      roleName: props.roleName,
      ...tokenArguments(props),
      secretIdTtl: props.secretIdTtlSeconds,
      secretIdNumUses: props.secretIdNumUses,
      ...(props.secretIdBoundCidrs.length > 0 && { secretIdBoundCidrs: [...props.secretIdBoundCidrs] }),
    });
  }

  /** The RoleID. */
  public get aliasNames(): readonly string[] {
    return [referenceTo(this.resource, 'role_id')];
  }
}
