import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

import { AwsEngine } from '../../../constructs/engines/aws-engine';
import { AwsRole } from '../../../constructs/engines/aws-role';
import { PolicyDocument } from '../../../constructs/policy/policy-document';
import { type AwsStandIn, missingAwsStandIn, startAwsStandIn } from '../../support/aws/aws-stand-in';
import { itUnless } from '../../support/skips';
import { testApp } from '../../support/template/template';
import { TerraformRun } from '../../support/terraform/terraform-run';
import { useTestCluster } from '../../support/vault/embedded-cluster';
import { provisionerToken } from '../../support/vault/provisioner';
import { RawClient } from '../../support/vault/raw-request';

const mountPath = 'v1/devel/aws';
const roles = ['assume', 'federate', 'user'] as const;
const key = { access_key: 'AKIAIOSFODNN7EXAMPLE', secret_key: 'a-secret-that-nobody-else-knows' };

describe('the AWS engine on Vault', () => {
  const cluster = useTestCluster('vault', 1);
  let admin: RawClient;
  let member: RawClient;
  let run: TerraformRun;
  let aws: AwsStandIn | undefined;

  const build =
    (over: { region?: string; endpoint?: string } = {}) =>
    (scope: Construct): void => {
      const { region = 'eu-central-1', endpoint = 'http://127.0.0.1:1' } = over;
      const engine = new AwsEngine(scope, 'aws', {
        mountPath,
        description: 'AWS of devel',
        region,
        iamEndpoint: endpoint,
        stsEndpoint: endpoint,
        defaultTtlSeconds: 3600,
        maxTtlSeconds: 90_061,
      });
      const ttl = { defaultTtlSeconds: 900, maxTtlSeconds: 3600 };
      const roleArns = ['arn:aws:iam::111122223333:role/uploader'];
      const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::uploads/*' };
      const policyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, null, 2);
      new AwsRole(scope, 'assume', { engine, roleName: 'assume', kind: 'assumed-role', roleArns, ...ttl });
      new AwsRole(scope, 'federate', {
        engine,
        roleName: 'federate',
        kind: 'federation-token',
        policyDocument,
        ...ttl,
      });
      const policyArns = ['arn:aws:iam::123456789012:policy/uploads'];
      new AwsRole(scope, 'user', { engine, roleName: 'user', kind: 'iam-user', policyArns, policyDocument });
    };

  beforeAll(async () => {
    admin = await RawClient.admin(cluster());
    const engine = AwsEngine.fromAwsEngineAttributes(new TerraformStack(testApp(), 'grants'), 'aws', { mountPath });
    const policy = new PolicyDocument('member');
    for (const role of roles) engine.grantCredentials(policy, role);
    member = await RawClient.withPolicy(cluster(), 'member', policy.toHcl());
    const settings = { region: 'eu-central-1', defaultTtlSeconds: 3600, maxTtlSeconds: 90_061 };
    run = await TerraformRun.on(cluster(), build(), {
      token: await provisionerToken(cluster(), { aws: { ...settings, tuning: {} } }),
    });
    if (missingAwsStandIn === undefined) aws = await startAwsStandIn();
  }, 180_000);
  afterAll(async () => {
    await Promise.all([admin.close(), member.close(), aws?.dispose()]);
  });

  const keyOfEngine = async (): Promise<unknown> => {
    const { data } = await admin.send('GET', `${mountPath}/config/root`);
    return (data as { data: { access_key: string } }).data.access_key;
  };

  it('is created without a call to AWS, and the second plan is empty', async () => {
    expect(run.applied).toEqual({ added: 7, changed: 0, removed: 0 });
    expect(await run.plan()).toEqual([]);
  });

  it('keeps the access key that an operator sets, without a diff and without the key in the state', async () => {
    expect(await keyOfEngine()).toBe('');
    expect(await admin.statusOf('POST', `${mountPath}/config/root`, key)).toBe(204);
    expect(await run.plan()).toEqual([]);
    for (const value of Object.values(key)) expect(run.stateText()).not.toContain(value);
  });

  it('keeps the access key when Terraform changes settings', async () => {
    expect(await run.apply(build({ region: 'eu-west-1' }))).toEqual({ added: 0, changed: 1, removed: 0 });
    expect(await keyOfEngine()).toBe(key.access_key);
    expect(await run.plan()).toEqual([]);
    for (const value of Object.values(key)) expect(run.stateText()).not.toContain(value);
  });

  it('grants credentials of one role only', async () => {
    for (const path of ['creds/other', 'roles/user', 'config/root', 'sts/user']) {
      expect([path, await member.statusOf('GET', `${mountPath}/${path}`)]).toEqual([path, 403]);
    }
  });

  describe('with an AWS API', () => {
    const itWithAws = itUnless(missingAwsStandIn, 'the AWS engine with an AWS API');
    const credentials = async (role: string): Promise<{ lease_id: string; data: Record<string, string> }> => {
      const { status, data } = await member.send('GET', `${mountPath}/creds/${role}`);
      expect([role, status, data]).toEqual([role, 200, data]);
      return data as { lease_id: string; data: Record<string, string> };
    };
    const users = async (): Promise<string> => (await aws?.iam({ Action: 'ListUsers' })) ?? '';

    beforeAll(async () => {
      if (aws === undefined) return;
      await run.apply(build({ endpoint: aws.url }));
      await aws.iam({ Action: 'CreateUser', UserName: 'engine' });
      const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:List*', Resource: '*' }] };
      await aws.iam({ Action: 'CreatePolicy', PolicyName: 'uploads', PolicyDocument: JSON.stringify(document) });
    });

    itWithAws('makes an IAM user with a key, and removes it with its lease', async () => {
      const { lease_id: id, data } = await credentials('user');
      expect(data.access_key).toMatch(/^AKIA/);
      const keysOf = /<UserName>(vault-[^<]+)/.exec(await users())?.[1];
      expect(keysOf).toMatch(/-user-/);
      expect(await admin.statusOf('POST', 'sys/leases/revoke', { lease_id: id, sync: true })).toBe(204);
      expect(await users()).not.toContain('vault-');
    });

    itWithAws('rotates the key that an operator set', async () => {
      const created = (await aws?.iam({ Action: 'CreateAccessKey', UserName: 'engine' })) ?? '';
      const [, accessKey = ''] = /<AccessKeyId>([^<]+)/.exec(created) ?? [];
      const [, secretKey = ''] = /<SecretAccessKey>([^<]+)/.exec(created) ?? [];
      const handedOver = { access_key: accessKey, secret_key: secretKey };
      expect(await admin.statusOf('POST', `${mountPath}/config/root`, handedOver)).toBe(204);
      expect(await admin.statusOf('POST', `${mountPath}/config/rotate-root`)).toBe(200);
      const keys = (await aws?.iam({ Action: 'ListAccessKeys', UserName: 'engine' })) ?? '';
      expect(keys).not.toContain(accessKey);
      expect(keys).toContain(await keyOfEngine());
      expect(await run.plan()).toEqual([]);
    });

    itWithAws.each(['assume', 'federate'])('gives temporary credentials by %s', async (role) => {
      const { data } = await credentials(role);
      expect(data.security_token).toBeTruthy();
    });
  });
});
