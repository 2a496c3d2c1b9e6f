import type { Source } from '../principals/access-model';

/** Something that the inventory allows although it is a risk. */
export interface Declaration {
  readonly reason: string;
  /** ISO day, for example `2027-03-01`: from its beginning in UTC the declaration does not count. @default - it counts for ever */
  readonly until?: string;
  readonly source?: Source;
}

const dayMilliseconds = 86_400_000;

/** Days before its end in which a declaration is reported. */
const noticeDays = 14;

const endOf = ({ until }: Declaration): number =>
  until === undefined ? Number.POSITIVE_INFINITY : Date.parse(`${until}T00:00:00Z`);

/** @param now milliseconds since 1970 */
export const isExpired = (declaration: Declaration, now: number): boolean => endOf(declaration) <= now;

/** Whether it expires within 14 days. @param now milliseconds since 1970 */
export const expiresSoon = (declaration: Declaration, now: number): boolean =>
  !isExpired(declaration, now) && endOf(declaration) - now <= noticeDays * dayMilliseconds;
