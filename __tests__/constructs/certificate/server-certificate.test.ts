import { serverCertificate } from '../../../constructs/certificate/server-certificate';
import { serverContext, type ServerPart } from '../../../constructs/kubernetes/server-part';
import type { ServerCertificate } from '../../../model/cluster/kubernetes/certificate';
import { certificateNames, certificateSecret, clientHost } from '../../../model/server-names';
import { cluster, kubernetesServer, managedCertificate } from '../../support/inventory/model';
import { inKubernetes } from '../../support/kubernetes/kubernetes-run';
import { Template, testApp } from '../../support/template/template';

const contextWith = (certificate: ServerCertificate, address = 'https://bao.example.com:8200') =>
  serverContext(cluster({ address }), kubernetesServer({ certificate }));

const bound = (certificate: ServerCertificate): { part: ServerPart; template: Template } => {
  let part: ServerPart = {};
  const make = inKubernetes((scope) => {
    part = serverCertificate(certificate).bind(scope, contextWith(certificate));
  });
  return { template: Template.fromStack(make(testApp())), part };
};

describe('the names of a certificate', () => {
  it('include those of clients, Services, pods and localhost', () => {
    const service = (name: string): string[] =>
      ['', '.openbao-nonprod', '.openbao-nonprod.svc', '.openbao-nonprod.svc.cluster.local'].map(
        (domain) => `${name}${domain}`,
      );
    expect(certificateNames(contextWith({ kind: 'selfSigned' }))).toEqual([
      'bao.example.com',
      ...service('openbao-active'),
      ...service('openbao-standby'),
      ...service('openbao-peers'),
      '*.openbao-peers.openbao-nonprod.svc',
      '*.openbao-peers.openbao-nonprod.svc.cluster.local',
      'localhost',
      '127.0.0.1',
    ]);
  });

  it.each([
    ['https://127.0.0.1:8200', '127.0.0.1'],
    ['https://[fd00::1]:8200', 'fd00::1'],
  ])('hold the host of %s once, as it stands in a certificate', (address, host) => {
    const context = contextWith({ kind: 'selfSigned' }, address);
    expect(clientHost(context)).toBe(host);
    expect(certificateNames(context).filter((name) => name === host)).toHaveLength(1);
  });
});

describe('a server’s certificate', () => {
  it.each([
    [{ kind: 'secret', secret: 'from-elsewhere' }, 'from-elsewhere'],
    [{ kind: 'selfSigned' }, 'openbao-tls'],
    [managedCertificate, 'openbao-tls'],
  ] as const)('of %j is every key of its Secret, in the folder that the configuration names', (certificate, secret) => {
    expect(certificateSecret(contextWith(certificate))).toBe(secret);
    expect(bound(certificate).part.volumes).toEqual([{ name: 'tls', mountPath: '/openbao/tls', source: { secret } }]);
  });

  it('is not set by a variable, which the server would also use for its seal', () => {
    for (const certificate of [managedCertificate, { kind: 'selfSigned' }] as const) {
      expect(bound(certificate).part.environment).toBeUndefined();
    }
  });

  it('creates nothing if the Secret comes from elsewhere', () => {
    expect(bound({ kind: 'secret', secret: 'from-elsewhere' }).template.addresses).toEqual([]);
    expect(bound({ kind: 'selfSigned' }).template.addresses).toEqual([]);
  });

  it('is issued by cert-manager with a new key for each renewal, before the pods start', () => {
    const { part, template } = bound(managedCertificate);
    const { manifest } = template.resource('kubernetes_manifest') as {
      manifest: { kind: string; spec: Record<string, unknown> };
    };
    expect(manifest.kind).toBe('Certificate');
    expect(manifest.spec).toMatchObject({
      secretName: 'openbao-tls',
      issuerRef: managedCertificate.issuer,
      ipAddresses: ['127.0.0.1'],
      duration: '2160h',
      renewBefore: '720h',
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      usages: ['digital signature', 'server auth'],
    });
    expect(manifest.spec.dnsNames).toEqual(
      certificateNames(contextWith(managedCertificate)).filter((name) => name !== '127.0.0.1'),
    );
    expect(part.dependsOn).toHaveLength(1);
  });
});
