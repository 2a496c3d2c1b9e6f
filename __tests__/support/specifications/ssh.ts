import { generateKeyPairSync } from 'node:crypto';

import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

import { SshEngine } from '../../../constructs/engines/ssh-engine';
import { SshRole } from '../../../constructs/engines/ssh-role';
import { PolicyDocument } from '../../../constructs/policy/policy-document';
import type { Dialect } from '../../../model/dialect';
import { testApp } from '../template/template';
import { TerraformRun } from '../terraform/terraform-run';
import { useTestCluster } from '../vault/embedded-cluster';
import { provisionerToken } from '../vault/provisioner';
import { RawClient } from '../vault/raw-request';

const mountPath = 'v1/devel/ssh';

/** An SSH certificate, as far as a test asks. @see PROTOCOL.certkeys of OpenSSH */
interface Certificate {
  readonly type: 'host' | 'user';
  readonly principals: readonly string[];
  readonly extensions: readonly string[];
  readonly lifetimeSeconds: number;
}

/** The SSH engine as Terraform makes it with a provisioner's token, and what it signs. */
export function describeSsh(dialect: Dialect): void {
  const cluster = useTestCluster(dialect, 1);
  let admin: RawClient;
  let member: RawClient;
  let run: TerraformRun;
  const publicKey = sshPublicKey();

  const build = (scope: Construct): void => {
    const engine = new SshEngine(scope, 'ssh', { mountPath, description: 'SSH of devel' });
    const times = { ttlSeconds: 1800, maxTtlSeconds: 3600 };
    const user = { engine, certificateType: 'user', ...times } as const;
    new SshRole(scope, 'ops', { ...user, roleName: 'ops', principals: ['ops', 'backup'], extensions: ['permit-pty'] });
    new SshRole(scope, 'bare', { ...user, roleName: 'bare', principals: ['ops'] });
    const host = { engine, certificateType: 'host', ...times } as const;
    new SshRole(scope, 'host', { ...host, roleName: 'host', principals: ['db.devel.example.com'] });
  };

  beforeAll(async () => {
    run = await TerraformRun.on(cluster(), build, {
      token: await provisionerToken(cluster(), { ssh: { tuning: {} } }),
    });
    admin = await RawClient.admin(cluster());
    const engine = SshEngine.fromSshEngineAttributes(new TerraformStack(testApp(), 'grants'), 'ssh', { mountPath });
    const policy = new PolicyDocument('signer');
    for (const role of ['ops', 'bare', 'host']) engine.grantSign(policy, role);
    member = await RawClient.withPolicy(cluster(), 'signer', policy.toHcl());
  }, 120_000);
  afterAll(async () => {
    await Promise.all([admin.close(), member.close()]);
  });

  const sign = async (role: string, body: object): Promise<{ status: number; certificate?: Certificate }> => {
    const { status, data } = await member.send('POST', `${mountPath}/sign/${role}`, { public_key: publicKey, ...body });
    if (status >= 300) return { status };
    return { status, certificate: readCertificate((data as { data: { signed_key: string } }).data.signed_key) };
  };

  it('is created by the provisioner in one apply, and the next plan has no changes', async () => {
    expect(run.applied).toEqual({ added: 6, changed: 0, removed: 0 });
    expect(await run.plan()).toEqual([]);
  });

  it('its private key is in no state and cannot be exported', async () => {
    expect(run.stateText()).not.toMatch(/PRIVATE KEY/);
    expect(run.stateText()).toMatch(/ssh-ed25519 /);
    const { data } = await admin.send('GET', `${mountPath}/config/ca`);
    expect(JSON.stringify(data)).not.toMatch(/PRIVATE KEY/);
  });

  it('signs for the first principal, with the role’s extensions and lifetime', async () => {
    expect(await sign('ops', {})).toEqual({
      status: 200,
      certificate: { type: 'user', principals: ['ops'], extensions: ['permit-pty'], lifetimeSeconds: 1800 + 30 },
    });
  });

  it('signs for another principal of the role, and for no other', async () => {
    expect((await sign('ops', { valid_principals: 'backup' })).certificate?.principals).toEqual(['backup']);
    for (const wrong of ['root', 'ops,root', '*']) {
      expect([wrong, (await sign('ops', { valid_principals: wrong })).status]).toEqual([wrong, 400]);
    }
  });

  it('signs no extension that the role does not have', async () => {
    for (const role of ['ops', 'bare']) {
      expect([role, await sign(role, { extensions: { 'permit-agent-forwarding': '' } })]).toEqual([
        role,
        { status: 400 },
      ]);
    }
    expect((await sign('bare', {})).certificate?.extensions).toEqual([]);
  });

  it('signs nothing beyond the maximum TTL of the role', async () => {
    expect((await sign('ops', { ttl: '1h' })).certificate?.lifetimeSeconds).toBe(3600 + 30);
    expect(await sign('ops', { ttl: '61m' })).toEqual({ status: 400 });
  });

  it('a role for users signs no host, one for hosts no user', async () => {
    expect((await sign('ops', { cert_type: 'host', valid_principals: 'ops' })).status).toBe(400);
    expect((await sign('host', { cert_type: 'user', valid_principals: 'db.devel.example.com' })).status).toBe(400);
  });

  it('a host certificate has only names of the role, and never any name', async () => {
    const named = await sign('host', { cert_type: 'host', valid_principals: 'db.devel.example.com' });
    expect(named.certificate).toMatchObject({ type: 'host', principals: ['db.devel.example.com'], extensions: [] });
    for (const wrong of ['web.devel.example.com', 'a.db.devel.example.com', '']) {
      expect([wrong, (await sign('host', { cert_type: 'host', valid_principals: wrong })).status]).toEqual([
        wrong,
        400,
      ]);
    }
  });

  it('grants signing, and neither reading the role nor changing it', async () => {
    expect(await member.statusOf('GET', `${mountPath}/roles/ops`)).toBe(403);
    expect(await member.statusOf('POST', `${mountPath}/roles/ops`, { allowed_users: '*' })).toBe(403);
    expect(await member.statusOf('POST', `${mountPath}/sign/other`, { public_key: publicKey })).toBe(403);
  });
}

export function sshPublicKey(): string {
  const { publicKey } = generateKeyPairSync('ed25519');
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  const blob = Buffer.concat([sshString(Buffer.from('ssh-ed25519')), sshString(raw)]);
  return `ssh-ed25519 ${blob.toString('base64')}`;
}

function sshString(content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([length, content]);
}

/** Reads a certificate of an Ed25519 key. */
function readCertificate(line: string): Certificate {
  let rest = Buffer.from(line.split(' ')[1] ?? '', 'base64');
  const take = (size: number): Buffer => {
    const taken = rest.subarray(0, size);
    rest = rest.subarray(size);
    return taken;
  };
  const string = (): Buffer => take(take(4).readUInt32BE());
  // Kind, nonce, key, serial.
  string();
  string();
  string();
  take(8);
  const type = take(4).readUInt32BE() === 1 ? 'user' : 'host';
  string();
  const principals = stringsOf(string());
  const [from, to] = [take(8).readBigUInt64BE(), take(8).readBigUInt64BE()];
  // Critical options.
  string();
  const extensions = stringsOf(string()).filter((_, index) => index % 2 === 0);
  return { type, principals, extensions, lifetimeSeconds: Number(to - from) };
}

function stringsOf(list: Buffer): string[] {
  const strings: string[] = [];
  for (let at = 0; at < list.length;) {
    const length = list.readUInt32BE(at);
    strings.push(list.subarray(at + 4, at + 4 + length).toString());
    at += 4 + length;
  }
  return strings;
}
