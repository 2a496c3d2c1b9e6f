import type { Dialect } from '../../../model/dialect';
import type { Files } from '../../model/small-inventory';
import { attempts, policyWith, type Neighbour } from './attempts';
import { tenantFiles, type Keys } from './two-teams';

/** A tenant that a team may have, and how it logs in. */
export interface NeighbourLogin {
  readonly tenant: string;
  readonly login: Keys;
  readonly neighbour: Neighbour;
}

/** The files of all tenants that the team may have next to what it may not, and their logins, each with a policy `app`. */
export function neighbours(dialect: Dialect): { readonly files: Files; readonly logins: readonly NeighbourLogin[] } {
  const logins = attempts.flatMap(({ name, dialect: only, neighbour }): NeighbourLogin[] =>
    neighbour === undefined || (only !== undefined && only !== dialect)
      ? []
      : [{ tenant: name, login: neighbour.login ?? { type: 'approle' }, neighbour }],
  );
  const tenants = logins.map(({ tenant, login, neighbour }): [string, Keys] => [
    tenant,
    { ...neighbour.keys, policies: [policyWith(login, neighbour.grants)] },
  ]);
  return { files: tenantFiles('shop', Object.fromEntries(tenants)), logins };
}
