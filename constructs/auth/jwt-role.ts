import { JwtAuthBackendRole } from '@cdktf/provider-vault/lib/jwt-auth-backend-role';
import { Construct } from 'constructs';

import type { JwtLogin } from '../../model/tenant/logins/jwt';
import { refuse } from '../refuse';
import { boundClaims, pinnedNames, type ClaimProps } from './bound-claims';
import { tokenArguments, type ILoginRole, type MountedRoleProps } from './login-role';

export interface JwtRoleProps extends MountedRoleProps<'jwt'>, ClaimProps, Pick<JwtLogin, 'audiences'> {}

/**
 * A role for programs with a signed token.
 *
 * @see https://registry.terraform.io/providers/hashicorp/vault/latest/docs/resources/jwt_auth_backend_role
 */
export class JwtRole extends Construct implements ILoginRole {
  public readonly roleName: string;
  public readonly aliasNames: readonly string[];

  /** @throws PlatformError `construct` if no audience or no claim is bound, or a claim is bound in a misleading way */
  constructor(scope: Construct, id: string, props: JwtRoleProps) {
    super(scope, id);
    const { auth, roleName, audiences, boundClaimsType, userClaim } = props;
    if (audiences.length === 0) {
      refuse({
        message: `role ${roleName}: without an audience a token made for another service is accepted`,
        fix: 'name the audience that programs ask their token for, such as the address of this cluster',
      });
    }
    this.roleName = roleName;
    this.aliasNames = pinnedNames(props);
    new JwtAuthBackendRole(this, 'Resource', {
      backend: auth.backend,
      roleName,
      roleType: 'jwt',
      boundAudiences: [...audiences],
      boundClaims: boundClaims(roleName, props),
      boundClaimsType,
      userClaim,
      ...tokenArguments(props),
    });
  }
}
