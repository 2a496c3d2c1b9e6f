import { JwtAuth } from '../../../constructs/auth/jwt-auth';
import { JwtRole, type JwtRoleProps } from '../../../constructs/auth/jwt-role';
import type { JwtMethod } from '../../../model/cluster/auth-methods/jwt';
import { appRole, jwtMethod } from '../../support/inventory/model';
import { Template } from '../../support/template/template';

const issuer = 'https://token.actions.githubusercontent.com';

function settings(keys: JwtMethod['keys']): unknown {
  const template = Template.of((scope) => new JwtAuth(scope, 'ci', jwtMethod({ keys })));
  return JSON.parse(template.resource('vault_generic_endpoint').data_json as string);
}

describe('JwtAuth', () => {
  it('has prevent_destroy on the mount only, so that settings can be written again when the issuer was unreachable', () => {
    const template = Template.of((scope) => new JwtAuth(scope, 'ci', jwtMethod()));
    expect(template.resource('vault_auth_backend')).toMatchObject({
      type: 'jwt',
      path: 'github',
      description: 'The method github',
      lifecycle: { prevent_destroy: true },
    });
    expect(template.resource('vault_generic_endpoint')).toMatchObject({
      path: 'auth/${vault_auth_backend.ci.path}/config',
      ignore_absent_fields: true,
      disable_delete: true,
    });
  });

  it('gets keys by OIDC discovery, from a JWKS URL, or as PEM', () => {
    const common = { bound_issuer: issuer, jwt_supported_algs: ['RS256'] };
    expect(settings({ from: 'discovery', url: issuer })).toEqual({
      ...common,
      oidc_discovery_url: issuer,
      oidc_discovery_ca_pem: '',
    });
    expect(settings({ from: 'jwks', url: `${issuer}/keys`, caCertificate: 'PEM' })).toEqual({
      ...common,
      jwks_url: `${issuer}/keys`,
      jwks_ca_pem: 'PEM',
    });
    expect(settings({ from: 'static', publicKeys: ['KEY\n'] })).toEqual({ ...common, jwt_validation_pubkeys: ['KEY'] });
  });
});

describe('JwtRole', () => {
  const build = (over: Partial<JwtRoleProps>): { template: Template; role: JwtRole } => {
    let role: JwtRole | undefined;
    const template = Template.of((scope) => {
      role = new JwtRole(scope, 'role', {
        ...appRole(),
        auth: JwtAuth.fromJwtAuthAttributes(scope, 'Auth', { mountPath: 'github' }),
        roleName: 'app-role',
        policies: [{ policyName: 'app' }],
        audiences: ['vault'],
        boundClaims: { repository: ['acme/checkout'] },
        boundClaimsType: 'string',
        userClaim: 'sub',
        ...over,
      });
    });
    return { template, role: role! };
  };

  it('minimal: an audience and a bound claim', () => {
    expect(build({}).template.resource('vault_jwt_auth_backend_role')).toEqual({
      backend: 'github',
      role_name: 'app-role',
      role_type: 'jwt',
      bound_audiences: ['vault'],
      bound_claims: { repository: 'acme/checkout' },
      bound_claims_type: 'string',
      user_claim: 'sub',
      token_policies: ['app'],
      token_type: 'service',
      token_ttl: 1200,
      token_max_ttl: 3600,
    });
  });

  it('maximal: several values and globs', () => {
    const boundClaims = { repository: ['acme/a', 'acme/b'], ref: ['refs/tags/*'] };
    const { template } = build({ boundClaims, boundClaimsType: 'glob' });
    expect(template.resource('vault_jwt_auth_backend_role')).toMatchObject({
      bound_claims: { repository: 'acme/a,acme/b', ref: 'refs/tags/*' },
      bound_claims_type: 'glob',
    });
  });

  it('passes a value with a comma as it is', () => {
    const boundClaims = { groups: ['cn=ops,ou=groups'], ref: ['main'] };
    expect(build({ boundClaims }).template.resource('vault_jwt_auth_backend_role')).toMatchObject({
      bound_claims: { groups: 'cn=ops,ou=groups', ref: 'main' },
      disable_bound_claims_parsing: true,
    });
  });

  it('takes a user claim with a slash before it as a JSON pointer', () => {
    expect(build({ userClaim: '/who/name' }).template.resource('vault_jwt_auth_backend_role')).toMatchObject({
      user_claim: '/who/name',
      user_claim_json_pointer: true,
    });
  });

  it('has an alias only if its user claim is bound to exact values', () => {
    expect(build({ boundClaims: { sub: ['a', 'b'] } }).role.aliasNames).toEqual(['a', 'b']);
    expect(build({ boundClaims: { sub: ['a-*'] }, boundClaimsType: 'glob' }).role.aliasNames).toEqual([]);
    expect(build({}).role.aliasNames).toEqual([]);
  });

  it.each([
    ['no audience', { audiences: [] }, /issued for other services/],
    ['no claim', { boundClaims: {} }, /every token of the issuer/],
    ['a claim without values', { boundClaims: { ref: [] } }, /bound to no value/],
    ['a value that is empty', { boundClaims: { ref: [''] } }, /is empty/],
    ['a value with a space behind it', { boundClaims: { ref: ['main '] } }, /leading or trailing spaces/],
    ['a comma beside a claim with two values', { boundClaims: { dn: ['a,b'], ref: ['a', 'b'] } }, /ref: a and b/],
    ['a * that is no wildcard', { boundClaims: { ref: ['refs/*'] } }, /not a wildcard/],
    ['a * alone', { boundClaims: { ref: ['*'] }, boundClaimsType: 'glob' as const }, /matches every value/],
  ])('fails if there is %s', (_, over, message) => {
    expect(() => build(over)).toThrow(message);
  });
});
