import type { z } from 'zod';

import { durationSeconds } from '../rules/duration';
import { custom } from './parts';

/** Whether `ttl` is up to `maxTtl`, where both are there. */
export function checkTtls(
  { ttl = '', maxTtl = '' }: { readonly ttl?: string | undefined; readonly maxTtl?: string | undefined },
  context: Pick<z.RefinementCtx, 'addIssue'>,
): void {
  if ((durationSeconds(ttl) ?? 0) <= (durationSeconds(maxTtl) ?? Infinity)) return;
  const fault = { message: 'ttl is longer than maxTtl', fix: 'shorten ttl or lengthen maxTtl' };
  context.addIssue({ ...custom(fault), message: 'ttl up to maxTtl', path: ['ttl'] });
}
