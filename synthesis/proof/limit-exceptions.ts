import { expiresSoon, isExpired } from '../../access/proof/declaration';
import type { LimitException } from '../../model/environment/limits';
import type { Problem } from '../../model/errors';
import type { Inventory } from '../../model/inventory';

/** Exceptions from limits of environments by their day. */
interface Exceptions {
  readonly expired: readonly Problem[];
  /** Those that expire within 14 days. */
  readonly expiring: readonly Problem[];
}

/** @param now milliseconds since 1970 */
export function limitExceptions({ environments }: Inventory, now: number): Exceptions {
  const all = environments.flatMap(({ limits }) => limits.exceptions);
  return {
    expired: all.filter((entry) => isExpired(entry, now)).map((entry) => problemOf(entry, 'has expired on')),
    expiring: all.filter((entry) => expiresSoon(entry, now)).map((entry) => problemOf(entry, 'expires on')),
  };
}

const problemOf = (entry: LimitException, when: string): Problem => ({
  ...entry.place.position,
  message: `the exception from the limit ${entry.limit} for ${entry.for.join(', ')} ${when} ${entry.until}: ${entry.reason}`,
  given: entry.until,
  allowed: 'a later day, or no exception',
  fix: 'bring the tenants within the limit and remove the entry, or renew its day and its reason',
});
