import { AwsAuth } from '../../../constructs/auth/aws-auth';
import { AwsAuthRole, type AwsClients } from '../../../constructs/auth/aws-auth-role';
import type { AwsMethod } from '../../../model/cluster/auth-methods/aws';
import { appRole, awsMethod } from '../../support/inventory/model';
import { Template } from '../../support/template/template';

const auth = (over: Partial<AwsMethod>): Template =>
  Template.of((scope) => new AwsAuth(scope, 'cloud', awsMethod(over)));

describe('AwsAuth', () => {
  it('minimal: uses the STS endpoint of its region, and does not manage the access key', () => {
    expect(auth({}).resource('vault_aws_auth_backend_client')).toEqual({
      backend: '${vault_auth_backend.cloud.path}',
      iam_server_id_header_value: 'vault.example.com',
      sts_region: 'eu-central-1',
      sts_endpoint: 'https://sts.eu-central-1.amazonaws.com',
      lifecycle: { prevent_destroy: true, ignore_changes: ['access_key', 'secret_key'] },
    });
  });

  it('maximal: own endpoints', () => {
    const endpoints = {
      stsEndpoint: 'https://sts.example.com',
      iamEndpoint: 'https://iam.example.com',
      ec2Endpoint: 'https://ec2.example.com',
    };
    expect(auth(endpoints).resource('vault_aws_auth_backend_client')).toMatchObject({
      sts_endpoint: 'https://sts.example.com',
      iam_endpoint: 'https://iam.example.com',
      ec2_endpoint: 'https://ec2.example.com',
    });
  });

  it('uses the domain of the China regions', () => {
    expect(auth({ region: 'cn-north-1' }).resource('vault_aws_auth_backend_client')).toMatchObject({
      sts_endpoint: 'https://sts.cn-north-1.amazonaws.com.cn',
    });
  });

  it('is protected', () => {
    expect(auth({}).resource('vault_auth_backend')).toMatchObject({
      type: 'aws',
      lifecycle: { prevent_destroy: true },
    });
  });
});

describe('AwsAuthRole', () => {
  const role = (clients: AwsClients): Template =>
    Template.of((scope) => {
      new AwsAuthRole(scope, 'role', {
        ...appRole(),
        auth: AwsAuth.fromAwsAuthAttributes(scope, 'Auth', { mountPath: 'cloud' }),
        roleName: 'app-role',
        policies: [{ policyName: 'app' }],
        resolveUniqueIds: true,
        ...clients,
      });
    });
  const nobody = { authType: 'ec2', iamInstanceProfileArns: [], accountIds: [], vpcIds: [] } as const;

  it('minimal: principals', () => {
    const iamPrincipalArns = ['arn:aws:iam::111122223333:role/checkout'];
    expect(role({ authType: 'iam', iamPrincipalArns }).resource('vault_aws_auth_backend_role')).toEqual({
      backend: 'cloud',
      role: 'app-role',
      auth_type: 'iam',
      bound_iam_principal_arns: iamPrincipalArns,
      resolve_aws_unique_ids: true,
      token_policies: ['app'],
      token_type: 'service',
      token_ttl: 1200,
      token_max_ttl: 3600,
    });
  });

  it('maximal: instances, by profile, account and network', () => {
    const template = role({
      authType: 'ec2',
      iamInstanceProfileArns: ['arn:aws:iam::111122223333:instance-profile/checkout'],
      accountIds: ['111122223333'],
      vpcIds: ['vpc-0a1b2c3d'],
    });
    expect(template.resource('vault_aws_auth_backend_role')).toMatchObject({
      auth_type: 'ec2',
      bound_iam_instance_profile_arns: ['arn:aws:iam::111122223333:instance-profile/checkout'],
      bound_account_ids: ['111122223333'],
      bound_vpc_ids: ['vpc-0a1b2c3d'],
    });
  });

  it.each<[string, AwsClients, RegExp]>([
    ['no principal is bound', { authType: 'iam', iamPrincipalArns: [] }, /bound to nothing/],
    ['everybody is bound', { authType: 'iam', iamPrincipalArns: ['*'] }, /every account/],
    ['every account is bound', { authType: 'iam', iamPrincipalArns: ['arn:aws:iam::*:role/x'] }, /every account/],
    ['no instance is bound', nobody, /bound to nothing/],
  ])('fails if %s', (_, clients, message) => {
    expect(() => role(clients)).toThrow(message);
  });
});
