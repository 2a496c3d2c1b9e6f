import { modelOf } from './stack';

describe('token settings of logins', () => {
  it('are those of the role, in seconds, and 0 where the mount or the server decides', () => {
    const model = modelOf({
      vault_approle_auth_backend_role: {
        a: { role_name: 'a', token_ttl: 600, token_max_ttl: 3600, token_type: 'batch' },
        b: { role_name: 'b', token_period: 60, token_explicit_max_ttl: 7200 },
      },
    });
    expect(model.principals.map(({ token }) => token)).toEqual([
      { type: 'batch', ttlSeconds: 600, maxTtlSeconds: 3600, periodSeconds: 0, explicitMaxTtlSeconds: 0 },
      { type: 'default', ttlSeconds: 0, maxTtlSeconds: 0, periodSeconds: 60, explicitMaxTtlSeconds: 7200 },
    ]);
  });

  it('are not known for LDAP, whose configuration has them', () => {
    const model = modelOf({
      vault_ldap_auth_backend_user: { u: { username: 'ann', policies: ['p'] } },
    });
    expect(model.principals.map(({ token }) => token)).toEqual([undefined]);
  });
});
