import { OidcAuth } from '../../../constructs/auth/oidc-auth';
import { OidcRole, type OidcRoleProps } from '../../../constructs/auth/oidc-role';
import { appRole, oidcMethod } from '../../support/inventory/model';
import { Template } from '../../support/template/template';

describe('OidcAuth', () => {
  it('creates only the mount, because the server requires the client secret for the settings', () => {
    const template = Template.of((scope) => {
      new OidcAuth(scope, 'people', { ...oidcMethod(), tuning: { listingVisibility: 'unauth' } });
    });
    expect(template.addresses).toEqual(['vault_auth_backend.people']);
    expect(template.resource('vault_auth_backend')).toMatchObject({
      type: 'oidc',
      path: 'people',
      description: 'The method people',
      tune: [{ listing_visibility: 'unauth' }],
      lifecycle: { prevent_destroy: true },
    });
  });
});

describe('OidcRole', () => {
  const role = (over: Partial<OidcRoleProps>): Template =>
    Template.of((scope) => {
      new OidcRole(scope, 'role', {
        ...appRole(),
        auth: OidcAuth.fromOidcAuthAttributes(scope, 'Auth', { mountPath: 'people' }),
        roleName: 'app-role',
        policies: [{ policyName: 'app' }],
        boundClaims: { groups: ['checkout'] },
        boundClaimsType: 'string',
        userClaim: 'email',
        scopes: [],
        redirectUris: ['https://vault.example.com/ui/vault/auth/people/oidc/callback'],
        ...over,
      });
    });

  it('minimal: a bound claim and a redirect URI', () => {
    expect(role({}).resource('vault_jwt_auth_backend_role')).toEqual({
      backend: 'people',
      role_name: 'app-role',
      role_type: 'oidc',
      oidc_scopes: ['openid'],
      allowed_redirect_uris: ['https://vault.example.com/ui/vault/auth/people/oidc/callback'],
      bound_claims: { groups: 'checkout' },
      bound_claims_type: 'string',
      user_claim: 'email',
      token_policies: ['app'],
      token_type: 'service',
      token_ttl: 1200,
      token_max_ttl: 3600,
    });
  });

  it('maximal: more scopes', () => {
    const template = role({ scopes: ['profile', 'groups'] });
    expect(template.resource('vault_jwt_auth_backend_role')).toMatchObject({
      oidc_scopes: ['openid', 'profile', 'groups'],
    });
  });

  it.each([
    ['no claim', { boundClaims: {} }, /every token of the issuer/],
    ['no redirect URI', { redirectUris: [] }, /cannot return from the login/],
  ])('fails if there is %s', (_, over, message) => {
    expect(() => role(over)).toThrow(message);
  });
});
