import { map, wholeNumber } from './parts';

const most = 1_000_000;

const requestsPerSecond = wholeNumber(1, most).optional();
const maxLeases = wholeNumber(1, most)
  .optional()
  .describe('Leases at a time. Vault Enterprise only. Default: no limit.');

/** Limits of an environment as a whole. */
export const environmentQuotasSchema = map({
  requestsPerSecond: requestsPerSecond.describe('Requests a second to the key-value engine. Default: no limit.'),
  maxLeases,
});

/** Limits of a tenant in each of its environments. */
export const tenantQuotasSchema = map({
  requestsPerSecond: requestsPerSecond.describe('Requests a second to the tenant’s documents. Default: no limit.'),
  loginsPerSecond: wholeNumber(1, most)
    .optional()
    .describe('Logins a second by each of the tenant’s roles. Default: no limit.'),
  maxLeases,
});
