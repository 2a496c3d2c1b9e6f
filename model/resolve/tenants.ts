import type { CustomPolicy, DocumentGrant, Environment, Tenant, TenantEnvironment } from '../inventory';
import { listNames } from '../rules/nearest';
import { show } from '../rules/show';
import type { PolicyFile, TenantFile } from '../schema/tenant';
import type { TenantEntry } from '../source/entries';
import type { ProblemList } from '../source/problem-list';
import type { ValuePath } from '../source/source-file';
import { resolveAppRole } from './app-role';
import type { AppRoleLayer } from './app-role';
import { lookUp } from './references';
import type { Known, Reference } from './references';

/** A tenant with the file it comes from, for the checks that compare tenants. */
export interface ResolvedTenant {
  readonly entry: TenantEntry;
  readonly file: TenantFile;
  readonly tenant: Tenant;
}

/** Resolves tenants one by one; what concerns several of them is checked in `collisions.ts`. */
export function resolveTenants(
  entries: readonly TenantEntry[],
  environments: Known<Environment>,
  problems: ProblemList,
): ResolvedTenant[] {
  return entries.flatMap((entry) => {
    const file = entry.value;
    if (file === undefined) return [];
    const { name, team } = entry;
    const { description } = file;
    const resolver = new TenantResolver(entry, file, environments, problems);
    return [{ entry, file, tenant: { name, team, description, environments: resolver.environments() } }];
  });
}

class TenantResolver {
  constructor(
    private readonly entry: TenantEntry,
    private readonly file: TenantFile,
    private readonly known: Known<Environment>,
    private readonly problems: ProblemList,
  ) {}

  environments(): TenantEnvironment[] {
    this.checkMembership();
    return this.file.environments.flatMap((name, index) => {
      const environment = this.lookUp(name, ['environments', index]);
      return environment === undefined ? [] : [this.inEnvironment(environment)];
    });
  }

  private inEnvironment(environment: Environment): TenantEnvironment {
    const { name } = environment;
    const { appRole, keySet, overrides = {} } = this.file;
    const override = Object.hasOwn(overrides, name) ? overrides[name] : undefined;
    const { source } = this.entry;
    const layers: AppRoleLayer[] = [
      { settings: appRole, source, path: ['appRole'] },
      { settings: override?.appRole, source, path: ['overrides', name, 'appRole'] },
    ];
    return {
      environment,
      appRole: resolveAppRole(environment.appRole, layers, this.problems),
      keySet: override?.keySet ?? keySet,
      policies: (this.file.policies ?? []).flatMap((policy, index) =>
        policy.environments.includes(name) ? [this.policy(policy, ['policies', index], environment)] : [],
      ),
    };
  }

  private policy({ name, reason, grants }: PolicyFile, path: ValuePath, home: Environment): CustomPolicy {
    const resolved = grants.flatMap((grant, index): DocumentGrant[] => {
      const place = [...path, 'grants', index, 'environment'];
      const environment = grant.environment === undefined ? home : this.lookUp(grant.environment, place);
      if (environment === undefined) return [];
      if (environment.cluster !== home.cluster) this.reportForeignGrant(environment, home, place);
      return [{ environment, path: grant.path, capabilities: grant.capabilities }];
    });
    return { name, reason, grants: resolved };
  }

  /** Policies and overrides for environments that the tenant is not in. */
  private checkMembership(): void {
    const { environments, overrides = {}, policies = [] } = this.file;
    if (environments.includes('')) return;
    const named: Reference[] = [
      ...policies.flatMap((policy, index) =>
        policy.environments.map((name, entry) => this.reference(name, ['policies', index, 'environments', entry])),
      ),
      ...Object.keys(overrides).map((name) => ({ ...this.reference(name, ['overrides', name]), of: 'key' as const })),
    ];
    for (const reference of named) {
      const { name, source, path, of } = reference;
      lookUp(this.known, 'environment', reference, this.problems);
      if (environments.includes(name) || !this.known.has(name)) continue;
      const finding = {
        message: 'the tenant is not in this environment',
        given: show(name),
        allowed: listNames(environments),
        mend: `add \`${name}\` to the tenant’s environments, or remove it here`,
      };
      this.problems.addAt(source, path, finding, of);
    }
  }

  private reportForeignGrant(environment: Environment, home: Environment, path: ValuePath): void {
    const reachable = [...this.known.values()].filter((other) => other?.cluster === home.cluster);
    this.problems.addAt(this.entry.source, path, {
      message: `a policy in ${home.name} cannot reach ${environment.name}: it is in another cluster`,
      given: `${environment.name}, in the cluster ${environment.cluster.name}`,
      allowed: `environments of the cluster ${home.cluster.name}: ${listNames(reachable.map((other) => other?.name ?? ''))}`,
      mend: `write one of these, or move the policy to an environment of ${environment.cluster.name}`,
    });
  }

  private lookUp(name: string, path: ValuePath): Environment | undefined {
    return lookUp(this.known, 'environment', this.reference(name, path), this.problems);
  }

  private reference(name: string, path: ValuePath): Reference {
    return { name, source: this.entry.source, path };
  }
}
