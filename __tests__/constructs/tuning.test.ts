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
  it('of nothing writes nothing', () => {
    expect(mountTuning()).toEqual({});
    expect(mountTuning({})).toEqual({});
    expect(authTuning({})).toBeUndefined();
  });

  it('of an engine is in seconds', () => {
    expect(mountTuning(everything)).toEqual(everything);
  });

  it('of an auth method is a block, with times as the provider writes them', () => {
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

  it('leaves out a list that is empty: a plan would see a change that the server does not', () => {
    expect(authTuning({ passthroughRequestHeaders: [], allowedResponseHeaders: [] })).toBeUndefined();
    expect(mountTuning({ auditNonHmacRequestKeys: [] })).toEqual({});
  });
});
