import { QuotaRateLimit } from '@cdktf/provider-vault/lib/quota-rate-limit';
import { Construct } from 'constructs';

import { refuse } from '../refuse';

export interface RateLimitQuotaProps {
  /** Name on the server, unique in the cluster. */
  readonly quotaName: string;
  /** What it is for: a mount with its trailing slash, `v1/devel/kv/`, `auth/approle/`, or a path inside one. */
  readonly path: string;
  /** Requests in an interval; may be a fraction. */
  readonly rate: number;
  /**
   * Length of an interval, 1 or more.
   * @default 1
   */
  readonly intervalSeconds?: number;
  /** Only logins to this role; `path` is then the mount of its auth method. @default - all requests */
  readonly role?: string;
}

/**
 * How many requests each client address may make. One address's requests are counted by each node of a cluster on its own.
 *
 * @see https://openbao.org/docs/concepts/resource-quotas/
 */
export class RateLimitQuota extends Construct {
  /** @throws PlatformError `construct` if the rate or the interval is not positive, or a role is not at an auth method */
  constructor(scope: Construct, id: string, props: RateLimitQuotaProps) {
    super(scope, id);
    const { quotaName, path, rate, intervalSeconds = 1, role } = props;
    const wrong = (message: string, given: string, fix: string): never =>
      refuse({ message: `quota ${quotaName}: ${message}`, given, fix });
    if (!(rate > 0)) wrong('a rate that lets nothing through', String(rate), 'give a positive rate');
    if (!Number.isInteger(intervalSeconds) || intervalSeconds < 1) {
      wrong('an interval that is not a whole second', String(intervalSeconds), 'give 1 or more');
    }
    if (role !== undefined && !/^auth\/.+\/$/.test(path)) {
      wrong('a role belongs to an auth method', path, 'give its mount, `auth/<mount>/`, or leave the role out');
    }
    new QuotaRateLimit(this, 'Resource', {
      name: quotaName,
      path,
      rate,
      interval: intervalSeconds,
      ...(role !== undefined && { role }),
    });
  }
}
