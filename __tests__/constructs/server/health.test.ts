import { activePath, readinessPath } from '../../../constructs/server/health';
import { healthCodes } from '../../../model/health';

describe('paths of probes', () => {
  it('consider only active and standby servers ready', () => {
    expect(readinessPath()).toBe('/v1/sys/health?standbyok=true&perfstandbyok=true');
  });

  it('select only the active server, by its unique status code', () => {
    expect(activePath()).toBe('/v1/sys/health');
    expect(Object.entries(healthCodes).filter(([code]) => Number(code) < 300)).toEqual([['200', 'active']]);
  });
});
