import type { AuthMethod, Cluster, StateBackend } from '../inventory';
import type { ClusterFile } from '../schema/cluster';
import type { StateFile } from '../schema/state';
import type { Entry } from '../source/entries';
import type { ProblemList } from '../source/problem-list';
import { resolveAuthMethods } from './auth-methods';
import { clusterLimits } from './dialect-limits';
import { resolveKubernetes } from './kubernetes';
import { platformFault, serverFaults } from './kubernetes-checks';

/** A cluster, and what is known about its file. */
export interface ResolvedCluster {
  readonly cluster: Cluster;
  readonly methods: ReadonlyMap<string, AuthMethod>;
  /** Keys of its file that have problems. */
  readonly unsound: ReadonlySet<PropertyKey>;
}

export function resolveClusters(
  entries: readonly Entry<ClusterFile>[],
  problems: ProblemList,
): Map<string, ResolvedCluster | undefined> {
  return new Map(entries.map((entry) => [entry.name, resolveCluster(entry, problems)] as const));
}

function resolveCluster(
  { name, source, value, unsound }: Entry<ClusterFile>,
  problems: ProblemList,
): ResolvedCluster | undefined {
  if (value === undefined) return undefined;
  const { description, dialect, address, state, auth, auditedHeaders = [], platform, kubernetes } = value;
  const authMethods = resolveAuthMethods(auth);
  const cluster: Cluster = {
    name,
    description,
    dialect,
    address,
    state: resolveState(state),
    authMethods,
    auditedHeaders,
    ...(platform === 'kubernetes' &&
      kubernetes !== undefined && { server: resolveKubernetes({ name, dialect }, kubernetes) }),
  };
  const faults = [
    ...(unsound.has('platform') || unsound.has('kubernetes') ? [] : platformFault(value)),
    ...serverFaults(cluster, unsound),
    ...(unsound.has('dialect') ? [] : clusterLimits(cluster)),
  ];
  for (const { path, of, ...finding } of faults) problems.addAt(source, path, finding, of);
  return { cluster, methods: new Map(authMethods.map((method) => [method.name, method])), unsound };
}

export function resolveState(state: StateFile): StateBackend {
  if (state.backend === 'local') return { backend: 'local' };
  const { backend, bucket, region, kmsKeyId } = state;
  return kmsKeyId === undefined ? { backend, bucket, region } : { backend, bucket, region, kmsKeyId };
}
