import type { Cluster, LinkedCluster } from '../cluster/cluster';
import type { Environment, LinkedEnvironment } from '../environment/environment';
import { shorten } from '../language/show';
import {
  clientEntity,
  engineMount,
  enginesStack,
  environmentQuota,
  keySetPolicy,
  platformStack,
  roleOfPolicy,
  roleQuota,
  serverStack,
  teamStack,
  tenantGroup,
  tenantPolicy,
  tenantPrefix,
  tenantQuota,
} from '../names';
import type { Entries } from '../source/entries';
import type { ProblemList } from '../source/problem-list';
import { clientsOf } from '../tenant/login';
import type { OwnedKey } from '../tenant/owned';
import type { LinkedTenant, TenantEnvironment } from '../tenant/tenant';
import { Claims, type Claim, type ClaimWords } from './claims';
import type { Known } from './references';

/** Everything that was read and linked. */
export interface Linked {
  readonly entries: Entries;
  readonly clusters: Known<LinkedCluster>;
  readonly environments: Known<LinkedEnvironment>;
  readonly tenants: readonly LinkedTenant[];
}

/** Reports names that two things would have: Terraform or the server would silently let the second win. */
export function checkDerivedNames(linked: Linked, problems: ProblemList): void {
  const names = new DerivedNames(problems);
  for (const { name, source, unsound, value } of linked.entries.clusters) {
    const claim = { who: `cluster ${name}`, source, path: [] };
    names.stacks.add('', platformStack({ name }), claim);
    if (value?.platform === 'kubernetes') names.stacks.add('', serverStack({ name }), claim);
    const server = linked.clusters.get(name)?.cluster.server;
    if (server === undefined || ['kubernetes.context', 'kubernetes.namespace'].some((key) => unsound.has(key)))
      continue;
    names.namespaces.add(server.context, server.namespace, { ...claim, path: ['kubernetes', 'namespace'] });
  }
  for (const { name, source } of linked.entries.environments) {
    const claim = { who: `environment ${name}`, source, path: [] };
    names.stacks.add('', enginesStack({ name }), claim);
    const environment = linked.environments.get(name)?.environment;
    if (environment?.quotas.requestsPerSecond === undefined) continue;
    const quota = environmentQuota(environment);
    names.quotas.add(environment.cluster, quota, { ...claim, path: ['quotas', 'requestsPerSecond'] });
  }
  for (const tenant of linked.tenants) names.addTenant(tenant);
  // Policies that a file names come second: where one has the name of a key-set policy, it is the one to rename.
  for (const tenant of linked.tenants) names.addPolicies(tenant);
  checkMounts(linked, problems);
}

/** Ends the names of policies that a tenant has without naming them. */
const ownSuffix = /-(ro|rw|own)$/;

const ofOwn = (claim: Claim): Claim => ({ ...claim, who: `${claim.who} (its own are -ro, -rw and -own)` });

/** The names of an inventory, by what they name. */
class DerivedNames {
  readonly stacks: Claims<''>;
  readonly namespaces: Claims<string | undefined>;
  readonly quotas: Claims<Cluster>;
  private readonly tenants: Claims<''>;
  private readonly policies: Claims<Cluster>;
  private readonly groups: Claims<string>;
  private readonly identities: Claims<Cluster>;
  private readonly engines: Claims<string>;
  private readonly accounts: Claims<string>;
  /** One stack holds all tenants of a team in an environment: its first tenant stands for it. */
  private readonly teams = new Map<Environment, Set<string>>();
  /** Tenants in environments, by what begins the names of their own policies: `shop-devel` has `-ro`, `-rw` and `-own`. */
  private readonly own = new Map<Cluster, Map<string, Claim>>();

  constructor(problems: ProblemList) {
    const claims = <Within>(words: (name: string, within: Within) => ClaimWords) => new Claims(problems, words);
    const inCluster = (what: string) =>
      claims<Cluster>((name, { name: cluster }) => ({
        message: `the ${what} \`${name}\` would exist twice in the cluster ${cluster}`,
        fix: 'rename one of the two',
      }));
    this.stacks = claims((name) => ({
      message: `the stack \`${name}\` would exist twice`,
      fix: 'rename a file or a team',
    }));
    this.namespaces = claims((namespace, context) => ({
      message: `two clusters would share the namespace \`${namespace}\`${context === undefined ? '' : ` of ${shorten(context)}`}`,
      fix: 'give each a namespace of its own, or the context of the Kubernetes that it is in',
    }));
    this.quotas = inCluster('quota');
    this.identities = inCluster('entity or group');
    // A tenant's name is the name of its folder of documents: a grant across environments must not reach another's.
    this.tenants = claims((name) => ({ message: `a tenant \`${name}\` exists already`, fix: 'rename one of the two' }));
    this.policies = claims((name, cluster) => ({
      message: `the policy \`${name}\` and its role \`${roleOfPolicy(name)}\` would exist twice in the cluster ${cluster.name}`,
      fix: 'rename one of the two; with `{environment}` in its name one policy serves several environments of a cluster',
    }));
    // A directory's group is mapped to policies in one place: the second mapping would replace the first.
    this.groups = claims((group, method) => ({
      message: `the group \`${group}\` of ${method} would lead to two policies`,
      fix: 'write `{environment}` into the group, or grant all of it in one policy',
    }));
    // In an engine that tenants share, `a` with an entry `b-c` and `a-b` with an entry `c` have one name.
    this.engines = claims((name, mount) => ({
      message: `\`${name}\` would exist twice in ${mount}`,
      fix: 'rename one of the two entries',
    }));
    this.accounts = claims((account, connection) => ({
      message: `two roles would change the password of \`${account}\` in ${connection}`,
      fix: 'name another account, or grant the role that is there already',
    }));
  }

  addTenant({ entry, file, tenant }: LinkedTenant): void {
    const { source } = entry;
    const who = `tenant ${tenant.team}/${tenant.name}`;
    this.tenants.add('', tenant.name, { who: `team ${tenant.team}`, source, path: [] });
    for (const settings of tenant.environments) {
      const { environment, quotas } = settings;
      const { cluster } = environment;
      const claim = { who, source, path: ['environments', file.environments.indexOf(environment.name)] };
      this.addStack(environment, tenant.team, claim);
      this.addOwnPolicies(settings, tenant, claim);
      if (settings.identity !== undefined) this.identities.add(cluster, tenantGroup(tenant, environment), claim);
      if (quotas.loginsPerSecond !== undefined && settings.keySet !== 'none') {
        for (const access of ['ro', 'rw'] as const) {
          const role = roleOfPolicy(keySetPolicy(tenant, environment, access));
          this.quotas.add(cluster, roleQuota(environment.appRoleMount, role), claim);
        }
      }
      if (quotas.requestsPerSecond !== undefined) {
        this.quotas.add(cluster, tenantQuota(tenant, environment), { ...claim, path: ['quotas', 'requestsPerSecond'] });
      }
      this.addEngineNames(settings, claim);
    }
  }

  addPolicies({ entry, tenant, policies }: LinkedTenant): void {
    const { source } = entry;
    for (const settings of tenant.environments) {
      const { cluster } = settings.environment;
      for (const { policy, index } of policies.get(settings) ?? []) {
        const path = ['policies', index];
        const claim = { who: `tenant ${tenant.team}/${tenant.name}`, source, path: [...path, 'name'] };
        const owner = this.own.get(cluster)?.get(policy.name.replace(ownSuffix, ''));
        if (owner !== undefined && ownSuffix.test(policy.name)) this.policies.add(cluster, policy.name, ofOwn(owner));
        this.policies.add(cluster, policy.name, claim);
        const who = `the policy ${policy.name} of ${tenant.team}/${tenant.name}`;
        this.addLogins(settings, policy, { who, source, path });
      }
    }
  }

  private addStack(environment: Environment, team: string, claim: Claim): void {
    let teams = this.teams.get(environment);
    if (teams === undefined) this.teams.set(environment, (teams = new Set()));
    if (teams.has(team)) return;
    teams.add(team);
    this.stacks.add('', teamStack(environment, team), { ...claim, who: `team ${team} in ${environment.name}` });
  }

  /** One entry for three names, since there are as many of these as of all others together. */
  private addOwnPolicies({ environment }: TenantEnvironment, tenant: LinkedTenant['tenant'], claim: Claim): void {
    const { cluster } = environment;
    let own = this.own.get(cluster);
    if (own === undefined) this.own.set(cluster, (own = new Map<string, Claim>()));
    const name = tenantPrefix(tenant, environment);
    const other = own.get(name);
    if (other === undefined) own.set(name, claim);
    else {
      const names = [
        keySetPolicy(tenant, environment, 'ro'),
        keySetPolicy(tenant, environment, 'rw'),
        tenantPolicy(tenant, environment),
      ];
      for (const taken of names) {
        this.policies.add(cluster, taken, ofOwn(other));
        this.policies.add(cluster, taken, ofOwn(claim));
      }
    }
  }

  private addLogins(settings: TenantEnvironment, policy: TenantEnvironment['policies'][number], claim: Claim): void {
    const { environment, identity, quotas } = settings;
    const { cluster } = environment;
    const role = roleOfPolicy(policy.name);
    policy.logins.forEach((login, index) => {
      const at = [...claim.path, 'logins', index];
      if (login.type === 'ldap') {
        login.groups.forEach((group, entry) => {
          const within = `${login.method.name} in the cluster ${cluster.name}`;
          // Servers compare groups without regard to case.
          this.groups.add(within, group.toLowerCase(), { ...claim, path: [...at, 'groups', entry] });
        });
      }
      if (quotas.loginsPerSecond !== undefined && login.type !== 'token') {
        const mountPath = login.type === 'approle' ? environment.appRoleMount : login.method.mountPath;
        this.quotas.add(cluster, roleQuota(mountPath, role), { ...claim, path: at });
      }
      const clients = identity === undefined ? [] : clientsOf(login);
      if (clients.length > 1) {
        for (const client of clients) this.identities.add(cluster, clientEntity(role, client), { ...claim, path: at });
      }
    });
  }

  private addEngineNames({ environment, ...settings }: TenantEnvironment, claim: Claim): void {
    const add = (mount: string, key: OwnedKey, name: string, derived: string): void => {
      this.engines.add(mount, derived, { ...claim, path: [key, name], of: 'key' });
    };
    const { certificates, keys, databaseRoles, awsRoles, sshRoles } = settings;
    if ([certificates, keys, databaseRoles, awsRoles, sshRoles].every(({ length }) => length === 0)) return;
    for (const { name, roleName, authority } of certificates) add(authority.mountPath, 'certificates', name, roleName);
    for (const { name, keyName } of keys) add(engineMount(environment, 'transit'), 'keys', name, keyName);
    for (const { name, roleName } of awsRoles) add(engineMount(environment, 'aws'), 'awsRoles', name, roleName);
    for (const { name, roleName } of sshRoles) add(engineMount(environment, 'ssh'), 'sshRoles', name, roleName);
    for (const role of databaseRoles) {
      const mount = engineMount(environment, 'database');
      add(mount, 'databases', role.name, role.roleName);
      if (role.kind !== 'static') continue;
      const path = ['databases', role.name, 'username'];
      this.accounts.add(`${mount}/${role.connection.name}`, role.username, { ...claim, path });
    }
  }
}

/** A mount cannot be below another: `auth/devel` and `auth/devel/approle` exclude each other. */
function checkMounts({ entries, environments }: Linked, problems: ProblemList): void {
  for (const { name, source, value } of entries.environments) {
    const cluster = environments.get(name)?.environment.cluster;
    if (value?.appRoleMount !== 'own' || cluster?.authMethods.some((method) => method.name === name) !== true) continue;
    problems.addAt(source, ['appRoleMount'], {
      message: `the cluster ${cluster.name} has an auth method \`${name}\`, and no mount can be below another`,
      given: 'own',
      allowed: 'appRoleMount: cluster',
      fix: `rename the auth method, or write \`appRoleMount: cluster\``,
    });
  }
}
