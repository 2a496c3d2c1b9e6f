import { defaultClientImage } from '../../../model/cluster/kubernetes/images';
import type { KubernetesServer } from '../../../model/cluster/kubernetes/server';
import { dialects } from '../../../model/dialect';

/** The servers of `cluster()` on Kubernetes, with what a file that says as little as possible gives. */
export const kubernetesServer = (over: Partial<KubernetesServer> = {}): KubernetesServer => ({
  platform: 'kubernetes',
  namespace: 'openbao-nonprod',
  image: dialects.openbao.image,
  imagePullSecrets: [],
  replicas: 3,
  resources: { cpuRequest: '500m', memoryRequest: '512Mi', memoryLimit: '1Gi' },
  placement: { nodeSelector: {}, tolerations: [], separateNodes: 'required', separateZones: 'preferred' },
  logLevel: 'info',
  ui: false,
  standbyReads: false,
  tokenReview: false,
  admissionPolicy: true,
  terminationGraceSeconds: 60,
  clients: [{ namespaces: { 'openbao-client': 'true' } }],
  apiServer: { peers: [{ cidr: '0.0.0.0/0' }, { cidr: '::/0' }], port: 6443 },
  egress: [],
  storage: {
    kind: 'postgresql',
    host: 'db.example.com',
    port: 5432,
    database: 'openbao',
    user: 'openbao',
    passwordFile: { secret: 'openbao-database', key: 'pgpass' },
    connections: {},
    clientImage: defaultClientImage,
    peers: [{ cidr: '10.20.0.0/24' }],
  },
  seal: { kind: 'shamir' },
  certificate: { kind: 'secret', secret: 'openbao-tls' },
  exposure: { controller: 'none' },
  audit: { kind: 'stdout' },
  ...over,
});

/** A certificate that cert-manager issues. */
export const managedCertificate = {
  kind: 'certManager',
  issuer: { name: 'internal', kind: 'ClusterIssuer', group: 'cert-manager.io' },
  durationSeconds: 90 * 86_400,
  renewBeforeSeconds: 30 * 86_400,
} as const;
