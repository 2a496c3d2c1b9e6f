import { activePath, readinessPath } from '../../../constructs/server/health';
import { healthCodes } from '../../../model/health';

describe('paths of probes', () => {
  it('take a server for ready that serves or may take over at once, and no other', () => {
    expect(readinessPath()).toBe('/v1/sys/health?standbyok=true&perfstandbyok=true');
  });

  it('take the active server alone, by the answer that no other state has', () => {
    expect(activePath()).toBe('/v1/sys/health');
    expect(Object.entries(healthCodes).filter(([code]) => Number(code) < 300)).toEqual([['200', 'active']]);
  });
});
