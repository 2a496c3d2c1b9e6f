import type { AuthMethod, Authority, Environment } from '../inventory';
import { appRoleMount, ownAppRoleMount } from '../names';
import { listNames } from '../rules/nearest';
import type { EnvironmentFile } from '../schema/environment';
import type { Entry } from '../source/entries';
import type { ProblemList } from '../source/problem-list';
import { defaultAppRole, resolveAppRole } from './app-role';
import { resolveAuthorities } from './authorities';
import { resolveState } from './clusters';
import type { ResolvedCluster } from './clusters';
import { defined } from './defined';
import { environmentLimits } from './dialect-limits';
import { resolveEngines } from './engines';
import { lookUp, reportUnknown } from './references';
import type { Known } from './references';

/** An environment, and what is known about its file. */
export interface ResolvedEnvironment {
  readonly environment: Environment;
  readonly cluster: ResolvedCluster;
  readonly authorities: Known<Authority>;
  /** Keys of its file that have problems: nothing is said about what refers to them. */
  readonly unsound: ReadonlySet<PropertyKey>;
}

export function resolveEnvironments(
  entries: readonly Entry<EnvironmentFile>[],
  clusters: Known<ResolvedCluster>,
  problems: ProblemList,
): Map<string, ResolvedEnvironment | undefined> {
  return new Map(entries.map((entry) => [entry.name, resolveEnvironment(entry, clusters, problems)] as const));
}

function resolveEnvironment(
  entry: Entry<EnvironmentFile>,
  clusters: Known<ResolvedCluster>,
  problems: ProblemList,
): ResolvedEnvironment | undefined {
  const { name, source, value } = entry;
  if (value === undefined) return undefined;
  const appRole = resolveAppRole(defaultAppRole, [{ settings: value.appRole, source, path: ['appRole'] }], problems);
  const authorities = resolveAuthorities(value.authorities, { source, environment: name }, problems);
  const cluster = lookUp(clusters, 'cluster', { name: value.cluster, source, path: ['cluster'] }, problems);
  if (cluster === undefined) return undefined;
  const trusts = resolveTrusts(entry, value.trusts ?? [], cluster, problems);
  const environment: Environment = {
    name,
    description: value.description,
    cluster: cluster.cluster,
    state: resolveState(value.state),
    engines: resolveEngines(value.engines),
    authorities: [...authorities.values()].filter((authority) => authority !== undefined),
    appRoleMount: value.appRoleMount === 'own' ? ownAppRoleMount({ name }) : appRoleMount,
    trusts: trusts.methods,
    appRole,
    quotas: defined(value.quotas ?? {}),
  };
  if (!cluster.unsound.has('dialect')) {
    for (const { path, of, ...finding } of environmentLimits(environment)) problems.addAt(source, path, finding, of);
  }
  const unsound = trusts.complete ? entry.unsound : new Set([...entry.unsound, 'trusts']);
  return { environment, cluster, authorities, unsound };
}

/** The methods that tenants may log in by, and whether all of them are known. */
function resolveTrusts(
  { source, unsound }: Entry<EnvironmentFile>,
  names: readonly string[],
  { cluster, methods, unsound: unsoundCluster }: ResolvedCluster,
  problems: ProblemList,
): { readonly methods: readonly AuthMethod[]; readonly complete: boolean } {
  const found = names.map((name) => methods.get(name));
  if (unsoundCluster.has('auth')) return { methods: found.filter((method) => method !== undefined), complete: false };
  found.forEach((method, index) => {
    if (method !== undefined) return;
    const unknown = {
      message: 'unknown auth method',
      names: [...methods.keys()],
      none: `none: inventory/clusters/${cluster.name}.yaml has no \`auth\``,
      fix: `add it to \`auth\` in inventory/clusters/${cluster.name}.yaml`,
    };
    reportUnknown({ name: names[index] ?? '', source, path: ['trusts', index] }, unknown, problems);
  });
  const complete = !unsound.has('trusts') && !found.includes(undefined);
  return { methods: found.filter((method) => method !== undefined), complete };
}

/** For messages: `devel and stag` have nothing in common but what they lack. */
export const namesOf = (environments: readonly ResolvedEnvironment[]): string =>
  listNames(environments.map(({ environment }) => environment.name));
