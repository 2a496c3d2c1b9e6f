import { AwsEngine, type AwsEngineProps } from '../../../constructs/engines/aws-engine';
import { AwsRole, type AwsRoleProps } from '../../../constructs/engines/aws-role';
import { Policy } from '../../../constructs/policy/policy';
import { Template } from '../../support/template/template';

const engineWith = (props: Partial<AwsEngineProps> = {}): Template =>
  Template.of((scope) => {
    const base = { mountPath: 'v1/devel/aws', description: 'AWS', region: 'eu-central-1' };
    new AwsEngine(scope, 'aws', { ...base, defaultTtlSeconds: 3600, maxTtlSeconds: 90_061, ...props });
  });
const settings = (template: Template): unknown[] =>
  Object.values(template.resources('vault_generic_endpoint'))
    .filter(({ path }) => (path as string).includes('/config/'))
    .map(({ data_json: json }) => JSON.parse(json as string) as unknown);

const roleArns = ['arn:aws:iam::111122223333:role/uploader'];
const policyArns = ['arn:aws:iam::aws:policy/ReadOnlyAccess'];
const role = (props: Partial<AwsRoleProps>): Readonly<Record<string, unknown>> =>
  Template.of((scope) => {
    const engine = AwsEngine.fromAwsEngineAttributes(scope, 'Engine', { mountPath: 'v1/devel/aws' });
    new AwsRole(scope, 'role', { engine, roleName: 'checkout-uploader', kind: 'assumed-role', ...props });
  }).resource('vault_aws_secret_backend_role');

describe('AwsEngine', () => {
  it('minimal: region and TTLs, no credential, prevent_destroy', () => {
    const template = engineWith();
    expect(template.resource('vault_mount')).toMatchObject({ type: 'aws', lifecycle: { prevent_destroy: true } });
    expect(settings(template)).toEqual([
      { region: 'eu-central-1', iam_endpoint: '', sts_endpoint: '', sts_region: '' },
      { lease: '1h0m0s', lease_max: '25h1m1s' },
    ]);
    for (const endpoint of Object.values(template.resources('vault_generic_endpoint'))) {
      expect(endpoint).toMatchObject({ ignore_absent_fields: true, disable_delete: true });
    }
    expect(JSON.stringify(template.json)).not.toMatch(/access_key|secret_key/);
  });

  it('maximal: own endpoints with their region', () => {
    const endpoints = { iamEndpoint: 'https://iam.example.com', stsEndpoint: 'https://sts.example.com' };
    expect(settings(engineWith({ ...endpoints, defaultTtlSeconds: 45, maxTtlSeconds: 90 }))).toEqual([
      {
        region: 'eu-central-1',
        iam_endpoint: 'https://iam.example.com',
        sts_endpoint: 'https://sts.example.com',
        sts_region: 'eu-central-1',
      },
      { lease: '45s', lease_max: '1m30s' },
    ]);
  });

  it('fails if the TTL is longer than the maximum TTL', () => {
    expect(() => engineWith({ maxTtlSeconds: 60 })).toThrow(/longer than the maximum TTL/);
  });

  it('grants credentials by a role, by construct and by name', () => {
    const template = Template.of((scope) => {
      const engine = AwsEngine.fromAwsEngineAttributes(scope, 'Engine', { mountPath: 'aws' });
      const made = new AwsRole(scope, 'role', { engine, roleName: 'uploader', kind: 'assumed-role', roleArns });
      const policy = new Policy(scope, 'policy', { policyName: 'p' });
      engine.grantCredentials(policy, made);
      engine.grantCredentials(policy, 'reader', 'Reports');
      expect(() => engine.grantCredentials(policy, '+')).toThrow(/not a valid name of a role/);
    });
    const policy = template.policy('p');
    expect(policy.rules).toEqual({ 'aws/creds/uploader': ['read'], 'aws/creds/reader': ['read'] });
    expect(policy.reason('aws/creds/reader')).toBe('Reports');
    expect(policy.allows('aws/creds/uploader', 'read')).toBe(true);
    expect(policy.denies('aws/creds/writer', 'read')).toBe(true);
    expect(policy.denies('aws/roles/uploader', 'read')).toBe(true);
  });
});

describe('AwsRole', () => {
  it('minimal: assumes a role', () => {
    expect(role({ roleArns })).toEqual({
      backend: 'v1/devel/aws',
      name: 'checkout-uploader',
      credential_type: 'assumed_role',
      role_arns: roleArns,
    });
  });

  it('maximal: a federated user with policies and lifetimes', () => {
    const policyDocument = '{ "Version": "2012-10-17",\n  "Statement": [] }';
    const ttl = { defaultTtlSeconds: 900, maxTtlSeconds: 3600 };
    expect(role({ kind: 'federation-token', policyArns, policyDocument, ...ttl })).toMatchObject({
      credential_type: 'federation_token',
      policy_arns: policyArns,
      policy_document: '{"Version":"2012-10-17","Statement":[]}',
      default_sts_ttl: 900,
      max_sts_ttl: 3600,
    });
  });

  it('an IAM user has the TTL of the engine, so the role has none', () => {
    const made = role({ kind: 'iam-user', policyArns, defaultTtlSeconds: 900, maxTtlSeconds: 3600 });
    expect(made).toMatchObject({ credential_type: 'iam_user', policy_arns: policyArns });
    expect(Object.keys(made).filter((name) => name.includes('ttl'))).toEqual([]);
  });

  it.each<[string, Partial<AwsRoleProps>, RegExp]>([
    ['there is nothing to assume', {}, /at least one in `roleArns`/],
    ['what is assumed gets policies', { roleArns, policyArns }, /remove `policyArns`/],
    ['a user assumes', { kind: 'iam-user', roleArns, policyArns }, /only `assumed-role` assumes/],
    ['a user may do nothing', { kind: 'iam-user' }, /credentials have no permissions/],
    ['a federated user may do nothing', { kind: 'federation-token' }, /credentials have no permissions/],
    ['the policy is not JSON', { kind: 'iam-user', policyDocument: '{' }, /not a policy in JSON/],
    ['it is too short for AWS', { roleArns, defaultTtlSeconds: 899 }, /900 seconds or more/],
    ['lifetimes contradict', { roleArns, defaultTtlSeconds: 3600, maxTtlSeconds: 900 }, /longer than the maximum TTL/],
  ])('fails if %s', (_, props, message) => {
    expect(() => role(props)).toThrow(message);
  });
});
