import type { Owner } from '../principals/access-model';

/** The tenant as messages name it, for example `payments/ledger in devel`. */
export const ownerName = ({ team, tenant, environment }: Owner): string => `${team}/${tenant} in ${environment}`;

/** The same tenant in another environment is another owner. */
export const isSameOwner = (a: Owner, b: Owner): boolean =>
  a === b || (a.tenant === b.tenant && a.environment === b.environment && a.team === b.team);
