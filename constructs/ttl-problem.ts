import type { Problem } from '../model/errors';
import { ttlFault } from '../model/language/duration';

export interface Ttls {
  /** Lifetime unless a request asks for another one. */
  readonly ttlSeconds: number;
  readonly maxTtlSeconds: number;
  /** @default 1 */
  readonly minSeconds?: number;
}

/** What is wrong with a default and a maximum lifetime; undefined if the default is long enough and not above the maximum. */
export function ttlProblem({ ttlSeconds, maxTtlSeconds, minSeconds = 1 }: Ttls): Problem | undefined {
  const tooLong = ttlFault(ttlSeconds, maxTtlSeconds, 'the TTL', 'the maximum TTL');
  const given = `TTL ${ttlSeconds} seconds, maximum TTL ${maxTtlSeconds} seconds`;
  const allowed = `a TTL of ${minSeconds} seconds or more, up to the maximum TTL`;
  if (ttlSeconds < minSeconds) return { message: 'the TTL is too short', given, allowed, fix: 'lengthen the TTL' };
  return tooLong && { ...tooLong, given, allowed };
}
