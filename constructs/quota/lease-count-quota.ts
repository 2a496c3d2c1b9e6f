import { QuotaLeaseCount } from '@cdktf/provider-vault/lib/quota-lease-count';
import { Construct } from 'constructs';

import { refuse } from '../refuse';

export interface LeaseCountQuotaProps {
  /** Name on the server, unique in the cluster. */
  readonly quotaName: string;
  /** A mount with its trailing slash, `auth/approle/`, or a path inside one. */
  readonly path: string;
  /** Leases at a time, 1 or more. */
  readonly maxLeases: number;
  /** Only leases of this role; `path` is then the mount of its auth method. @default - all leases */
  readonly role?: string;
}

/**
 * How many leases there may be at a time. Vault Enterprise alone has it: the community's Vault answers `enterprise-only
 * feature`, OpenBao `unsupported path`.
 *
 * @see https://developer.hashicorp.com/vault/docs/enterprise/lease-count-quotas
 */
export class LeaseCountQuota extends Construct {
  /** @throws PlatformError `construct` if no lease is allowed, or a role is not at an auth method */
  constructor(scope: Construct, id: string, { quotaName, path, maxLeases, role }: LeaseCountQuotaProps) {
    super(scope, id);
    const wrong = (message: string, given: string, fix: string): never =>
      refuse({ message: `quota ${quotaName}: ${message}`, given, fix });
    if (!Number.isInteger(maxLeases) || maxLeases < 1) {
      wrong('leases are counted in whole numbers', String(maxLeases), 'give 1 or more');
    }
    if (role !== undefined && !/^auth\/.+\/$/.test(path)) {
      wrong('a role belongs to an auth method', path, 'give its mount, `auth/<mount>/`, or leave the role out');
    }
    new QuotaLeaseCount(this, 'Resource', { name: quotaName, path, maxLeases, ...(role !== undefined && { role }) });
  }
}
