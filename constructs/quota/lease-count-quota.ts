import { QuotaLeaseCount } from '@cdktf/provider-vault/lib/quota-lease-count';
import { Construct } from 'constructs';

import { validateProps, type PropsRule } from '../validate-props';
import { roleRule, type QuotaScope } from './role-rule';

export interface LeaseCountQuotaProps extends QuotaScope {
  /** Name on the server, unique in the cluster. */
  readonly quotaName: string;
  /** Maximum number of concurrent leases, 1 or more. */
  readonly maxLeases: number;
}

const rules: readonly PropsRule<LeaseCountQuotaProps>[] = [
  ({ maxLeases }) =>
    Number.isInteger(maxLeases) && maxLeases >= 1
      ? undefined
      : {
          message: 'the maximum number of leases is not a positive whole number',
          given: String(maxLeases),
          allowed: 'a whole number, 1 or more',
          fix: 'set maxLeases to 1 or more',
        },
  roleRule,
];

/**
 * Limits the number of concurrent leases. Vault Enterprise only: Vault's community edition answers `enterprise-only feature`,
 * OpenBao `unsupported path`.
 *
 * @see https://developer.hashicorp.com/vault/docs/enterprise/lease-count-quotas
 */
export class LeaseCountQuota extends Construct {
  /** @throws PlatformError `construct` if the limit is not a positive whole number, or if a role has no auth method */
  constructor(scope: Construct, id: string, props: LeaseCountQuotaProps) {
    super(scope, id);
    validateProps(this, props, rules);
    const { quotaName, path, maxLeases, role } = props;
    new QuotaLeaseCount(this, 'Resource', { name: quotaName, path, maxLeases, ...(role !== undefined && { role }) });
  }
}
