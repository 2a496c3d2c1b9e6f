import { clusterLimits } from '../checks/dialect-limits';
import { platformFaults, serverFaults } from '../checks/kubernetes-checks';
import { addressRule } from '../language/rules/address';
import { textRule } from '../language/rules/text';
import { headerRule } from '../language/rules/words';
import { filledList, map, optional, orNone, text, word, type Output } from '../language/schema';
import type { Entry } from '../source/entries';
import type { ProblemList } from '../source/problem-list';
import { authSchema, type AuthMethod } from './auth-method';
import { exceptionsSchema, linkExceptions, type EscalationException } from './exceptions';
import { kubernetesSchema, linkServer, type KubernetesServer } from './kubernetes/server';
import { provisionerSchema } from './provisioner';
import { stateSchema } from './state';

/** The keys of `inventory/clusters/<name>.yaml`. */
export const clusterShape = {
  description: text(textRule).describe('Purpose of the cluster, in one sentence.'),
  dialect: optional(word(['openbao', 'vault']), 'openbao').describe('Server program of the cluster.'),
  platform: optional(word(['external', 'kubernetes']), 'external').describe(
    'Where the servers run. external: deployed by others. kubernetes: deployed from this inventory.',
  ),
  kubernetes: optional(kubernetesSchema).describe(
    'Deployment of the servers on Kubernetes; requires `platform: kubernetes`.',
  ),
  address: text(addressRule).describe('URL for clients, without a path or a trailing slash.'),
  state: stateSchema.describe('Where the Terraform state of the cluster’s own stacks is kept.'),
  auth: authSchema.describe(
    'Auth methods by name, besides AppRole and tokens; each environment lists those that it trusts.',
  ),
  provisioner: optional(provisionerSchema).describe(
    'How Terraform logs in to this cluster. Default: an administrator creates its tokens.',
  ),
  exceptions: exceptionsSchema.describe('Access of tenants’ principals that escalates, and is accepted for a time.'),
  auditedHeaders: orNone(
    filledList(text(headerRule), 'a list of headers', (header) => header.toLowerCase()).meta({ uniqueItems: true }),
  ).describe('Request headers that the audit log contains, hashed. Default: none.'),
};

export const clusterSchema = map(clusterShape);

export type ClusterFile = Output<typeof clusterSchema>;

/** Stands in for the keys of a cluster’s file that have a problem, so that the others can be checked. */
export const clusterStandIn: ClusterFile = {
  ...clusterSchema.parse({ description: '-', address: 'https://none', state: { backend: 'local' } }),
  description: '',
  address: '',
};

/** One Vault or OpenBao. */
export type Cluster = Omit<ClusterFile, 'auth' | 'exceptions' | 'kubernetes' | 'platform'> & {
  readonly name: string;
  readonly exceptions: readonly EscalationException[];
  readonly authMethods: readonly AuthMethod[];
  /** Only with `platform: kubernetes`. */
  readonly server?: KubernetesServer;
};

/** A cluster whose servers this project deploys. */
export type DeployedCluster = Cluster & { readonly server: KubernetesServer };

/** A cluster, and what is known about its file. */
export interface LinkedCluster {
  readonly cluster: Cluster;
  readonly methods: ReadonlyMap<string, AuthMethod>;
  /** Keys of its file that have problems. */
  readonly unsound: ReadonlySet<PropertyKey>;
}

export const linkClusters = (
  entries: readonly Entry<ClusterFile>[],
  problems: ProblemList,
): Map<string, LinkedCluster | undefined> =>
  new Map(entries.map((entry) => [entry.name, linkCluster(entry, problems)]));

function linkCluster(
  { name, source, value, unsound }: Entry<ClusterFile>,
  problems: ProblemList,
): LinkedCluster | undefined {
  if (value === undefined) return undefined;
  const { platform, kubernetes, auth, exceptions, ...settings } = value;
  const cluster: Cluster = {
    name,
    ...settings,
    authMethods: auth,
    exceptions: linkExceptions(exceptions, source),
    ...(platform === 'kubernetes' &&
      kubernetes !== undefined && { server: linkServer({ name, dialect: settings.dialect }, kubernetes) }),
  };
  const faults = [
    ...(unsound.has('platform') || unsound.has('kubernetes') ? [] : platformFaults(value)),
    ...serverFaults(cluster, unsound),
    ...(unsound.has('dialect') ? [] : clusterLimits(cluster)),
  ];
  for (const { path, of, ...finding } of faults) problems.addAt(source, path, finding, of);
  return { cluster, methods: new Map(auth.map((method) => [method.inventoryName, method])), unsound };
}
