import { map, optional, wholeNumber, type Output } from '../language/schema';

const most = 1_000_000;

const limit = (what: string) => optional(wholeNumber(1, most)).describe(`${what}. Default: no limit.`);

const maxLeases = limit('Number of leases at a time. Vault Enterprise only');

/** Limits of an environment as a whole. */
export const environmentQuotasSchema = map({
  requestsPerSecond: limit('Requests per second to the key-value engine'),
  maxLeases,
});

/** Limits of a tenant in each of its environments. */
export const tenantQuotasSchema = map({
  requestsPerSecond: limit('Requests per second to the tenant’s documents'),
  loginsPerSecond: limit(
    'Logins per second by each of the tenant’s roles at AppRole, Kubernetes and AWS methods; servers cannot count others by role',
  ),
  maxLeases,
});

/** Limits of an environment or a tenant; those of an environment know no logins. */
export type Quotas = Output<typeof tenantQuotasSchema>;
