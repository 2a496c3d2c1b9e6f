import { AwsAuthBackendClient } from '@cdktf/provider-vault/lib/aws-auth-backend-client';
import type { Construct } from 'constructs';

import type { AwsMethod } from '../../model/cluster/auth-methods/aws';
import {
  AuthMethodBase,
  ImportedAuthMethod,
  type AuthMethodAttributes,
  type AuthMethodProps,
  type IAuthMethod,
} from './auth-method';

/** An AWS auth method, made here or elsewhere. */
export type IAwsAuth = IAuthMethod<'aws'>;

export interface AwsAuthProps
  extends
    AuthMethodProps,
    Pick<AwsMethod, 'serverIdHeader' | 'region' | 'stsEndpoint' | 'iamEndpoint' | 'ec2Endpoint'> {}

/**
 * The auth method for programs on AWS. The server asks AWS with its instance's role, or with a key that an operator hands over;
 * see operations/credentials.ts.
 *
 * @see https://developer.hashicorp.com/vault/docs/auth/aws
 */
export class AwsAuth extends AuthMethodBase<'aws'> {
  /** An auth method that another stack owns. */
  public static fromAwsAuthAttributes(scope: Construct, id: string, attributes: AuthMethodAttributes): IAwsAuth {
    return new ImportedAuthMethod(scope, id, 'aws', attributes);
  }

  constructor(scope: Construct, id: string, props: AwsAuthProps) {
    super(scope, id, 'aws', props);
    const { serverIdHeader, region, stsEndpoint, iamEndpoint, ec2Endpoint } = props;
    this.mount(props);
    new AwsAuthBackendClient(this, 'config', {
      backend: this.backend,
      iamServerIdHeaderValue: serverIdHeader,
      stsRegion: region,
      stsEndpoint: stsEndpoint ?? regionalSts(region),
      ...(iamEndpoint !== undefined && { iamEndpoint }),
      ...(ec2Endpoint !== undefined && { ec2Endpoint }),
      // The server shows the id of the key that an operator handed over; without this a plan would take the key away.
      lifecycle: { preventDestroy: true, ignoreChanges: ['access_key', 'secret_key'] },
    });
  }
}

/** The provider wants region and endpoint together. @see https://docs.aws.amazon.com/general/latest/gr/sts.html */
const regionalSts = (region: string): string =>
  `https://sts.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
