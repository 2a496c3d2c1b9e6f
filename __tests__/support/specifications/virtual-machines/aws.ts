import type { ServerClient } from '../../../../client/server-client';
import { missingAwsStandIn, startAwsStandIn } from '../../aws/aws-stand-in';
import type { AwsStandIn } from '../../aws/aws-stand-in';
import type { CommandResult } from '../../replica/replica';
import { itUnless } from '../../skips';
import type { Office } from './office';

export const startAws = async (): Promise<AwsStandIn | undefined> =>
  missingAwsStandIn === undefined ? await startAwsStandIn() : undefined;

const account = 'arn:aws:iam::111122223333';
const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

/** An access key or a session, as AWS gives it. */
interface Key {
  readonly id: string;
  readonly secret: string;
  readonly token?: string;
}

/** The second tenant's role: a user of its own for each run. */
export const archive = {
  roles: `awsRoles:
  archive:
    kind: iam-user
    policyDocument: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::archive/*"}]}'
`,
  grant: `      - {aws: archive}
`,
};

function textOf(xml: string, element: string): string {
  const [, text] = new RegExp(`<${element}>([^<]+)`).exec(xml) ?? [];
  if (text === undefined) throw new Error(`no ${element} in ${xml}`);
  return text;
}

/** A user of the stand-in that may do nothing yet, and its key as `aws iam create-access-key` prints it. */
async function createUser(office: Office): Promise<{ key: Key; json: string }> {
  const aws = office.peers.aws!;
  await aws.iam({ Action: 'CreateUser', UserName: 'vault' });
  const xml = await aws.iam({ Action: 'CreateAccessKey', UserName: 'vault' });
  const key = { id: textOf(xml, 'AccessKeyId'), secret: textOf(xml, 'SecretAccessKey') };
  office.secrets.set('secret key of the engine', key.secret);
  const AccessKey = { UserName: 'vault', AccessKeyId: key.id, Status: 'Active', SecretAccessKey: key.secret };
  return { key, json: JSON.stringify({ AccessKey }, null, 4) };
}

const allowEverything = (aws: AwsStandIn): Promise<string> =>
  aws.iam({
    Action: 'PutUserPolicy',
    UserName: 'vault',
    PolicyName: 'everything',
    PolicyDocument: JSON.stringify(everything),
  });

/** What an instance with a role finds at its metadata service. */
async function sessionOf(office: Office, role: string): Promise<Key> {
  const xml = await office.peers.aws!.sts({
    Action: 'AssumeRole',
    RoleArn: `${account}:role/${role}`,
    RoleSessionName: 'i-0123456789abcdef0',
  });
  const secret = textOf(xml, 'SecretAccessKey');
  office.secrets.set(`secret key of ${role}, ${office.secrets.size}`, secret);
  return { id: textOf(xml, 'AccessKeyId'), secret, token: textOf(xml, 'SessionToken') };
}

/**
 * The AWS engine. Of the stand-in it cannot be learned whether AWS would let the engine assume a role, nor that a session ends.
 */
export function describeAwsEngine(office: () => Office): void {
  const it = itUnless(missingAwsStandIn, 'the AWS engine of the example virtual-machines');

  describe('the AWS engine, with an AWS API that checks signatures and policies, but not trust policies', () => {
    let aws: AwsStandIn;
    let created: { readonly key: Key; readonly json: string };
    beforeAll(async () => {
      if (office().peers.aws === undefined) return;
      aws = office().peers.aws!;
      created = await createUser(office());
      await aws.checkRequests(true);
    });

    it('accepts an access key in the format of the AWS command line, and reports that it cannot rotate it', async () => {
      const { exitCode, stdout, stderr } = await office().setCredential('office/aws', created.json);
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
      expect(stderr).toContain('the credential is set and in use, but the server cannot rotate it');
      expect(stderr).toContain('error calling GetUser');
      expect(stderr).not.toContain(created.key.secret);
    });

    it('rotates it once it has the permission', async () => {
      await aws.checkRequests(false);
      await allowEverything(aws);
      await aws.checkRequests(true);
      const { exitCode, stdout, stderr } = await office().setCredential('office/aws', created.json);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(stdout).toBe('office/aws: set, and rotated: the value you passed is no longer valid');
      await aws.checkRequests(false);
      const keys = await aws.iam({ Action: 'ListAccessKeys', UserName: 'vault' });
      await aws.checkRequests(true);
      expect(keys.match(/<AccessKeyId>/g)).toHaveLength(1);
      expect(keys).not.toContain(created.key.id);
    });

    it('gives a program credentials of the role that it can assume', async () => {
      const { id, secret, token } = await upload(office());
      expect([id, secret, token]).toEqual([expect.stringMatching(/^ASIA/), expect.anything(), expect.anything()]);
    });
  });
}

/** Credentials as the program gets them, of the role `invoice-upload`. */
async function upload(office: Office): Promise<Key> {
  const program = await office.login('invoices.run.office-role');
  const { data } = await program.read('v1/office/aws/creds/invoices.upload');
  const { access_key: id, secret_key: secret, security_token: token } = data as Record<string, string>;
  office.secrets.set(`secret key of a session, ${office.secrets.size}`, secret!);
  return { id: id!, secret: secret!, token: token! };
}

/** A user of its own for each run of a program of the second tenant. */
export function describeAwsUsers(office: () => Office, program: () => Promise<ServerClient>): void {
  const it = itUnless(missingAwsStandIn, 'IAM users of the example virtual-machines');

  it('has an AWS user for a run, which is deleted after it', async () => {
    const aws = office().peers.aws!;
    const { lease_id: id, data } = await (await program()).read('v1/office/aws/creds/forecasts.archive');
    office().secrets.set('secret key of a user', data?.secret_key as string);
    await aws.checkRequests(false);
    const users = await aws.iam({ Action: 'ListUsers' });
    const name = textOf(users.slice(users.indexOf('<UserName>vault-')), 'UserName');
    expect(textOf(await aws.iam({ Action: 'ListAccessKeys', UserName: name }), 'AccessKeyId')).toBe(data?.access_key);
    await aws.checkRequests(true);
    await office().replica.admin.write('sys/leases/revoke', { lease_id: id, sync: true });
    await aws.checkRequests(false);
    await expect(aws.iam({ Action: 'ListUsers' })).resolves.not.toContain(name);
  });
}

/** Programs on EC2, as `tenant show` tells them to log in. */
export function describeAwsLogin(office: () => Office): void {
  const it = itUnless(missingAwsStandIn, 'AWS logins of the example virtual-machines');

  /** The role's commands with the identity of a session, which the program finds in a file that only it can read. */
  async function login(
    session: Key,
    change: (command: string) => string = (command) => command,
  ): Promise<CommandResult> {
    const { stdout } = await office().platform('tenant', 'show', 'reports/invoices', '--environment', 'office');
    const command = /^ +(vault login -method=aws .*)$/m.exec(stdout)?.[1];
    expect(command).toContain('role=invoices.run.office-role');
    const { id, secret, token } = session;
    const credentials = `[default]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\naws_session_token = ${token}\n`;
    const file = office().file('aws-credentials', credentials);
    const { replica } = office();
    return await replica.shell(
      [
        `. ${replica.directory}/login.sh`,
        `export AWS_SHARED_CREDENTIALS_FILE=${file} HOME=${replica.home} AWS_EC2_METADATA_DISABLED=true`,
        change(command!).replace('vault login', 'vault login -no-store -format=json'),
      ].join('\n'),
    );
  }

  describe('programs on EC2, whose requests to AWS are signed, and checked', () => {
    let invoices: Key;
    let other: Key;
    beforeAll(async () => {
      const { aws } = office().peers;
      if (aws === undefined) return;
      await aws.checkRequests(false);
      invoices = await sessionOf(office(), 'invoices');
      await aws.checkRequests(true);
      other = await upload(office());
    });

    it('log in with the role of their instance', async () => {
      const { exitCode, stdout } = await login(invoices);
      expect(exitCode).toBe(0);
      const { auth } = JSON.parse(stdout) as { auth: { client_token: string; token_policies: string[] } };
      expect(auth.token_policies).toEqual(['default', 'invoices.run.office']);
    });

    it('do not with another role, such as that of the credentials of the engine', async () => {
      const { exitCode, stderr } = await login(other);
      expect(exitCode).toBe(2);
      expect(stderr).toMatch(
        /assumed-role\/invoice-upload\/\S+" does not belong to the role "invoices.run.office-role"/,
      );
    });

    it('do not with the signature of another identity', async () => {
      const { exitCode, stderr } = await login({ ...invoices, secret: other.secret });
      expect(exitCode).toBe(2);
      expect(stderr).toMatch(/GetCallerIdentity/);
    });

    it('do not with a request that was signed for another server', async () => {
      const { exitCode, stderr } = await login(invoices, (command) =>
        command.replace(/header_value=\S+/, 'header_value=vault.elsewhere.example.com'),
      );
      expect(exitCode).toBe(2);
      expect(stderr).toMatch(/Server-ID header: expected "vault.internal.example.com" but got "vault.elsewhere/);
    });
  });
}
