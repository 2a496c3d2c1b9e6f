import { defaultClientImage, defaultUploadImage } from '../../model/cluster/kubernetes/images';
import type { KubernetesServer } from '../../model/cluster/kubernetes/server';
import { dialects } from '../../model/dialect';
import { kubernetesServer } from '../support/inventory/model';
import { bareKubernetes, kubernetesCluster, zurich } from './kubernetes-inventory';
import { certificate } from './pem';
import { load } from './small-inventory';

const serverOf = (text: string, name = 'zurich'): KubernetesServer | undefined =>
  load({ [`clusters/${name}.yaml`]: text }).clusters.find((cluster) => cluster.name === name)?.server;

const everywhere = [{ cidr: '0.0.0.0/0' }, { cidr: '::/0' }];

/** A bare cluster with one key of `kubernetes` more, or another one. */
const bare = (key: keyof KubernetesServer, value: string, dialect = 'openbao'): unknown => {
  const others = bareKubernetes.replace(new RegExp(`^  ${key}: .*\n`, 'm'), '');
  return serverOf(`dialect: ${dialect}\n${others.replace(':8200', '')}  ${key}: ${value}\n`)?.[key];
};

describe('a cluster', () => {
  it('is external by default', () => {
    expect(load().clusters.map(({ server }) => server)).toEqual([undefined, undefined]);
  });
});

describe('a cluster on Kubernetes', () => {
  it('is safe for production by default', () => {
    expect(serverOf(bareKubernetes)).toEqual(
      kubernetesServer({
        namespace: 'openbao-zurich',
        storage: {
          kind: 'cloudNativePg',
          instances: 3,
          size: '10Gi',
          resources: { cpuRequest: '500m', memoryRequest: '1Gi', memoryLimit: '1Gi' },
          operatorNamespace: 'cnpg-system',
          database: 'openbao',
          connections: {},
          clientImage: defaultClientImage,
        },
        certificate: { kind: 'selfSigned' },
      }),
    );
  });

  it('has names of its program', () => {
    const server = serverOf(`dialect: vault\n${bareKubernetes}`);
    expect(server).toMatchObject({ namespace: 'vault-zurich', image: dialects.vault.image });
    expect(server?.clients).toEqual([{ namespaces: { 'vault-client': 'true' } }]);
    expect(server?.storage.database).toBe('vault');
  });

  it('is as its file says', () => {
    expect(serverOf(kubernetesCluster)).toEqual({
      platform: 'kubernetes',
      context: 'zurich',
      namespace: 'vault',
      image:
        'registry.example.com/vault:1.21.4@sha256:4e33b126a59c0c333b76fb4e894722462659a6bec7c48c9ee8cea56fccfd2569',
      imagePullSecrets: ['registry'],
      replicas: 5,
      resources: { cpuRequest: '250m', cpuLimit: '2', memoryRequest: '1Gi', memoryLimit: '2Gi' },
      placement: {
        nodeSelector: { pool: 'vault' },
        tolerations: [{ key: 'dedicated', value: 'vault', effect: 'NoSchedule' }, { key: 'spot' }],
        separateNodes: 'preferred',
        separateZones: 'required',
        priorityClass: 'platform',
      },
      logLevel: 'warn',
      ui: true,
      standbyReads: false,
      tokenReview: true,
      admissionPolicy: false,
      terminationGraceSeconds: 120,
      clients: [
        { namespaces: { team: 'shop' }, pods: { app: 'web' } },
        { pods: { app: 'agent' } },
        { cidr: '10.0.0.0/8' },
      ],
      apiServer: { peers: [{ cidr: '10.1.0.1/32' }], port: 443 },
      egress: [{ purpose: 'directory', peers: [{ cidr: '10.2.0.0/24' }], port: 636 }],
      storage: {
        kind: 'postgresql',
        host: 'db.example.com',
        port: 5433,
        user: 'vault-user',
        passwordFile: { secret: 'database', key: 'file' },
        authority: { secret: 'database-ca', key: 'ca.crt' },
        peers: [{ cidr: '10.3.0.0/24' }],
        database: 'vault-data',
        connections: { maxParallel: 30, maxConnections: 200 },
        clientImage: `registry.example.com/${defaultClientImage}`,
      },
      seal: {
        kind: 'awskms',
        region: 'eu-west-1',
        keyId: 'alias/zurich',
        endpoint: 'https://kms.example.com',
        roleArn: 'arn:aws:iam::111122223333:role/zurich',
        egress: [{ cidr: '10.4.0.0/24' }],
      },
      certificate: {
        kind: 'certManager',
        issuer: { name: 'internal', kind: 'Issuer', group: 'example.com' },
        durationSeconds: 36 * 3600,
        renewBeforeSeconds: 90 * 60,
      },
      exposure: {
        controller: 'gateway',
        gateway: { name: 'shared', namespace: 'gateways', section: 'tls' },
        redirect: { name: 'shared', namespace: 'gateways', section: 'http' },
        apiVersion: 'v1alpha2',
        from: [{ namespaces: {}, pods: { gateway: 'shared' } }],
      },
      audit: { kind: 'file', rotateMebibytes: 10, keep: 2 },
      monitoring: {
        from: [{ namespaces: { 'kubernetes.io/metadata.name': 'prometheus' } }],
        labels: { release: 'prometheus' },
        serviceMonitor: true,
        rules: false,
        dashboardLabels: { grafana_dashboard: '1' },
      },
      backup: {
        schedule: '0 */6 1-15,20 jan-jun mon',
        timeZone: 'Europe/Berlin',
        bucket: 'zurich-backup',
        prefix: 'vault/zurich',
        region: 'garage',
        endpoint: 'https://s3.example.com',
        recipient: certificate,
        credentials: 'backup',
        uploadImage: `registry.example.com/${defaultUploadImage}`,
        egress: [{ cidr: '10.5.0.0/24' }],
      },
    });
  });

  it('can reserve more memory than the default limit', () => {
    expect(bare('resources', '{memoryRequest: 2Gi}')).toEqual({
      cpuRequest: '500m',
      memoryRequest: '2Gi',
      memoryLimit: '2Gi',
    });
  });

  it.each([
    ['shamir', { kind: 'shamir' }],
    [
      '{awskms: {region: eu-west-1, keyId: alias/x, credentials: aws}}',
      { kind: 'awskms', region: 'eu-west-1', keyId: 'alias/x', credentials: 'aws', egress: everywhere },
    ],
    [
      '{gcpckms: {project: example-prod, region: global, keyRing: r, cryptoKey: k}}',
      { kind: 'gcpckms', project: 'example-prod', region: 'global', keyRing: 'r', cryptoKey: 'k', egress: everywhere },
    ],
    [
      '{azurekeyvault: {tenantId: 11112222-3333-4444-5555-666677778888, vaultName: kv-prod, keyName: k}}',
      {
        kind: 'azurekeyvault',
        tenantId: '11112222-3333-4444-5555-666677778888',
        vaultName: 'kv-prod',
        keyName: 'k',
        egress: everywhere,
      },
    ],
    [
      '{transit: {address: https://other.example.com:8200, keyName: k, token: {secret: seal}, authority: {secret: seal}}}',
      {
        kind: 'transit',
        address: 'https://other.example.com:8200',
        mountPath: 'transit',
        keyName: 'k',
        token: { secret: 'seal', key: 'token' },
        authority: { secret: 'seal', key: 'ca.crt' },
        egress: everywhere,
      },
    ],
  ])('is sealed by %s', (text, expected) => {
    expect(bare('seal', text, 'vault')).toEqual(expected);
  });

  const inNamespace = (name: string) => [{ namespaces: { 'kubernetes.io/metadata.name': name } }];

  it.each([
    ['none', { controller: 'none' }],
    [
      '{haproxy: {}}',
      {
        controller: 'haproxy',
        ingressClass: 'haproxy',
        redirect: true,
        from: inNamespace('haproxy-controller'),
      },
    ],
    [
      '{haproxy-ingress: {}}',
      {
        controller: 'haproxy-ingress',
        ingressClass: 'haproxy',
        redirect: true,
        from: inNamespace('ingress-controller'),
      },
    ],
    [
      '{nginx: {redirect: false}}',
      { controller: 'nginx', ingressClass: 'nginx', redirect: false, from: inNamespace('ingress-nginx') },
    ],
    ['{traefik: {}}', { controller: 'traefik', entryPoint: 'websecure', from: inNamespace('traefik') }],
    [
      '{gateway: {name: g, namespace: n}}',
      { controller: 'gateway', gateway: { name: 'g', namespace: 'n' }, apiVersion: 'v1', from: inNamespace('n') },
    ],
    [
      '{aws-nlb: {sourceRanges: [10.0.0.0/8]}}',
      { controller: 'aws-nlb', scheme: 'internal', sourceRanges: ['10.0.0.0/8'], annotations: {} },
    ],
    [
      '{load-balancer: {sourceRanges: [10.0.0.0/8], annotations: {example.com/kind: "a b"}}}',
      { controller: 'load-balancer', sourceRanges: ['10.0.0.0/8'], annotations: { 'example.com/kind': 'a b' } },
    ],
    [
      '{node-port: {sourceRanges: [10.0.0.0/8], nodePort: 30820}}',
      { controller: 'node-port', nodePort: 30_820, sourceRanges: ['10.0.0.0/8'] },
    ],
  ])('is exposed by %s', (text, expected) => {
    expect(bare('exposure', text)).toEqual(expected);
  });

  it.each([
    ['{certManager: {issuer: {name: x}}}', 90 * 86_400, 30 * 86_400],
    ['{certManager: {issuer: {name: x}, duration: 12h}}', 12 * 3600, 4 * 3600],
    ['{certManager: {issuer: {name: x}, duration: 3601s, renewBefore: 5m}}', 3601, 300],
  ])('has certificates of %s', (text, durationSeconds, renewBeforeSeconds) => {
    const issuer = { name: 'x', kind: 'ClusterIssuer', group: 'cert-manager.io' };
    expect(bare('certificate', text)).toEqual({ kind: 'certManager', issuer, durationSeconds, renewBeforeSeconds });
  });

  it('uses a certificate that is renewed elsewhere', () => {
    expect(bare('certificate', '{secret: tls}')).toEqual({ kind: 'secret', secret: 'tls' });
  });

  it('has monitoring and backups with few settings', () => {
    expect(bare('monitoring', '{}')).toEqual({
      from: inNamespace('monitoring'),
      labels: {},
      serviceMonitor: true,
      rules: true,
    });
    expect(bare('audit', '{file: {}}')).toEqual({ kind: 'file', rotateMebibytes: 100, keep: 5 });
    const recipient = JSON.stringify(certificate);
    expect(bare('backup', `{bucket: dumps, region: eu-west-1, recipient: ${recipient}}`)).toEqual({
      schedule: '30 2 * * *',
      timeZone: 'Etc/UTC',
      bucket: 'dumps',
      prefix: 'zurich',
      region: 'eu-west-1',
      recipient: certificate,
      uploadImage: defaultUploadImage,
      egress: everywhere,
    });
  });

  it('can share a Kubernetes cluster, but not a namespace', () => {
    const { clusters } = load({ [zurich]: bareKubernetes, 'clusters/south.yaml': bareKubernetes });
    const namespaces = clusters.flatMap(({ server }) => server?.namespace ?? []);
    expect(namespaces).toEqual(['openbao-south', 'openbao-zurich']);
  });
});
