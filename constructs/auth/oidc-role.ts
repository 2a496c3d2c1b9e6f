import { JwtAuthBackendRole } from '@cdktf/provider-vault/lib/jwt-auth-backend-role';
import { Construct } from 'constructs';

import type { OidcMethod } from '../../model/cluster/auth-methods/oidc';
import { pinnedClients } from '../../model/tenant/logins/bound-claims';
import type { OidcLogin } from '../../model/tenant/logins/claims';
import { validateProps, type PropsRule } from '../validate-props';
import { claimArguments, claimRule, type ClaimProps } from './bound-claims';
import { tokenArguments, type ILoginRole, type MountedRoleProps } from './login-role';

export interface OidcRoleProps
  extends MountedRoleProps<'oidc'>, ClaimProps, Pick<OidcLogin, 'scopes'>, Pick<OidcMethod, 'redirectUris'> {}

const rules: readonly PropsRule<OidcRoleProps>[] = [
  ({ redirectUris, auth }) =>
    redirectUris.length > 0
      ? undefined
      : {
          message: 'no redirect URI: the browser cannot return from the login',
          given: 'an empty list',
          fix: `add a redirect URI, such as https://<address>/ui/vault/auth/${auth.mountPath}/oidc/callback`,
        },
  claimRule,
];

/**
 * A role for users with a browser.
 *
 * @see https://registry.terraform.io/providers/hashicorp/vault/latest/docs/resources/jwt_auth_backend_role
 */
export class OidcRole extends Construct implements ILoginRole {
  public readonly roleName: string;
  public readonly aliasNames: readonly string[];

  /** @throws PlatformError `construct` without a redirect URI or bound claim, or if a bound value has another meaning than it seems */
  constructor(scope: Construct, id: string, props: OidcRoleProps) {
    super(scope, id);
    validateProps(this, props, rules);
    this.roleName = props.roleName;
    this.aliasNames = pinnedClients(props);
    new JwtAuthBackendRole(this, 'Resource', {
      backend: props.auth.backend,
      roleName: props.roleName,
      roleType: 'oidc',
      allowedRedirectUris: [...props.redirectUris],
      // The server always asks for `openid`. The provider sends no empty list, so the server would keep removed scopes.
      oidcScopes: [...new Set(['openid', ...props.scopes])],
      ...claimArguments(props),
      ...tokenArguments(props),
    });
  }
}
