import { GenericEndpoint } from '@cdktf/provider-vault/lib/generic-endpoint';
import type { Construct } from 'constructs';

import type { AwsEngineSettings } from '../../model/environment/engines';
import { serverDuration } from '../duration';
import { awsOperations } from '../policy/operations';
import type { IGrantable } from '../policy/policy-document';
import { storedSettings } from '../stored-settings';
import { ttlProblem } from '../ttl-problem';
import { validateProps, type PropsRule } from '../validate-props';
import { roleNameOf, type NamedRole } from './name-in-engine';
import { imported, SecretEngineBase, type SecretEngineProps } from './secret-engine';

export interface AwsEngineProps extends SecretEngineProps, Omit<AwsEngineSettings, 'tuning'> {
  /** Lifetime of IAM users without renewal. */
  readonly defaultTtlSeconds: number;
  /** Maximum lifetime of IAM users. */
  readonly maxTtlSeconds: number;
}

const rules: readonly PropsRule<AwsEngineProps>[] = [
  ({ defaultTtlSeconds: ttlSeconds, maxTtlSeconds }) => ttlProblem({ ttlSeconds, maxTtlSeconds }),
];

/** An AWS engine of this or another stack. */
export class AwsEngineBase extends SecretEngineBase {
  /**
   * Get credentials of AWS from a role.
   *
   * @param reason comment in the policy. @default - none
   */
  public grantCredentials(grantee: IGrantable, role: NamedRole, reason?: string): void {
    const name = roleNameOf(role);
    this.write(grantee, { table: awsOperations, operations: ['credentials'], kind: 'role', name, reason });
  }
}

export type IAwsEngine = AwsEngineBase;

/**
 * An AWS engine; only Vault has it. Terraform never sees its credential: that is the instance role of the server's machines, or an access
 * key that an operator writes and the server rotates at once. Terraform writes the other settings and does not change the key;
 * `vault_aws_secret_backend` would remove the key whenever a setting changes.
 *
 * @see https://developer.hashicorp.com/vault/docs/secrets/aws
 */
export class AwsEngine extends AwsEngineBase {
  /** An engine of another stack; access to it can be granted. */
  public static readonly fromAwsEngineAttributes = imported(AwsEngineBase);

  /** @throws PlatformError `construct` if the TTL is longer than the maximum TTL */
  constructor(scope: Construct, id: string, props: AwsEngineProps) {
    super(scope, id, props);
    validateProps(this, props, rules);
    const { region, iamEndpoint, stsEndpoint, defaultTtlSeconds, maxTtlSeconds } = props;
    this.mount({ type: 'aws' }, props);
    this.addSettings('root', {
      region,
      iam_endpoint: iamEndpoint ?? '',
      sts_endpoint: stsEndpoint ?? '',
      // With a custom endpoint, the server requires the region of the endpoint.
      sts_region: stsEndpoint === undefined ? '' : region,
    });
    // In the server's own format, so that a plan shows no change.
    this.addSettings('lease', { lease: serverDuration(defaultTtlSeconds), lease_max: serverDuration(maxTtlSeconds) });
  }

  private addSettings(name: 'lease' | 'root', settings: Readonly<Record<string, string>>): void {
    new GenericEndpoint(this, name, storedSettings(`${this.backend}/config/${name}`, settings));
  }
}
