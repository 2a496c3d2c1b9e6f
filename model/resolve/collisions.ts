import type { Cluster } from '../inventory';
import {
  enginesStack,
  keySetPolicy,
  platformStack,
  roleOfPolicy,
  serverStack,
  teamStack,
  tenantPolicy,
} from '../names';
import { shorten } from '../rules/show';
import type { Entries, Entry } from '../source/entries';
import type { ProblemList } from '../source/problem-list';
import { Claims, ClaimsIn } from './claims';
import type { ResolvedCluster } from './clusters';
import { checkEngineNames } from './engine-collisions';
import type { ResolvedEnvironment } from './environments';
import type { Known } from './references';
import type { ResolvedTenant } from './tenants';

/** Everything that was read and resolved. */
export interface Resolved {
  readonly entries: Entries;
  readonly clusters: Known<ResolvedCluster>;
  readonly environments: Known<ResolvedEnvironment>;
  readonly tenants: readonly ResolvedTenant[];
}

/** Reports names that would be derived twice: Terraform or the server would silently let the second win. */
export function checkCollisions(resolved: Resolved, problems: ProblemList): void {
  const { entries, environments, tenants } = resolved;
  checkTenantNames(tenants, problems);
  checkPolicyNames(tenants, problems);
  checkGroups(tenants, problems);
  checkEngineNames(tenants, problems);
  checkMounts(entries.environments, environments, problems);
  checkNamespaces(resolved, problems);
  checkStackNames(resolved, problems);
}

/** A tenant's name is the name of its folder of documents: a grant across environments must not reach another's. */
function checkTenantNames(tenants: readonly ResolvedTenant[], problems: ProblemList): void {
  const claims = new Claims(problems, {
    message: (name) => `a tenant \`${name}\` exists already`,
    fix: 'rename one of the two',
  });
  for (const { entry } of tenants)
    claims.add(entry.name, { who: `team ${entry.team}`, source: entry.source, path: [] });
}

/** Names of entities differ when those of the key-set policies do: both are made of the tenant and the environment. */
function checkPolicyNames(tenants: readonly ResolvedTenant[], problems: ProblemList): void {
  const claims = new ClaimsIn<Cluster>(problems, (cluster) => ({
    message: (name) =>
      `the policy \`${name}\` and its role \`${roleOfPolicy(name)}\` would exist twice in the cluster ${cluster.name}`,
    fix: 'rename one of the two; with `{environment}` in its name one policy serves several environments of a cluster',
  }));
  for (const { entry, file, tenant, policies } of tenants) {
    const who = `tenant ${tenant.team}/${tenant.name}`;
    for (const settings of tenant.environments) {
      const { environment } = settings;
      const path = ['environments', file.environments.indexOf(environment.name)];
      const own = [
        keySetPolicy(tenant, environment, 'ro'),
        keySetPolicy(tenant, environment, 'rw'),
        tenantPolicy(tenant, environment),
      ];
      const whose = `${who} (its own are -ro, -rw and -own)`;
      for (const name of own) claims.add(environment.cluster, name, { who: whose, source: entry.source, path });
      for (const { policy, index } of policies.get(settings) ?? []) {
        claims.add(environment.cluster, policy.name, { who, source: entry.source, path: ['policies', index, 'name'] });
      }
    }
  }
}

/** A directory's group is mapped to policies in one place: the second mapping would replace the first. */
function checkGroups(tenants: readonly ResolvedTenant[], problems: ProblemList): void {
  const claims = new ClaimsIn<string>(problems, (method) => ({
    message: (group) => `the group \`${group}\` of ${method} would lead to two policies`,
    fix: 'write `{environment}` into the group, or grant all of it in one policy',
  }));
  for (const { entry, tenant, policies } of tenants) {
    for (const settings of tenant.environments) {
      const { cluster } = settings.environment;
      for (const { policy, file, index } of policies.get(settings) ?? []) {
        const login = policy.logins.find(({ type }) => type === 'ldap');
        if (login?.type !== 'ldap') continue;
        const at = (file.logins ?? []).findIndex(({ type }) => type === 'ldap');
        login.groups.forEach((group, entryIndex) => {
          const path = ['policies', index, 'logins', at, 'groups', entryIndex];
          const who = `the policy ${policy.name} of ${tenant.team}/${tenant.name}`;
          // Servers compare groups without regard to case.
          const within = `${login.method.name} in the cluster ${cluster.name}`;
          claims.add(within, group.toLowerCase(), { who, source: entry.source, path });
        });
      }
    }
  }
}

/** A mount cannot stand below another: `auth/devel` and `auth/devel/approle` exclude each other. */
function checkMounts(
  entries: Entries['environments'],
  environments: Known<ResolvedEnvironment>,
  problems: ProblemList,
): void {
  for (const { name, source, value } of entries) {
    const cluster = environments.get(name)?.environment.cluster;
    if (value?.appRoleMount !== 'own' || cluster?.authMethods.some((method) => method.name === name) !== true) continue;
    problems.addAt(source, ['appRoleMount'], {
      message: `the cluster ${cluster.name} has an auth method \`${name}\`, and no mount can stand below another`,
      given: 'own',
      allowed: 'appRoleMount: cluster',
      fix: `rename the auth method, or write \`appRoleMount: cluster\``,
    });
  }
}

/** In one namespace the servers of two clusters of one program have the same names. */
function checkNamespaces({ entries, clusters }: Resolved, problems: ProblemList): void {
  const claims = new ClaimsIn<string | undefined>(problems, (context) => ({
    message: (namespace) =>
      `two clusters would share the namespace \`${namespace}\`${context === undefined ? '' : ` of ${shorten(context)}`}`,
    fix: 'give each a namespace of its own, or the context of the Kubernetes that it is in',
  }));
  for (const { name, source, unsound } of entries.clusters) {
    if (['kubernetes.context', 'kubernetes.namespace'].some((key) => unsound.has(key))) continue;
    const server = clusters.get(name)?.cluster.server;
    const claim = { who: `cluster ${name}`, source, path: ['kubernetes', 'namespace'] };
    if (server !== undefined) claims.add(server.context, server.namespace, claim);
  }
}

function checkStackNames({ entries, environments, tenants }: Resolved, problems: ProblemList): void {
  const claims = new Claims(problems, {
    message: (name) => `the stack \`${name}\` would exist twice`,
    fix: 'rename a file or a team',
  });
  const file = ({ name, source }: Entry<unknown>, kind: string) => ({ who: `${kind} ${name}`, source, path: [] });
  for (const entry of entries.clusters) {
    claims.add(platformStack(entry), file(entry, 'cluster'));
    if (entry.value?.platform === 'kubernetes') claims.add(serverStack(entry), file(entry, 'cluster'));
  }
  for (const entry of entries.environments) claims.add(enginesStack(entry), file(entry, 'environment'));
  // One stack holds all tenants of a team in an environment: its first tenant stands for it.
  const seen = new Map([...environments.keys()].map((name) => [name, new Set<string>()]));
  for (const { entry, file: tenantFile, tenant } of tenants) {
    for (const { environment } of tenant.environments) {
      const teams = seen.get(environment.name);
      if (teams === undefined || teams.has(tenant.team)) continue;
      teams.add(tenant.team);
      const path = ['environments', tenantFile.environments.indexOf(environment.name)];
      const who = `team ${tenant.team} in ${environment.name}`;
      claims.add(teamStack(environment, tenant.team), { who, source: entry.source, path });
    }
  }
}
