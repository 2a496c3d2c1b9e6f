import { TokenRole, type TokenRoleProps } from '../../../constructs/auth/token-role';
import { appRole } from '../../support/inventory/model';
import { Template } from '../../support/template/template';

const role = (over: Partial<TokenRoleProps>): Template =>
  Template.of((scope) => {
    const policies = [{ policyName: 'app' }];
    new TokenRole(scope, 'role', {
      ...appRole(),
      roleName: 'app-role',
      policies,
      orphan: false,
      renewable: true,
      ...over,
    });
  });

describe('TokenRole', () => {
  it('minimal: child tokens with a maximum TTL', () => {
    expect(role({}).resource('vault_token_auth_backend_role')).toEqual({
      role_name: 'app-role',
      allowed_policies: ['app'],
      orphan: false,
      renewable: true,
      token_type: 'service',
      token_explicit_max_ttl: 3600,
    });
  });

  it('maximal: batch tokens with bound CIDRs, without a maximum TTL, which the server refuses', () => {
    const template = role({ tokenType: 'batch', orphan: true, renewable: false, tokenBoundCidrs: ['10.0.0.0/8'] });
    expect(template.resource('vault_token_auth_backend_role')).toEqual({
      role_name: 'app-role',
      allowed_policies: ['app'],
      orphan: true,
      renewable: false,
      token_type: 'batch',
      token_bound_cidrs: ['10.0.0.0/8'],
    });
  });

  it.each([
    { orphan: false, renewable: false },
    { orphan: true, renewable: true },
  ])('fails if batch tokens are to be %j', (over) => {
    expect(() => role({ tokenType: 'batch', ...over })).toThrow(/can neither be renewed nor/);
  });
});
