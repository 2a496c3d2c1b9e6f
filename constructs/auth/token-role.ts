import { TokenAuthBackendRole } from '@cdktf/provider-vault/lib/token-auth-backend-role';
import { Construct } from 'constructs';

import type { TokenLogin } from '../../model/tenant/login';
import { validateProps, type PropsRule } from '../validate-props';
import { policyNames, type ILoginRole, type LoginRoleProps } from './login-role';

export interface TokenRoleProps extends LoginRoleProps, Pick<TokenLogin, 'orphan' | 'renewable'> {}

const rules: readonly PropsRule<TokenRoleProps>[] = [
  ({ tokenType, orphan, renewable }) =>
    tokenType === 'service' || (orphan && !renewable)
      ? undefined
      : {
          message: 'batch tokens can neither be renewed nor be revoked with their parent',
          given: `orphan: ${orphan}, renewable: ${renewable}`,
          allowed: 'orphan: true and renewable: false with tokenType `batch`',
          fix: 'set orphan: true and renewable: false, or use service tokens',
        },
];

/**
 * A role with which a trusted program creates tokens for others, with exactly these policies: `auth/token/create/<role>`. The
 * maximum TTL of service tokens is `tokenMaxTtlSeconds`, that of batch tokens is the mount's. The role has no other TTLs.
 *
 * @see https://registry.terraform.io/providers/hashicorp/vault/latest/docs/resources/token_auth_backend_role
 */
export class TokenRole extends Construct implements ILoginRole {
  public readonly roleName: string;
  public readonly aliasNames: readonly string[] = [];

  /** @throws PlatformError `construct` if batch tokens are renewable or not orphans */
  constructor(scope: Construct, id: string, props: TokenRoleProps) {
    super(scope, id);
    validateProps(this, props, rules);
    const { roleName, tokenType, orphan, renewable, tokenMaxTtlSeconds, tokenBoundCidrs } = props;
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
