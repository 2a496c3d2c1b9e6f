import { authTuning, mountTuning } from '../../constructs/tuning';
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
  it('without stacks writes nothing', () => {
    expect(mountTuning()).toEqual({});
    expect(mountTuning({})).toEqual({});
    expect(authTuning({})).toBeUndefined();
  });

  it('of an engine is in seconds', () => {
    expect(mountTuning(everything)).toEqual(everything);
  });

  it('of an auth method is a block, with durations in the provider’s format', () => {
    const { defaultLeaseTtlSeconds, maxLeaseTtlSeconds, ...others } = everything;
    expect([defaultLeaseTtlSeconds, maxLeaseTtlSeconds]).toEqual([1800, 5400]);
    expect(authTuning(everything)).toEqual([{ ...others, defaultLeaseTtl: '30m', maxLeaseTtl: '1h30m' }]);
  });

  it.each([
    [0, '0s'],
    [59, '59s'],
    [90, '1m30s'],
    [3600, '1h'],
    [3601, '1h1s'],
    [2_764_800, '768h'],
  ])('%i seconds are %s', (seconds, text) => {
    expect(authTuning({ maxLeaseTtlSeconds: seconds })).toEqual([{ maxLeaseTtl: text }]);
  });

  it('omits an empty list, which would be a permanent diff', () => {
    expect(authTuning({ passthroughRequestHeaders: [], allowedResponseHeaders: [] })).toBeUndefined();
    expect(mountTuning({ auditNonHmacRequestKeys: [] })).toEqual({});
  });
});
