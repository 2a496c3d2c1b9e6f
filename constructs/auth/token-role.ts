import { TokenAuthBackendRole } from '@cdktf/provider-vault/lib/token-auth-backend-role';
import { Construct } from 'constructs';

import type { TokenLogin } from '../../model/tenant/logins/token';
import { refuse } from '../refuse';
import { policyNames, type ILoginRole, type LoginRoleProps } from './login-role';

export interface TokenRoleProps extends LoginRoleProps, Pick<TokenLogin, 'orphan' | 'renewable'> {}

/**
 * A role by which a trusted program makes tokens for others, with these policies and no more: `auth/token/create/<role>`.
 * Their longest life is `tokenMaxTtlSeconds`, for batch tokens the mount's; a role knows no other times.
 *
 * @see https://registry.terraform.io/providers/hashicorp/vault/latest/docs/resources/token_auth_backend_role
 */
export class TokenRole extends Construct implements ILoginRole {
  public readonly roleName: string;
  public readonly aliasNames: readonly string[] = [];

  /** @throws PlatformError `construct` if batch tokens are to be renewed or to die with the one that made them */
  constructor(scope: Construct, id: string, props: TokenRoleProps) {
    super(scope, id);
    const { roleName, tokenType, orphan, renewable, tokenMaxTtlSeconds, tokenBoundCidrs } = props;
    if (tokenType === 'batch' && (!orphan || renewable)) {
      refuse({
        message: `token role ${roleName}: batch tokens can neither be renewed nor be revoked with the one that made them`,
        given: `orphan: ${orphan}, renewable: ${renewable}`,
        fix: 'set orphan: true and renewable: false, or take service tokens',
      });
    }
    this.roleName = roleName;
    new TokenAuthBackendRole(this, 'Resource', {
      roleName,
      allowedPolicies: policyNames(props),
      orphan,
      renewable,
      tokenType,
      ...(tokenType === 'service' && { tokenExplicitMaxTtl: tokenMaxTtlSeconds }),
      ...(tokenBoundCidrs.length > 0 && { tokenBoundCidrs: [...tokenBoundCidrs] }),
    });
  }
}
