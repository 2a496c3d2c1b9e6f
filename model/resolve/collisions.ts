import type { Cluster, Environment } from '../inventory';
import { enginesStack, keySetPolicy, platformStack, roleOfPolicy, teamStack } from '../names';
import { shorten } from '../rules/show';
import type { Entry } from '../source/entries';
import type { ProblemList } from '../source/problem-list';
import type { SourceFile, ValuePath } from '../source/source-file';
import type { Known } from './references';
import type { ResolvedTenant } from './tenants';

/** Who derives a name, and where that is written. */
interface Claim {
  readonly who: string;
  readonly source: SourceFile;
  readonly path: ValuePath;
}

/** Reports names that would be derived twice: Terraform or the server would silently let the second win. */
export function checkCollisions(
  clusters: readonly Entry<unknown>[],
  environments: readonly Entry<unknown>[],
  known: Known<Environment>,
  tenants: readonly ResolvedTenant[],
  problems: ProblemList,
): void {
  checkTenantNames(tenants, problems);
  checkPolicyNames(tenants, problems);
  checkStackNames(clusters, environments, known, tenants, problems);
}

/** A tenant's name is the name of its folder of documents: a grant across environments must not reach another's. */
function checkTenantNames(tenants: readonly ResolvedTenant[], problems: ProblemList): void {
  const claims = new Claims(problems, (name) => `a tenant \`${name}\` exists already`, 'rename one of the two');
  for (const { entry } of tenants)
    claims.add(entry.name, { who: `team ${entry.team}`, source: entry.source, path: [] });
}

function checkPolicyNames(tenants: readonly ResolvedTenant[], problems: ProblemList): void {
  const byCluster = new Map<Cluster, Claims>();
  const claimsOf = (cluster: Cluster): Claims => {
    const message = (name: string): string =>
      `the policy \`${name}\` and its role \`${roleOfPolicy(name)}\` would exist twice in the cluster ${cluster.name}`;
    const claims =
      byCluster.get(cluster) ??
      new Claims(
        problems,
        message,
        'rename one of the two; a policy that exists in several environments of a cluster has to be written once for each',
      );
    byCluster.set(cluster, claims);
    return claims;
  };
  for (const { entry, file, tenant } of tenants) {
    const who = `tenant ${tenant.team}/${tenant.name}`;
    for (const { environment, policies } of tenant.environments) {
      const claims = claimsOf(environment.cluster);
      const path = ['environments', file.environments.indexOf(environment.name)];
      for (const access of ['ro', 'rw'] as const) {
        claims.add(keySetPolicy(tenant, environment, access), { who, source: entry.source, path });
      }
      for (const { name } of policies) {
        const index = (file.policies ?? []).findIndex((policy) => policy.name === name);
        claims.add(name, { who, source: entry.source, path: ['policies', index, 'name'] });
      }
    }
  }
}

function checkStackNames(
  clusters: readonly Entry<unknown>[],
  environments: readonly Entry<unknown>[],
  known: Known<Environment>,
  tenants: readonly ResolvedTenant[],
  problems: ProblemList,
): void {
  const claims = new Claims(problems, (name) => `the stack \`${name}\` would exist twice`, 'rename a file or a team');
  for (const { name, source } of clusters)
    claims.add(platformStack({ name }), { who: `cluster ${name}`, source, path: [] });
  for (const { name, source } of environments) {
    claims.add(enginesStack({ name }), { who: `environment ${name}`, source, path: [] });
  }
  // One stack holds all tenants of a team in an environment: its first tenant stands for it.
  const seen = new Map<Environment, Set<string>>();
  for (const environment of known.values()) if (environment !== undefined) seen.set(environment, new Set());
  for (const { entry, file, tenant } of tenants) {
    for (const { environment } of tenant.environments) {
      const teams = seen.get(environment);
      if (teams === undefined || teams.has(tenant.team)) continue;
      teams.add(tenant.team);
      const path = ['environments', file.environments.indexOf(environment.name)];
      const who = `team ${tenant.team} in ${environment.name}`;
      claims.add(teamStack(environment, tenant.team), { who, source: entry.source, path });
    }
  }
}

/** Names that were taken, and by whom. */
class Claims {
  private readonly taken = new Map<string, Claim>();

  constructor(
    private readonly problems: ProblemList,
    private readonly message: (name: string) => string,
    private readonly mend: string,
  ) {}

  add(name: string, claim: Claim): void {
    const other = this.taken.get(name);
    if (other === undefined) {
      this.taken.set(name, claim);
      return;
    }
    const { line, column } = other.source.position(other.path);
    this.problems.addAt(claim.source, claim.path, {
      message: this.message(shorten(name)),
      given: shorten(`${name}, of ${claim.who}`),
      allowed: `each name once; this one is taken at ${other.source.file}:${line}:${column} by ${shorten(other.who)}`,
      mend: this.mend,
    });
  }
}
