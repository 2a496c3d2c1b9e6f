import { bareKubernetes, edit, instead, kubernetesCluster, zurich } from './kubernetes-inventory';
import { headlinesOf } from './small-inventory';
import { specifyEdits } from './specify';

describe('where a cluster runs', () => {
  specifyEdits([
    [
      'on Kubernetes, without a word about it',
      edit(kubernetesCluster.slice(kubernetesCluster.indexOf('kubernetes:\n  context')), ''),
      'kubernetes\nauth',
      'the key `kubernetes` is missing',
      'add `kubernetes:` with `storage` and `certificate` at least',
    ],
    [
      'elsewhere, and yet on Kubernetes',
      edit('platform: kubernetes\n', ''),
      'kubernetes:\n  context',
      '`kubernetes` requires `platform: kubernetes`',
      'add `platform: kubernetes`, or remove `kubernetes`',
    ],
    [
      'somewhere unknown',
      edit('platform: kubernetes', 'platform: kubernets'),
      'kubernets',
      'wrong value for `platform`',
      'write `kubernetes`',
    ],
  ]);

  it('is a namespace of its own', () => {
    const shared = bareKubernetes.replace('kubernetes:\n', 'kubernetes:\n  namespace: vault\n');
    expect(headlinesOf({ [zurich]: shared, 'clusters/south.yaml': shared })).toEqual([
      'inventory/clusters/zurich.yaml:6:14  two clusters would share the namespace `vault`',
    ]);
    const inContext = shared.replace('kubernetes:\n', 'kubernetes:\n  context: there\n');
    expect(headlinesOf({ [zurich]: inContext, 'clusters/south.yaml': inContext })).toEqual([
      'inventory/clusters/zurich.yaml:7:14  two clusters would share the namespace `vault` of there',
    ]);
    expect(headlinesOf({ [zurich]: inContext, 'clusters/south.yaml': shared })).toEqual([]);
  });

  it('is a valid namespace, also for a long name', () => {
    const longest = 'o'.repeat(63 - 'openbao-'.length);
    expect(headlinesOf({ [`clusters/${longest}.yaml`]: bareKubernetes })).toEqual([]);
    expect(headlinesOf({ [`clusters/${longest}o.yaml`]: bareKubernetes })).toEqual([
      `inventory/clusters/${longest}o.yaml:5:1  the namespace would have more than 63 characters`,
    ]);
    const named = bareKubernetes.replace('kubernetes:\n', 'kubernetes:\n  namespace: short\n');
    expect(headlinesOf({ [`clusters/${longest}o.yaml`]: named })).toEqual([]);
  });

  it('reports all problems at once, of single keys and between keys', () => {
    const wrong = bareKubernetes
      .replace(/address: .*/, 'address: https://10.1.2.3')
      .replace('kubernetes:\n', 'kubernetes:\n  image: openbao/openbao:latest\n  exposure: { traefik: {} }\n')
      .concat('  seal: { awskms: { region: eu-central-1, keyId: alias/seal, egress: [{ cidr: 10.0.0.0/8 }] } }\n');
    expect(headlinesOf({ [zurich]: wrong }).map((headline) => headline.replace(/^.*? {2}/, ''))).toEqual([
      'traefik routes by host name, and this is an IP address',
      'this image has no digest, so users who may push to its registry can replace it',
      'OpenBao has no seal awskms built in',
    ]);
  });

  it('has no further problems that follow from an invalid key', () => {
    // For three servers twenty would be too few, and both would share a namespace.
    const wrong = bareKubernetes
      .replace('kubernetes:\n', 'kubernetes:\n  replicas: 30\n  namespace: Vault\n')
      .replace('cloudNativePg: {}', 'cloudNativePg: { connections: { maxConnections: 20 } }');
    const told = headlinesOf({ [zurich]: wrong, 'clusters/south.yaml': wrong });
    const each = ['wrong value for `kubernetes.replicas`', 'this cannot be a name in Kubernetes'];
    expect(told.map((headline) => headline.replace(/^.*? {2}/, ''))).toEqual([...each, ...each]);
  });

  it('has a stack name that no team can have', () => {
    const files = {
      'clusters/devel-ops.yaml': bareKubernetes,
      'tenants/ops-server/wiki.yaml': 'description: Pages\nenvironments: [devel]\n',
    };
    expect(headlinesOf(files)).toEqual([
      'inventory/tenants/ops-server/wiki.yaml:2:16  the stack `devel-ops-server` would exist twice',
    ]);
  });
});

describe('mutually exclusive settings', () => {
  specifyEdits([
    [
      'two kinds of storage',
      edit('  storage:\n', '  storage:\n    cloudNativePg: {}\n'),
      'cloudNativePg: {}',
      '`cloudNativePg` and `postgresql` exclude each other',
      'keep one of them',
    ],
    [
      'a storage that there is not',
      instead('storage', '{postgres: {}}'),
      '{postgres: {}}',
      '`postgres` is none of these',
      'write `postgresql:` and its settings below',
    ],
    [
      'a storage without settings',
      instead('storage', 'postgresql'),
      'postgresql',
      '`postgresql` needs settings',
      'write `postgresql:` and its settings below',
    ],
    [
      'no storage',
      instead('storage', '[]'),
      '[]',
      'wrong value for `kubernetes.storage`',
      'write a map with one of the keys postgresql or cloudNativePg',
    ],
    [
      'settings for shares',
      instead('seal', '{shamir: {}}'),
      '{shamir: {}}',
      '`shamir` has no settings',
      'write `shamir`',
    ],
    [
      'a seal nothing like one that there is',
      instead('seal', '{hsm: {}}'),
      '{hsm: {}}',
      '`hsm` is none of these',
      'write shamir, or a map with one of the keys awskms, gcpckms, azurekeyvault or transit',
    ],
    [
      'an exposure to everybody by default',
      instead('exposure', '{aws-nlb: {}}'),
      '{}',
      'the key `sourceRanges` is missing',
      'add `sourceRanges:` with a list of networks',
    ],
    [
      'an exposure to nobody',
      instead('exposure', '{node-port: {sourceRanges: []}}'),
      '[]',
      'wrong value for `kubernetes.exposure.node-port.sourceRanges`',
      'write a list of networks, at least one',
    ],
    [
      'a Secret beside the role of the seal',
      edit('roleArn: arn', 'credentials: aws\n      roleArn: arn'),
      'aws\n      roleArn',
      '`credentials` and `roleArn` exclude each other',
      'keep roleArn: it needs no secret that could leak',
    ],
    [
      'a role beside the Secret of backups',
      edit('credentials: backup', 'credentials: backup\n    roleArn: arn:aws:iam::111122223333:role/backup'),
      'backup\n    roleArn',
      '`credentials` and `roleArn` exclude each other',
      'keep roleArn: it needs no secret that could leak',
    ],
  ]);
});

describe('incompatible settings', () => {
  const ranges = '{sourceRanges: [10.0.0.0/8]}';
  specifyEdits([
    [
      'less memory than is reserved',
      edit('memoryLimit: 2Gi', 'memoryLimit: 512Mi'),
      '512Mi',
      'memoryLimit is less than memoryRequest',
      'raise memoryLimit or lower memoryRequest',
    ],
    [
      'fewer processors than are reserved',
      edit("cpuLimit: '2'", 'cpuLimit: 200m'),
      '200m',
      'cpuLimit is less than cpuRequest',
      'raise cpuLimit or lower cpuRequest',
    ],
    [
      'less memory than is reserved for a database',
      instead('storage', '{cloudNativePg: {resources: {memoryLimit: 512Mi}}}'),
      '512Mi',
      'memoryLimit is less than memoryRequest',
      'raise memoryLimit or lower memoryRequest',
    ],
    [
      'a database with fewer connections than a takeover opens',
      edit('maxConnections: 200', 'maxConnections: 150'),
      '150',
      'the database allows fewer connections than its servers may open',
      'raise maxConnections, or set maxParallel to 26 or less',
    ],
    [
      'a database that is too small for so many servers',
      edit('{maxParallel: 30, maxConnections: 200}', '{maxConnections: 30}'),
      '30}',
      'the database allows fewer connections than its servers may open',
      'raise maxConnections',
    ],
    [
      'a certificate that is always renewed',
      edit('renewBefore: 90m', 'renewBefore: 36h'),
      '36h\n  exposure',
      'the certificate would be renewed before it is issued',
      'shorten renewBefore or lengthen duration',
    ],
    [
      'an IP address where names are told apart',
      edit('https://zurich.example.com', 'https://10.0.0.1'),
      'https://10.0.0.1',
      'gateway routes by host name, and this is an IP address',
      'write a host name that resolves to the controller, or use another exposure',
    ],
    [
      'the same in IPv6',
      edit('https://zurich.example.com', 'https://[fd00::1]:8200'),
      'https://[fd00::1]:8200',
      'gateway routes by host name, and this is an IP address',
      'write a host name that resolves to the controller, or use another exposure',
    ],
    [
      'plain HTTP without a redirection where there always is one',
      instead('exposure', '{haproxy-ingress: {redirect: false}}'),
      'false}',
      'haproxy-ingress always redirects HTTP when it passes TLS through',
      'remove redirect',
    ],
    [
      'tokens that the servers may not review',
      edit('  tokenReview: true\n', ''),
      'server\nkubernetes',
      'the servers may not review tokens',
      'add `tokenReview: true` to `kubernetes`, or write `client` or `reviewer`',
    ],
    [
      'reads by standbys of Vault',
      edit('  ui: true\n', '  standbyReads: true\n'),
      'true',
      'standbys of Vault never answer reads',
      'remove standbyReads',
    ],
    [
      'a seal of a cloud with OpenBao',
      edit('dialect: vault', 'dialect: openbao'),
      'awskms:',
      'OpenBao has no seal awskms built in',
      'write `shamir` or `transit:`, or `dialect: vault`',
    ],
  ]);

  it('reports all problems at once, each with its place', () => {
    const text = kubernetesCluster
      .replace('memoryLimit: 2Gi', 'memoryLimit: 512Mi')
      .replace('renewBefore: 90m', 'renewBefore: 100h')
      .replace('dialect: vault', 'dialect: openbao');
    const at = (words: string): string => {
      const before = text.slice(0, text.indexOf(words)).split('\n');
      return `inventory/clusters/zurich.yaml:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
    };
    expect(headlinesOf({ [zurich]: text })).toEqual([
      `${at('512Mi')}  memoryLimit is less than memoryRequest`,
      `${at('awskms')}  OpenBao has no seal awskms built in`,
      `${at('100h')}  the certificate would be renewed before it is issued`,
    ]);
  });

  describe('the port of the servers where a controller listens', () => {
    const at8200 = (exposure: string): string[] =>
      headlinesOf({ [zurich]: `${bareKubernetes}  exposure: ${exposure}\n` });
    const place = 'inventory/clusters/zurich.yaml:2:10';

    it.each(['haproxy', 'haproxy-ingress', 'nginx', 'traefik'])('is refused with %s', (controller) => {
      expect(at8200(`{${controller}: {}}`)).toEqual([
        `${place}  8200 is the servers’ own port; ${controller} listens on another`,
      ]);
    });

    it.each([
      '{traefik: {entryPoint: vault}}',
      '{gateway: {name: g, namespace: n}}',
      `{aws-nlb: ${ranges}}`,
      `{load-balancer: ${ranges}}`,
      `{node-port: ${ranges}}`,
      'none',
    ])('is right with %s', (exposure) => {
      expect(at8200(exposure)).toEqual([]);
    });
  });
});
