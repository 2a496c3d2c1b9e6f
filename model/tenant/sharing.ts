import { environmentList } from '../environment/environment';
import { tenantRule } from '../language/rules/tenant';
import { list, map, optional, text, type Output } from '../language/schema';
import { until } from '../language/until';
import { Place } from '../source/place';
import type { ExpectationContext } from './expectation';
import { grantsSchema, linkGrants, type Grant } from './grant';
import { GrantPlace } from './grants/grant-place';
import { reason } from './policy';

const sharing = map({
  with: text(tenantRule).describe('Tenant that may reach it, as team/tenant, in the same environments.'),
  environments: optional(environmentList).describe('Environments that this is for. Default: all of the tenant’s.'),
  grants: grantsSchema.describe(
    'What the other tenant may reach, in the words of grants. This grants nothing by itself.',
  ),
  reason,
  until,
});

/** What policies of other tenants may reach although it belongs to this one. */
export const sharingSchema = optional(
  list(sharing, 'a list of what is shared', (entry) => JSON.stringify(entry)),
  [],
);

/** What another tenant may reach in one environment. */
export type Sharing = Pick<Output<typeof sharing>, 'reason' | 'until'> & {
  readonly with: { readonly team: string; readonly tenant: string };
  readonly grants: readonly Grant[];
  readonly place: Place;
};

/** What is shared in one environment. */
export function linkSharing({
  scope,
  engines,
  home,
}: Pick<ExpectationContext, 'scope' | 'engines' | 'home'>): Sharing[] {
  return scope.file.sharing.flatMap((file, index) => {
    if (file.environments?.includes(home.environment.inventoryName) === false) return [];
    const path = ['sharing', index];
    const [team = '', tenant = ''] = file.with.split('/');
    const grants = linkGrants(file.grants, [...path, 'grants'], new GrantPlace(home, scope, engines));
    const { reason: why, until: end } = file;
    return [{ reason: why, until: end, with: { team, tenant }, grants, place: new Place(scope.entry.source, path) }];
  });
}
