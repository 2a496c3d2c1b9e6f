import type { Cluster, Environment, StateBackend } from '../inventory';
import type { ClusterFile } from '../schema/cluster';
import type { EnvironmentFile } from '../schema/environment';
import type { StateFile } from '../schema/state';
import type { Entry } from '../source/entries';
import type { ProblemList } from '../source/problem-list';
import { defaultAppRole, resolveAppRole } from './app-role';
import { lookUp } from './references';
import type { Known } from './references';

export function resolveClusters(entries: readonly Entry<ClusterFile>[]): Map<string, Cluster | undefined> {
  return new Map(
    entries.map(({ name, value }) => [name, value && { name, ...value, state: resolveState(value.state) }] as const),
  );
}

export function resolveEnvironments(
  entries: readonly Entry<EnvironmentFile>[],
  clusters: Known<Cluster>,
  problems: ProblemList,
): Map<string, Environment | undefined> {
  return new Map(entries.map((entry) => [entry.name, resolveEnvironment(entry, clusters, problems)] as const));
}

function resolveEnvironment(
  { name, source, value }: Entry<EnvironmentFile>,
  clusters: Known<Cluster>,
  problems: ProblemList,
): Environment | undefined {
  if (value === undefined) return undefined;
  const appRole = resolveAppRole(defaultAppRole, [{ settings: value.appRole, source, path: ['appRole'] }], problems);
  const cluster = lookUp(clusters, 'cluster', { name: value.cluster, source, path: ['cluster'] }, problems);
  if (cluster === undefined) return undefined;
  const { description, kvMaxVersions, state } = value;
  return { name, description, cluster, state: resolveState(state), kvMaxVersions, appRole };
}

function resolveState(state: StateFile): StateBackend {
  if (state.backend === 'local') return { backend: 'local' };
  const { backend, bucket, region, kmsKeyId } = state;
  return kmsKeyId === undefined ? { backend, bucket, region } : { backend, bucket, region, kmsKeyId };
}
