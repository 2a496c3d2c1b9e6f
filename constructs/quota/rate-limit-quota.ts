import { QuotaRateLimit } from '@cdktf/provider-vault/lib/quota-rate-limit';
import { Construct } from 'constructs';

import { validateProps, type PropsRule } from '../validate-props';
import { roleRule, type QuotaScope } from './role-rule';

export interface RateLimitQuotaProps extends QuotaScope {
  /** Name on the server, unique in the cluster. */
  readonly quotaName: string;
  /** Requests in an interval; may be a fraction. */
  readonly rate: number;
  /**
   * Length of an interval, 1 or more.
   * @default 1
   */
  readonly intervalSeconds?: number;
}

const rules: readonly PropsRule<RateLimitQuotaProps>[] = [
  ({ rate }) =>
    rate > 0
      ? undefined
      : {
          message: 'the rate is not positive, so every request would be refused',
          given: String(rate),
          allowed: 'a number above 0',
          fix: 'set a positive rate',
        },
  ({ intervalSeconds = 1 }) =>
    Number.isInteger(intervalSeconds) && intervalSeconds >= 1
      ? undefined
      : {
          message: 'the interval is not a positive number of whole seconds',
          given: String(intervalSeconds),
          allowed: 'a whole number, 1 or more',
          fix: 'set intervalSeconds to 1 or more',
        },
  roleRule,
];

/**
 * Limits the requests of each client address. Each node of a cluster counts the requests of an address separately.
 *
 * @see https://openbao.org/docs/concepts/resource-quotas/
 */
export class RateLimitQuota extends Construct {
  /** @throws PlatformError `construct` if the rate or the interval is not positive, or if a role has no auth method */
  constructor(scope: Construct, id: string, props: RateLimitQuotaProps) {
    super(scope, id);
    validateProps(this, props, rules);
    const { quotaName, path, rate, intervalSeconds = 1, role } = props;
    new QuotaRateLimit(this, 'Resource', {
      name: quotaName,
      path,
      rate,
      interval: intervalSeconds,
      ...(role !== undefined && { role }),
    });
  }
}
