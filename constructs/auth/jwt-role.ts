import { JwtAuthBackendRole } from '@cdktf/provider-vault/lib/jwt-auth-backend-role';
import { Construct } from 'constructs';

import { pinnedClients } from '../../model/tenant/logins/bound-claims';
import type { JwtLogin } from '../../model/tenant/logins/claims';
import { validateProps, type PropsRule } from '../validate-props';
import { claimArguments, claimRule, type ClaimProps } from './bound-claims';
import { tokenArguments, type ILoginRole, type MountedRoleProps } from './login-role';

export interface JwtRoleProps extends MountedRoleProps<'jwt'>, ClaimProps, Pick<JwtLogin, 'audiences'> {}

const rules: readonly PropsRule<JwtRoleProps>[] = [
  ({ audiences }) =>
    audiences.length > 0
      ? undefined
      : {
          message: 'no audience: tokens issued for other services are accepted',
          given: 'an empty list',
          fix: 'name the audience that programs request their tokens for, such as the address of this cluster',
        },
  claimRule,
];

/**
 * A role for programs with a signed token.
 *
 * @see https://registry.terraform.io/providers/hashicorp/vault/latest/docs/resources/jwt_auth_backend_role
 */
export class JwtRole extends Construct implements ILoginRole {
  public readonly roleName: string;
  public readonly aliasNames: readonly string[];

  /** @throws PlatformError `construct` if no audience or no claim is bound, or if a bound value has another meaning than it seems */
  constructor(scope: Construct, id: string, props: JwtRoleProps) {
    super(scope, id);
    validateProps(this, props, rules);
    this.roleName = props.roleName;
    this.aliasNames = pinnedClients(props);
    new JwtAuthBackendRole(this, 'Resource', {
      backend: props.auth.backend,
      roleName: props.roleName,
      roleType: 'jwt',
      boundAudiences: [...props.audiences],
      ...claimArguments(props),
      ...tokenArguments(props),
    });
  }
}
