import type { LinkedCluster } from '../cluster/cluster';
import type { Environment, LinkedEnvironment } from '../environment/environment';
import {
  agentSecret,
  agentWorkload,
  clientEntity,
  engineMount,
  enginesStack,
  environmentQuota,
  keySetAccesses,
  keySetPolicy,
  keySetPrefix,
  ownPolicies,
  platformStack,
  roleOfPolicy,
  roleQuota,
  serverStack,
  teamStack,
  tenantQuota,
} from '../names';
import type { Entries } from '../source/entries';
import type { ProblemList } from '../source/problem-list';
import { engineObjects } from '../tenant/engine-objects';
import { clientsOf } from '../tenant/login';
import type { OwnedKey } from '../tenant/owned';
import type { CustomPolicy } from '../tenant/policy';
import type { LinkedTenant, Tenant, TenantEnvironment } from '../tenant/tenant';
import { Clashes, type Claim } from './claims';
import { checkDepartedNames } from './departed-names';
import { checkEnvironmentNames } from './environment-names';
import { checkKeptNames, claimOfName } from './kept-names';
import { nameTables, type NameTables } from './name-tables';
import type { Known } from './references';

/** Everything that was read and linked. */
interface Linked {
  readonly entries: Entries;
  readonly clusters: Known<LinkedCluster>;
  readonly environments: Known<LinkedEnvironment>;
  readonly tenants: readonly LinkedTenant[];
}

/** Reports names that two things would have: Terraform or the server would silently let the second win. */
export function checkDerivedNames(linked: Linked, problems: ProblemList): void {
  const clashes = new Clashes();
  const names = nameTables(problems, clashes);
  for (const { name, source, unsound, value } of linked.entries.clusters) {
    const claim = { who: `cluster ${name}`, source, path: [] };
    names.stacks.add('', platformStack({ name }), claim);
    if (value?.platform === 'kubernetes') names.stacks.add('', serverStack({ name }), claim);
    const server = linked.clusters.get(name)?.cluster.server;
    if (server === undefined || unsound.has('kubernetes.context') || unsound.has('kubernetes.namespace')) continue;
    names.namespaces.add(server.context, server.namespace, { ...claim, path: ['kubernetes', 'namespace'] });
  }
  for (const { name, source, value } of linked.entries.environments) {
    const path = value?.nameOnServer === undefined ? [] : ['nameOnServer'];
    const claim = { who: `environment ${name}`, source, path };
    names.stacks.add('', enginesStack({ name: value?.nameOnServer ?? name }), claim);
    const environment = linked.environments.get(name)?.environment;
    if (environment?.quotas.requestsPerSecond === undefined) continue;
    const quota = environmentQuota(environment);
    names.quotas.add(environment.cluster, quota, { ...claim, path: ['quotas', 'requestsPerSecond'] });
  }
  const register = linked.entries.names;
  for (const tenant of linked.tenants) addTenant(tenant, names, register);
  // Policies that a file names come second: where one has the name of a key-set policy, it is the one to rename.
  for (const tenant of linked.tenants) addPolicies(tenant, names, register);
  for (const { within, client, claim } of names.otherClients) {
    if (names.clients.has(within, client)) names.clients.add(within, client, claim);
  }
  addMounts(linked, names);
  clashes.report(problems);
  checkMounts(linked, problems);
  checkKeptNames(register, linked.tenants, problems);
  checkDepartedNames(register, linked.tenants, problems);
  checkEnvironmentNames(environmentsOf(linked), register, problems);
}

const environmentsOf = ({ entries, environments }: Linked): Parameters<typeof checkEnvironmentNames>[0] =>
  entries.environments.flatMap(({ name, source, value }) => {
    const environment = environments.get(name)?.environment;
    const path = value?.nameOnServer === undefined ? [] : ['nameOnServer'];
    return environment === undefined ? [] : [{ ...environment, claim: { source, path } }];
  });

/** Ends the names of policies that a tenant has without naming them. */
const ownSuffix = new RegExp(`-(${ownPolicies.join('|')})$`);

const ofOwn = (claim: Claim): Claim => ({
  ...claim,
  who: `${claim.who} (its own are -ro, -rw and -own)`,
  isDerived: true,
});

function addTenant({ entry, file, tenant }: LinkedTenant, names: NameTables, register: Entries['names']): void {
  const { source } = entry;
  const who = `tenant ${tenant.team}/${tenant.inventoryName}`;
  const claimed = { who: `team ${tenant.team}`, source, path: [] };
  names.tenants.add('inventory', tenant.inventoryName, claimed);
  const path = file.nameOnServer === undefined ? [] : ['nameOnServer'];
  names.tenants.add('server', tenant.name, { ...claimed, path });
  for (const settings of tenant.environments) {
    const { environment, quotas } = settings;
    const { cluster } = environment;
    const claim = { who, source, path: ['environments', file.environments.indexOf(environment.inventoryName)] };
    addStack(environment, tenant.team, claim, names);
    addOwnPolicies(environment, tenant, claim, names);
    if (settings.identity !== undefined) {
      const inRegister = claimOfName(register, tenant.name, ['identity', ''], claim);
      names.identities.add(cluster, settings.identity.groupName, inRegister);
    }
    if (quotas.loginsPerSecond !== undefined && settings.keySet !== 'none') {
      for (const access of keySetAccesses) {
        const role = roleOfPolicy(keySetPolicy(tenant, environment, access));
        names.quotas.add(cluster, roleQuota(environment.appRoleMount, role), claim);
      }
    }
    if (quotas.requestsPerSecond !== undefined) {
      const path = ['quotas', 'requestsPerSecond'];
      names.quotas.add(cluster, tenantQuota(tenant, environment), { ...claim, path });
    }
    addEngineNames(settings, claim, names, (path, own) => claimOfName(register, tenant.name, path, own));
    addAgents(tenant, settings, claim, names);
  }
}

function addStack(environment: Environment, team: string, claim: Claim, names: NameTables): void {
  const teams = names.teams.get(environment) ?? new Set();
  names.teams.set(environment, teams);
  if (teams.has(team)) return;
  teams.add(team);
  names.stacks.add('', teamStack(environment, team), { ...claim, who: `team ${team} in ${environment.inventoryName}` });
}

/** One entry for three names, since there are as many of these as of all others together; one that clashes is claimed. */
function addOwnPolicies(environment: Environment, tenant: Tenant, claim: Claim, names: NameTables): void {
  const { cluster } = environment;
  const own = names.own.get(cluster) ?? new Map<string, Claim>();
  names.own.set(cluster, own);
  const prefix = keySetPrefix(tenant, environment);
  const other = own.get(prefix);
  if (other === undefined) own.set(prefix, claim);
  else {
    names.prefixes.add(cluster, prefix, other);
    names.prefixes.add(cluster, prefix, claim);
  }
}

function addPolicies(
  { entry: { source }, tenant, policies }: LinkedTenant,
  names: NameTables,
  register: Entries['names'],
): void {
  for (const settings of tenant.environments) {
    const { cluster } = settings.environment;
    for (const { policy, index } of policies.get(settings) ?? []) {
      const path = ['policies', index];
      const owner = names.own.get(cluster)?.get(policy.name.replace(ownSuffix, ''));
      if (owner !== undefined && ownSuffix.test(policy.name)) names.policies.add(cluster, policy.name, ofOwn(owner));
      const who = `tenant ${tenant.team}/${tenant.inventoryName}`;
      const claim = { who, source, path: [...path, 'name'] };
      names.policies.add(
        cluster,
        policy.name,
        claimOfName(register, tenant.name, ['policies', policy.inventoryName], claim),
      );
      addLogins(
        settings,
        policy,
        { who: `the policy ${policy.name} of ${tenant.team}/${tenant.inventoryName}`, source, path },
        names,
      );
    }
  }
}

function addLogins(
  { environment, identity, quotas }: TenantEnvironment,
  policy: CustomPolicy,
  claim: Claim,
  names: NameTables,
): void {
  const { cluster } = environment;
  const role = roleOfPolicy(policy.name);
  const owner = `${claim.source.file} ${environment.name}`;
  policy.logins.forEach((login, index) => {
    const path = [...claim.path, 'logins', index];
    if (login.type === 'ldap') {
      const within = `${login.method.inventoryName} in the cluster ${cluster.name}`;
      login.groups.forEach((group, entry) => {
        // Servers compare groups without regard to case.
        names.groups.add(within, group.toLowerCase(), { ...claim, path: [...path, 'groups', entry] });
      });
    }
    if (quotas.loginsPerSecond !== undefined && login.type !== 'token') {
      const mountPath = login.type === 'approle' ? environment.appRoleMount : login.method.mountPath;
      names.quotas.add(cluster, roleQuota(mountPath, role), { ...claim, path });
    }
    const clients = clientsOf(login);
    if ('method' in login) {
      const within = `${login.method.inventoryName} in the cluster ${cluster.name}`;
      for (const name of clients) {
        // Servers compare names of aliases without regard to case.
        const client = name.toLowerCase();
        const here = { ...claim, path, owner };
        if (identity === undefined) names.otherClients.push({ within, client, claim: here });
        else names.clients.add(within, client, here);
      }
    }
    if (identity !== undefined && clients.length > 1) {
      for (const client of clients) names.identities.add(cluster, clientEntity(role, client), { ...claim, path });
    }
  });
}

function addEngineNames(
  settings: TenantEnvironment,
  claim: Claim,
  names: NameTables,
  claimOf: (path: readonly [OwnedKey, string], claim: Claim) => Claim,
): void {
  for (const { key, name, mountPath, nameOnServer } of engineObjects(settings)) {
    names.engines.add(mountPath, nameOnServer, claimOf([key, name], { ...claim, path: [key, name], of: 'key' }));
  }
  for (const role of settings.databaseRoles) {
    if (role.kind !== 'static') continue;
    const within = `${engineMount(settings.environment, 'database')}/${role.connection.name}`;
    names.accounts.add(within, role.username, { ...claim, path: ['databases', role.name, 'username'] });
  }
}

/** Objects of agents on Kubernetes: several teams can have one namespace, and these names are joined by dashes. */
function addAgents(tenant: Tenant, { environment, agents }: TenantEnvironment, claim: Claim, names: NameTables): void {
  for (const { name, files, policy } of agents) {
    if (!policy.logins.some(({ type }) => type === 'kubernetes')) continue;
    const workload = agentWorkload(tenant, name);
    const at: Claim = { ...claim, path: ['agents', name], of: 'key', owner: tenant.name };
    names.agents.add(environment, workload, at);
    for (const file of files) names.agents.add(environment, agentSecret(workload, file.name), at);
  }
}

/** Names in a file differ; those on the server may not. */
function addMounts({ entries, clusters, environments }: Linked, names: NameTables): void {
  for (const { name, source } of entries.clusters) {
    for (const method of clusters.get(name)?.cluster.authMethods ?? []) {
      const claim = { who: `the auth method ${method.inventoryName}`, source, path: ['auth', method.inventoryName] };
      names.mounts.add(`the cluster ${name}`, method.name, { ...claim, of: 'key' });
    }
  }
  for (const { name, source } of entries.environments) {
    for (const { name: mounted, inventoryName } of environments.get(name)?.environment.authorities ?? []) {
      const claim = { who: `the authority ${inventoryName}`, source, path: ['authorities', inventoryName] };
      names.mounts.add(`the environment ${name}`, mounted, { ...claim, of: 'key' });
    }
  }
}

/**
 * A mount cannot be below another: `auth/devel` and `auth/devel/approle` exclude each other. And names of quotas and of identities have a
 * dash for each slash of a mount.
 */
function checkMounts({ entries, environments }: Linked, problems: ProblemList): void {
  for (const { name, source, value } of entries.environments) {
    const cluster = environments.get(name)?.environment.cluster;
    if (value?.appRoleMount !== 'own' || cluster === undefined) continue;
    const { nameOnServer: mounted = name } = value;
    const taken = [mounted, `${mounted}-approle`];
    const method = cluster.authMethods.find((candidate) => taken.includes(candidate.name));
    if (method === undefined) continue;
    const why =
      method.name === mounted ? 'no mount can be below another' : 'names derived from its mount would be the same';
    problems.addAt(source, ['appRoleMount'], {
      message: `the cluster ${cluster.name} has an auth method \`${method.inventoryName}\`, and ${why}`,
      given: 'own',
      allowed: 'appRoleMount: cluster',
      fix: `rename the auth method, or write \`appRoleMount: cluster\``,
    });
  }
}
