import { JwtAuthBackendRole } from '@cdktf/provider-vault/lib/jwt-auth-backend-role';
import { Construct } from 'constructs';

import type { OidcMethod } from '../../model/cluster/auth-methods/oidc';
import type { OidcLogin } from '../../model/tenant/logins/oidc';
import { refuse } from '../refuse';
import { boundClaims, pinnedNames, type ClaimProps } from './bound-claims';
import { tokenArguments, type ILoginRole, type MountedRoleProps } from './login-role';

export interface OidcRoleProps
  extends MountedRoleProps<'oidc'>, ClaimProps, Pick<OidcLogin, 'scopes'>, Pick<OidcMethod, 'redirectUris'> {}

/**
 * A role for people with a browser.
 *
 * @see https://registry.terraform.io/providers/hashicorp/vault/latest/docs/resources/jwt_auth_backend_role
 */
export class OidcRole extends Construct implements ILoginRole {
  public readonly roleName: string;
  public readonly aliasNames: readonly string[];

  /** @throws PlatformError `construct` if there is no redirect URI, no bound claim, or one bound in a misleading way */
  constructor(scope: Construct, id: string, props: OidcRoleProps) {
    super(scope, id);
    const { auth, roleName, boundClaimsType, userClaim, redirectUris, scopes } = props;
    if (redirectUris.length === 0) {
      refuse({
        message: `role ${roleName}: the browser could not be sent back`,
        fix: `name a redirect URI, such as https://<address>/ui/vault/auth/${auth.mountPath}/oidc/callback`,
      });
    }
    this.roleName = roleName;
    this.aliasNames = pinnedNames(props);
    new JwtAuthBackendRole(this, 'Resource', {
      backend: auth.backend,
      roleName,
      roleType: 'oidc',
      allowedRedirectUris: [...redirectUris],
      ...(scopes.length > 0 && { oidcScopes: [...scopes] }),
      boundClaims: boundClaims(roleName, props),
      boundClaimsType,
      userClaim,
      ...tokenArguments(props),
    });
  }
}
