import { dialects, type Dialect } from '../../dialect';
import { duration } from '../../language/duration';
import { contextRule, imageRule, namespaceRule, objectNameRule } from '../../language/rules/kubernetes';
import { flag, list, literal, map, namedMap, optional, text, word } from '../../language/schema';
import type { Filled, Output } from '../../language/schema';
import { serverName, serverNamespace } from '../../names';
import { auditSchema } from './audit';
import { backup, type Backup } from './backup';
import { certificateSchema } from './certificate';
import { exposureSchema } from './exposure';
import { monitoring } from './monitoring';
import { egress, peers, port, serverResources, somePeers } from './parts';
import { placement } from './placement';
import { sealSchema } from './seal';
import { linkStorage, storageSchema, type ServerStorage } from './storage';

const apiServer = map({
  peers: egress.describe('Addresses of the API server, behind its Service.'),
  port: optional(port, 6443).describe('Port of the API server, behind its Service: often 443 on managed Kubernetes.'),
});

const destination = map({
  peers: somePeers.describe('Addresses of the destination.'),
  port: port.describe('Port of the destination.'),
});

/** The keys of `kubernetes:`. */
export const kubernetesShape = {
  context: optional(text(contextRule)).describe(
    'Context of the kubeconfig to use, so that no other cluster is changed by mistake. Default: the current one.',
  ),
  namespace: optional(text(namespaceRule)).describe(
    'Namespace for the servers and nothing else. Default: the program and the cluster’s name, such as openbao-prod.',
  ),
  image: optional(text(imageRule)).describe(
    'Image of the server; it must contain a shell. Default: a release of the version that this project is tested with.',
  ),
  imagePullSecrets: optional(list(text(objectNameRule), 'a list of Secrets'), []).describe(
    'Secrets with registry credentials.',
  ),
  replicas: optional(literal([3, 5], { error: '3 or 5' }), 3).describe('Number of servers, one of which is active.'),
  resources: serverResources,
  placement: optional(placement, {}).describe('Where the servers may run.'),
  logLevel: optional(word(['trace', 'debug', 'info', 'warn', 'error']), 'info').describe('Log level.'),
  ui: optional(flag, false).describe('Whether to serve the web UI.'),
  // See constructs/server/configuration.ts for what it costs.
  standbyReads: optional(flag, false).describe(
    'Whether OpenBao’s standby servers answer reads. A takeover may then take 16 s instead of one.',
  ),
  tokenReview: optional(flag, false).describe(
    'Whether the servers may review ServiceAccount tokens of this Kubernetes, as auth methods with `tokenReview: server` need.',
  ),
  admissionPolicy: optional(flag, true).describe(
    'Whether to limit what servers change on pods to the labels of their registration, by a ValidatingAdmissionPolicy. false: Kubernetes is older than 1.30, or its administrator creates the policy, because Terraform may not. Without it, the token of one server can replace the image of another.',
  ),
  terminationGrace: optional(duration(1, '10s'), '60s').describe(
    'Time that a server has to shut down before it is killed.',
  ),
  clients: optional(peers).describe(
    'Pods and networks that may connect to the servers, besides the exposure. Default: namespaces with the label openbao-client: "true", or vault-client for Vault.',
  ),
  apiServer: optional(apiServer, {}).describe(
    'Address of the API server, for the NetworkPolicy; servers set labels on their pods there.',
  ),
  egress: optional(
    namedMap('destination', destination, 'a map from names to destinations').transform((named) =>
      Object.entries(named).map(([purpose, entry]) => ({ purpose, ...entry })),
    ),
    {},
  ).describe(
    'Other destinations that the servers may connect to, by name: directories, databases of engines, identity providers. Storage, seal and API server are always allowed.',
  ),
  storage: storageSchema.describe('Where the servers keep their data.'),
  seal: optional(sealSchema, 'shamir').describe('What protects the root key. shamir: key shares that people hold.'),
  certificate: certificateSchema.describe(
    'Where the servers’ own certificate comes from. selfSigned: `platform server certificate` creates it; only for clusters without other users.',
  ),
  exposure: optional(exposureSchema, 'none').describe(
    'How clients outside of Kubernetes reach the active server. TLS always ends at the server.',
  ),
  audit: optional(auditSchema, 'stdout').describe('Where the audit log is written.'),
  monitoring: optional(monitoring).describe('Metrics, alerts and a dashboard. Default: none.'),
  backup: optional(backup).describe(
    'Scheduled dumps of the database, encrypted before they leave the pod. Default: none.',
  ),
};

export const kubernetesSchema = map(kubernetesShape);

export type KubernetesFile = Output<typeof kubernetesSchema>;

/** Stands in for the keys of `kubernetes:` that have a problem, so that the others can be checked. */
export const kubernetesStandIn: KubernetesFile = kubernetesSchema.parse({
  storage: { cloudNativePg: {} },
  certificate: 'selfSigned',
});

/** How the servers of a cluster with `platform: kubernetes` run. */
export type KubernetesServer = Omit<Filled<KubernetesFile, 'namespace' | 'image' | 'clients'>, 'storage' | 'backup'> & {
  readonly platform: 'kubernetes';
  readonly storage: ServerStorage;
  readonly backup?: Backup;
};

/** Fills in what depends on the cluster. */
export function linkServer(
  cluster: { readonly name: string; readonly dialect: Dialect },
  { storage, backup: dumps, ...file }: KubernetesFile,
): KubernetesServer {
  const program = serverName(cluster);
  return {
    platform: 'kubernetes',
    namespace: serverNamespace(cluster),
    image: dialects[cluster.dialect].image,
    // Whoever creates a namespace decides whether its pods may connect to the servers.
    clients: [{ namespaces: { [`${program}-client`]: 'true' } }],
    ...file,
    storage: linkStorage(storage, program),
    ...(dumps !== undefined && { backup: { prefix: cluster.name, ...dumps } }),
  };
}
