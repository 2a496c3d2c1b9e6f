import { TerraformOutput } from 'cdktf';

import { AppRole } from '../../../constructs/auth/app-role';
import { AppRoleAuth } from '../../../constructs/auth/app-role-auth';
import { Policy } from '../../../constructs/policy/policy';
import type { AppRoleSettings } from '../../../model/environment/app-role';
import { appRole } from '../../support/inventory/model';
import { Template } from '../../support/template/template';

function role(settings: Partial<AppRoleSettings>): Readonly<Record<string, unknown>> {
  return Template.of((scope) => {
    const auth = AppRoleAuth.fromAppRoleAuthAttributes(scope, 'Auth', { mountPath: 'approle' });
    const policy = new Policy(scope, 'p', { policyName: 'app-devel-ro' });
    policy.addStatement({ path: 'a', capabilities: ['read'] });
    new AppRole(scope, 'role', { ...appRole(settings), auth, roleName: 'app-devel-ro-role', policies: [policy] });
  }).resource('vault_approle_auth_backend_role');
}

describe('AppRole', () => {
  it('minimal: TTLs, token type and policy, without empty lists', () => {
    expect(role({})).toEqual({
      backend: 'approle',
      role_name: 'app-devel-ro-role',
      token_policies: ['app-devel-ro'],
      token_type: 'service',
      token_ttl: 1200,
      token_max_ttl: 3600,
      secret_id_ttl: 86_400,
      secret_id_num_uses: 0,
    });
  });

  it('maximal: bound CIDRs, batch tokens, a SecretID for one login', () => {
    expect(
      role({
        tokenType: 'batch',
        tokenBoundCidrs: ['10.0.0.0/8'],
        secretIdBoundCidrs: ['10.1.0.0/16', '10.2.0.0/16'],
        secretIdNumUses: 1,
      }),
    ).toMatchObject({
      token_type: 'batch',
      token_bound_cidrs: ['10.0.0.0/8'],
      secret_id_bound_cidrs: ['10.1.0.0/16', '10.2.0.0/16'],
      secret_id_num_uses: 1,
    });
  });

  it('uses the RoleID, which the server generates, as alias name', () => {
    const template = Template.of((scope) => {
      const auth = AppRoleAuth.fromAppRoleAuthAttributes(scope, 'Auth', { mountPath: 'approle' });
      const policies = [{ policyName: 'app-devel-ro' }];
      const role = new AppRole(scope, 'role', { ...appRole(), auth, roleName: 'app-devel-ro-role', policies });
      for (const value of role.aliasNames) new TerraformOutput(scope, 'name', { value });
    });
    expect(template.json.output).toEqual({ name: { value: '${vault_approle_auth_backend_role.role.role_id}' } });
  });
});

describe('AppRoleAuth', () => {
  it('has prevent_destroy, because its removal deletes all roles and SecretIDs', () => {
    const template = Template.of((scope) => {
      new AppRoleAuth(scope, 'approle', { mountPath: 'approle', description: 'Programs' });
    });
    expect(template.resource('vault_auth_backend')).toMatchObject({
      type: 'approle',
      path: 'approle',
      description: 'Programs',
      lifecycle: { prevent_destroy: true },
    });
  });

  it('maximal: tuned', () => {
    const template = Template.of((scope) => {
      const tuning = { maxLeaseTtlSeconds: 3600, listingVisibility: 'hidden' as const };
      new AppRoleAuth(scope, 'approle', { mountPath: 'devel/approle', description: 'Programs of devel', tuning });
    });
    const tune = [{ max_lease_ttl: '1h', listing_visibility: 'hidden' }];
    expect(template.resource('vault_auth_backend')).toMatchObject({ path: 'devel/approle', tune });
  });

  it('is created before its roles', () => {
    const template = Template.of((scope) => {
      const auth = new AppRoleAuth(scope, 'approle', { mountPath: 'approle', description: 'Programs' });
      new AppRole(scope, 'role', { ...appRole(), auth, roleName: 'app-role', policies: [{ policyName: 'app' }] });
    });
    const { backend } = template.resource('vault_approle_auth_backend_role');
    expect(backend).toBe('${vault_auth_backend.approle.path}');
  });
});
