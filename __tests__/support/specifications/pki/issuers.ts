import { setTimeout as sleep } from 'node:timers/promises';

import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';

import { CertificateAuthority, type CertificateAuthorityProps } from '../../../../constructs/pki/certificate-authority';
import { ServerRole } from '../../../../constructs/pki/server-role';
import { TerraformRun } from '../../terraform/terraform-run';
import type { TestCluster } from '../../vault/embedded-cluster';
import { statusOf } from '../../vault/status-of';
import type { Leaf, PkiWorld } from './world';

const day = 86_400;

/** How issuers come to be, and that they stay what they are. */
export function specifyIssuers(world: () => PkiWorld, cluster: () => TestCluster): void {
  const props = (name: string): Omit<CertificateAuthorityProps, 'signer'> => ({
    mountPath: `v1/devel/pki/${name}`,
    description: name,
    commonName: `Example ${name}`,
    organization: 'Example',
    ttlSeconds: 30 * day,
    maxLeafTtlSeconds: day,
    issuers: [{ name: '2025' }],
    defaultIssuer: '2025',
    clusterAddress: world().address,
  });

  describe('an issuer', () => {
    const mount = 'v1/devel/pki/brief';
    const build =
      (over: Partial<CertificateAuthorityProps>) =>
      (scope: Construct): void => {
        const brief = { ttlSeconds: 3, maxLeafTtlSeconds: 1, signer: 'self' } as const;
        new CertificateAuthority(scope, 'brief', { ...props('brief'), ...brief, ...over });
      };
    let run: TerraformRun;

    it('is not replaced when it expires', async () => {
      run = await TerraformRun.on(cluster(), build({}));
      const pem = await world().get(`${world().address}/v1/${mount}/ca/pem`);
      await sleep(4000);
      expect(world().openssl.verify(pem.body.toString(), { root: pem.body.toString() })).toBe(
        'certificate has expired',
      );
      expect(await run.plan()).toEqual([]);
    });

    it('does not change when settings change, which apply to the next one', async () => {
      const changed = {
        commonName: 'Another name',
        keyType: 'rsa',
        ttlSeconds: 30 * day,
        issuers: [{ name: '2025' }, { name: '2026' }],
        defaultIssuer: '2026',
      } as const;
      const { added, removed } = await run.apply(build(changed));
      expect({ added, removed }).toEqual({ added: 2, removed: 0 });
      expect(await run.plan()).toEqual([]);
      const text = async (name: string): Promise<string> => {
        const { data } = await world().admin.read(`${mount}/issuer/${name}`);
        return world().openssl.text(data?.certificate as string);
      };
      expect(await text('2025')).toMatch(/Subject: .*CN = Example brief 2025\n[^]*id-ecPublicKey/);
      expect(await text('2026')).toMatch(/Subject: .*CN = Another name 2026\n[^]*rsaEncryption\n.*3072 bit/);
    });
  });

  describe('an authority under an offline root', () => {
    const mount = 'v1/devel/pki/offline';
    const build =
      (signedCertificate?: string) =>
      (scope: Construct): void => {
        const issuer = { name: '2025', ...(signedCertificate !== undefined && { signedCertificate }) };
        const common = props('offline');
        const authority = new CertificateAuthority(scope, 'offline', {
          ...common,
          issuers: [issuer],
          signer: 'offline',
        });
        const life = { ttlSeconds: 600, maxTtlSeconds: 600 };
        new ServerRole(scope, 'server', { authority, roleName: 'server', domains: ['web.devel.example'], ...life });
        for (const { issuer: name, certificateRequest } of authority.certificateRequests) {
          new TerraformOutput(scope, `request-${name}`, { value: certificateRequest });
        }
      };
    let run: TerraformRun;
    const issue = async (): Promise<Leaf> =>
      (await world().admin.write(`${mount}/issue/server`, { common_name: 'web.devel.example' }))
        .data as unknown as Leaf;

    it('has only a certificate request at first', async () => {
      run = await TerraformRun.on(cluster(), build());
      expect(await run.plan()).toEqual([]);
      expect(await run.outputs()).toEqual({
        'request-2025': expect.stringContaining('BEGIN CERTIFICATE REQUEST') as string,
      });
      expect(await statusOf(issue())).not.toBe(200);
    });

    it('signs once the root has signed the request, for the key that never left the server', async () => {
      const { 'request-2025': request } = await run.outputs();
      const root = world().openssl.root('Offline root');
      const signed = world().openssl.signAuthority(request as string, root);
      await run.apply(build(`${signed}${root.certificate}`));
      expect(await run.plan()).toEqual([]);
      expect(await run.outputs()).toEqual({});
      const { certificate, issuing_ca: chain } = await issue();
      const verdict = { root: root.certificate, chain, crls: [await world().crlOf(certificate)] };
      expect(world().openssl.verify(certificate, verdict)).toBe('OK');
      expect(run.stateText()).not.toContain('PRIVATE KEY');
    });
  });
}
