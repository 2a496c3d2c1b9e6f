import { patternRule } from '../rule';

/** A tenant as `team/tenant`, by its names in the inventory. */
export const tenantRule = patternRule(/^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/, 'a tenant, as team/tenant', {
  message: 'this does not name a tenant',
  fix: 'write the team, a slash and the tenant, for example payments/ledger',
});
