import { LeaseCountQuota, type LeaseCountQuotaProps } from '../../../constructs/quota/lease-count-quota';
import { RateLimitQuota, type RateLimitQuotaProps } from '../../../constructs/quota/rate-limit-quota';
import { Template } from '../../support/template/template';

describe('RateLimitQuota', () => {
  const quota = (over: Partial<RateLimitQuotaProps>): Template =>
    Template.of((scope) => {
      new RateLimitQuota(scope, 'quota', { quotaName: 'app', path: 'v1/devel/kv/', rate: 100, ...over });
    });

  it('minimal: requests a second to a mount', () => {
    expect(quota({}).resource('vault_quota_rate_limit')).toEqual({
      name: 'app',
      path: 'v1/devel/kv/',
      rate: 100,
      interval: 1,
    });
  });

  it('maximal: logins a minute to a role', () => {
    const template = quota({ path: 'auth/approle/', role: 'app-role', rate: 2.5, intervalSeconds: 60 });
    expect(template.resource('vault_quota_rate_limit')).toEqual({
      name: 'app',
      path: 'auth/approle/',
      role: 'app-role',
      rate: 2.5,
      interval: 60,
    });
  });

  it.each([
    [{ rate: 0 }, /every request would be refused/],
    [{ rate: Number.NaN }, /every request would be refused/],
    [{ intervalSeconds: 0.5 }, /whole seconds/],
    [{ role: 'app-role' }, /requires the mount of an auth method/],
    [{ role: 'app-role', path: 'auth/approle' }, /write the mount of the auth method, `auth\/<mount>\/`/],
  ])('fails with %j', (over, message) => {
    expect(() => quota(over)).toThrow(message);
  });
});

describe('LeaseCountQuota', () => {
  const quota = (over: Partial<LeaseCountQuotaProps>): Template =>
    Template.of((scope) => {
      new LeaseCountQuota(scope, 'quota', { quotaName: 'app', path: 'auth/approle/', maxLeases: 500, ...over });
    });

  it('minimal: leases of a mount', () => {
    expect(quota({}).resource('vault_quota_lease_count')).toEqual({
      name: 'app',
      path: 'auth/approle/',
      max_leases: 500,
    });
  });

  it('maximal: leases of a role', () => {
    expect(quota({ role: 'app-role' }).resource('vault_quota_lease_count')).toMatchObject({ role: 'app-role' });
  });

  it.each([
    [{ maxLeases: 0 }, /whole number/],
    [{ maxLeases: 1.5 }, /whole number/],
    [{ path: 'v1/devel/kv/', role: 'app-role' }, /requires the mount of an auth method/],
  ])('fails with %j', (over, message) => {
    expect(() => quota(over)).toThrow(message);
  });
});
