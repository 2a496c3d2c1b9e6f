import type { MountTuning } from '../inventory';
import type { TuningFile } from '../schema/tuning';
import { defined } from './defined';
import { optionalSeconds } from './seconds';

export function resolveTuning(file: TuningFile | undefined): MountTuning {
  if (file === undefined) return {};
  const { defaultLeaseTtl, maxLeaseTtl, ...rest } = file;
  return defined({
    defaultLeaseTtlSeconds: optionalSeconds(defaultLeaseTtl),
    maxLeaseTtlSeconds: optionalSeconds(maxLeaseTtl),
    ...rest,
  });
}
