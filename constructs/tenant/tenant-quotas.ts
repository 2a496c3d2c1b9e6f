import type { Construct } from 'constructs';

import { kvMount, roleQuota, tenantQuota } from '../../model/names';
import { areLoginsCounted } from '../../model/tenant/login';
import type { Tenant, TenantEnvironment } from '../../model/tenant/tenant';
import { serverNameId } from '../construct-id';
import type { IdentifiedLogin } from '../identity/identity';
import { LeaseCountQuota } from '../quota/lease-count-quota';
import { RateLimitQuota } from '../quota/rate-limit-quota';

export interface TenantQuotasProps {
  readonly tenant: Pick<Tenant, 'name'>;
  readonly settings: TenantEnvironment;
}

/** Quotas of a tenant: requests to its documents, logins of each of its roles, and concurrent leases. */
export function addQuotas(
  scope: Construct,
  { tenant, settings }: TenantQuotasProps,
  logins: readonly IdentifiedLogin[],
): void {
  const { environment, quotas } = settings;
  const { requestsPerSecond, loginsPerSecond, maxLeases } = quotas;
  if (requestsPerSecond !== undefined) {
    const path = `${kvMount(environment)}/data/${tenant.name}/*`;
    new RateLimitQuota(scope, 'requests', {
      quotaName: tenantQuota(tenant, environment),
      path,
      rate: requestsPerSecond,
    });
  }
  for (const { login, auth, role: made } of logins) {
    if (auth === undefined || !areLoginsCounted(login)) continue;
    const { mountPath } = auth;
    const { roleName } = made;
    const role = { path: `auth/${mountPath}/`, role: roleName };
    const id = serverNameId(`${mountPath}-${roleName}`.replaceAll('/', '-'));
    const quotaName = roleQuota(mountPath, roleName);
    if (loginsPerSecond !== undefined) {
      new RateLimitQuota(scope, `logins-${id}`, { ...role, quotaName, rate: loginsPerSecond });
    }
    if (maxLeases !== undefined) new LeaseCountQuota(scope, `leases-${id}`, { ...role, quotaName, maxLeases });
  }
}
