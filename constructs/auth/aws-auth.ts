import { AwsAuthBackendClient } from '@cdktf/provider-vault/lib/aws-auth-backend-client';
import type { Construct } from 'constructs';

import type { AwsMethod } from '../../model/cluster/auth-methods/aws';
import { AuthMethodBase, imported, type AuthMethodProps } from './auth-method';

export interface AwsAuthProps
  extends
    AuthMethodProps,
    Pick<AwsMethod, 'serverIdHeader' | 'region' | 'stsEndpoint' | 'iamEndpoint' | 'ec2Endpoint'> {}

/**
 * The auth method for programs on AWS. The server calls AWS with the role of its instance, or with an access key that an operator
 * writes; see operations/credentials.ts.
 *
 * @see https://developer.hashicorp.com/vault/docs/auth/aws
 */
export class AwsAuth extends AuthMethodBase<'aws'> {
  /** An auth method of another stack. */
  public static readonly fromAwsAuthAttributes = imported('aws');

  constructor(scope: Construct, id: string, props: AwsAuthProps) {
    super(scope, id, 'aws', props);
    const { serverIdHeader, region, stsEndpoint, iamEndpoint, ec2Endpoint } = props;
    new AwsAuthBackendClient(this, 'config', {
      backend: this.backend,
      iamServerIdHeaderValue: serverIdHeader,
      stsRegion: region,
      stsEndpoint: stsEndpoint ?? regionalSts(region),
      ...(iamEndpoint !== undefined && { iamEndpoint }),
      ...(ec2Endpoint !== undefined && { ec2Endpoint }),
      // The server returns the id of the operator's access key. Without this, an apply would remove the key.
      lifecycle: { preventDestroy: true, ignoreChanges: ['access_key', 'secret_key'] },
    });
  }
}

/** The provider requires both region and endpoint. @see https://docs.aws.amazon.com/general/latest/gr/sts.html */
const regionalSts = (region: string): string =>
  `https://sts.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
