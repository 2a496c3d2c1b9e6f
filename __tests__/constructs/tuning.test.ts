import { authTuning, mountLists, mountTuning } from '../../constructs/tuning';
import type { MountTuning } from '../../model/cluster/tuning';

const everything: Required<MountTuning> = {
  defaultLeaseTtlSeconds: 1800,
  maxLeaseTtlSeconds: 5400,
  listingVisibility: 'unauth',
  auditNonHmacRequestKeys: ['role'],
  auditNonHmacResponseKeys: ['accessor'],
  passthroughRequestHeaders: ['X-Request-Id'],
  allowedResponseHeaders: ['X-Answered-By'],
};

describe('tuning', () => {
  it.each([undefined, {}])(
    'writes the defaults if nothing is set, so that removed settings have them again',
    (unset) => {
      const engine = { defaultLeaseTtlSeconds: 0, maxLeaseTtlSeconds: 0, listingVisibility: 'hidden' };
      expect(mountTuning(unset)).toEqual(engine);
      expect(mountLists(unset)).toEqual({
        audit_non_hmac_request_keys: [],
        audit_non_hmac_response_keys: [],
        passthrough_request_headers: [],
        allowed_response_headers: [],
      });
      expect(authTuning(unset)).toEqual({ defaultLeaseTtl: '0s', maxLeaseTtl: '0s', listingVisibility: 'hidden' });
    },
  );

  it('of an engine is in seconds, and its lists are the body of a request', () => {
    const { defaultLeaseTtlSeconds, maxLeaseTtlSeconds, listingVisibility } = everything;
    expect(mountTuning(everything)).toEqual({ defaultLeaseTtlSeconds, maxLeaseTtlSeconds, listingVisibility });
    expect(mountLists(everything)).toEqual({
      audit_non_hmac_request_keys: ['role'],
      audit_non_hmac_response_keys: ['accessor'],
      passthrough_request_headers: ['X-Request-Id'],
      allowed_response_headers: ['X-Answered-By'],
    });
  });

  it('of an auth method is a block, with durations in the provider’s format', () => {
    const { defaultLeaseTtlSeconds, maxLeaseTtlSeconds, ...others } = everything;
    expect([defaultLeaseTtlSeconds, maxLeaseTtlSeconds]).toEqual([1800, 5400]);
    expect(authTuning(everything)).toEqual({ ...others, defaultLeaseTtl: '30m', maxLeaseTtl: '1h30m' });
  });

  it.each([
    [0, '0s'],
    [59, '59s'],
    [90, '1m30s'],
    [3600, '1h'],
    [3601, '1h1s'],
    [2_764_800, '768h'],
  ])('%i seconds are %s', (seconds, text) => {
    expect(authTuning({ maxLeaseTtlSeconds: seconds })).toMatchObject({ maxLeaseTtl: text });
  });

  it('of an auth method has no empty lists: the provider sends lists without names for them', () => {
    expect(Object.keys(authTuning({ passthroughRequestHeaders: [], auditNonHmacRequestKeys: [] }))).toHaveLength(3);
  });
});
