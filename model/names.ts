import { dialects, type Dialect } from './dialect';

/**
 * Every name that is derived from the inventory, in one place: stacks refer to each other by these, the command line
 * prints them, and `checks/derived-names.ts` reports those that two parts of an inventory would share.
 */

/** Mount of the cluster's AppRole auth method, below `auth/`. */
export const appRoleMount = 'approle';

/** Name of the document that every tenant has in each of its environments. */
export const keySetDocument = 'configs';

/** The two ways a tenant's programs use its key set. */
export const keySetAccesses = ['ro', 'rw'] as const;
export type KeySetAccess = (typeof keySetAccesses)[number];

/** Words that end the names of policies that a tenant has without naming them. */
export const ownPolicies: readonly string[] = [...keySetAccesses, 'own'];

interface Named {
  readonly name: string;
}

/**
 * Joins parts of a name on a server. No name of an inventory contains it, so that each name has one reading: `basket.data` belongs to the
 * tenant `basket`, whatever other tenants are called.
 */
const separator = '.';
const join = (...parts: readonly string[]): string => parts.join(separator);

/** Mount of an environment's own AppRole method, where it has one. */
export const ownAppRoleMount = (environment: Named): string => `${environment.name}/approle`;

/** Engines of an environment besides its key-value engine of version 2, each at `v1/<environment>/<engine>`. */
export type EngineName = 'aws' | 'database' | 'kv1' | 'ssh' | 'transit';

export const engineMount = (environment: Named, engine: EngineName): string => `v1/${environment.name}/${engine}`;

/** Mount of one of an environment's certificate authorities. */
export const authorityMount = (environment: Named, authority: string): string =>
  `v1/${environment.name}/pki/${authority}`;

/** Name of a tenant's role, key or the like in an engine that all tenants of an environment share. */
export const inEngine = (tenant: Named, name: string): string => join(tenant.name, name);

/** Stands for the environment's name in names, domains, groups and claims of a tenant's file. */
export const environmentPlaceholder = '{environment}';
export const fillIn = (text: string, environment: Named): string =>
  text.replaceAll(environmentPlaceholder, environment.name);

/** Mount of an environment's key-value engine, `v1/<environment>/kv`; in the API it is `/v1/v1/<environment>/kv/…`. */
export const kvMount = (environment: Named): string => `v1/${environment.name}/kv`;

/** Path of a document inside its mount, without `data/`. */
export const keySetPath = (tenant: Named): string => `${tenant.name}/${keySetDocument}`;

/** Begins the names of a tenant's key-set policies in an environment. */
export const keySetPrefix = (tenant: Named, environment: Named): string => `${tenant.name}-${environment.name}`;

/** `<tenant>-<environment>-ro` or `-rw`. */
export const keySetPolicy = (tenant: Named, environment: Named, access: KeySetAccess): string =>
  `${keySetPrefix(tenant, environment)}-${access}`;

/** Policy of a tenant's file, by its name there. */
export const customPolicy = (tenant: Named, name: string, environment: Named): string =>
  join(tenant.name, name, environment.name);

/** The AppRole that logs in with a policy. */
export const roleOfPolicy = (policy: string): string => `${policy}-role`;

/** Policy of a tenant for what is granted to the tenant itself, by constructs alone. */
export const tenantPolicy = (tenant: Named, environment: Named): string => `${keySetPrefix(tenant, environment)}-own`;

/** Identity group that stands for a tenant in one environment, whichever way it logs in. */
export const tenantGroup = (tenant: Named, environment: Named): string => join(tenant.name, environment.name);

/**
 * Entity of one client of a role that has several, for example `checkout.deploy.devel-role.payments-worker`. Entities of roles that kept a
 * name without a separator keep theirs as well.
 */
export const clientEntity = (role: string, client: string): string =>
  `${role}${role.includes(separator) ? separator : '-'}${client.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`;

/** Rate limit of an environment's key-value engine. Names of quotas begin with their kind: all share one namespace. */
export const environmentQuota = (environment: Named): string => join('environment', environment.name);

/** Rate limit of a tenant's documents in one environment. */
export const tenantQuota = (tenant: Named, environment: Named): string => join('tenant', tenant.name, environment.name);

/** Limits of logins and leases of a role at an auth method; names of quotas have no slashes. */
export const roleQuota = (mountPath: string, role: string): string => join('role', ...mountPath.split('/'), role);

/** Kinds of stacks that configure a server. Terraform applies each with a credential of its own. */
export const stackKinds = ['platform', 'engines', 'teams'] as const;
export type StackKind = (typeof stackKinds)[number];

/** Begins the names of the provisioner's policies; the policy of former versions has just this name. */
export const provisioner = 'provisioner';

/** Policy of Terraform for one kind of stack. */
export const provisionerPolicyName = (kind: StackKind): string => `${provisioner}-${kind}`;

/** Mount of the auth method in which only Terraform has roles, below `auth/`; the roles are called as the kinds of stacks. */
export const provisionerMount = provisioner;

/** Policies that every cluster has; no tenant may take these names, nor those of the server itself. */
export const clusterPolicies: readonly string[] = ['admin', ...stackKinds.map(provisionerPolicyName)];
export const serverPolicies = ['root', 'default'] as const;
export const reservedPolicies: readonly string[] = [...clusterPolicies, provisioner, ...serverPolicies];

type NamedServer = Named & { readonly dialect: Dialect };

/** Begins the names of all objects of a cluster's servers on Kubernetes, and of their pods: `openbao-0`. */
export const serverName = ({ dialect }: NamedServer): string => dialects[dialect].labelPrefix;

/** Namespace of a cluster's servers unless its file says otherwise. */
export const serverNamespace = (cluster: NamedServer): string => `${serverName(cluster)}-${cluster.name}`;

/** The Service that publishes all servers to each other, and gives each a name. */
export const peerService = (cluster: NamedServer): string => `${serverName(cluster)}-peers`;

/** The Service of clients: the active server alone. */
export const activeService = (cluster: NamedServer): string => `${serverName(cluster)}-active`;

/** The Service of servers that wait to take over. */
export const standbyService = (cluster: NamedServer): string => `${serverName(cluster)}-standby`;

export const serverStack = (cluster: Named): string => `${cluster.name}-server`;
export const platformStack = (cluster: Named): string => `${cluster.name}-platform`;
export const enginesStack = (environment: Named): string => `${environment.name}-engines`;
export const teamStack = (environment: Named, team: string): string => `${environment.name}-${team}`;

/** Words that end the names of other stacks, and so cannot name a team. */
export const reservedTeams = ['engines', 'infrastructure', 'platform', 'server'] as const;

/** The kind of a stack by its name; undefined for the servers on Kubernetes. */
export const kindOfStack = (stack: string): StackKind | undefined => {
  const word = stack.slice(stack.lastIndexOf('-') + 1);
  if (word === 'server') return undefined;
  return word === 'platform' || word === 'engines' ? word : 'teams';
};

/** The Deployment of an agent on Kubernetes; begins the names of what belongs to it. */
export const agentWorkload = (tenant: Named, agent: string): string => `${tenant.name}-${agent}`;

/** The Secret that an agent on Kubernetes creates for a certificate, by its name, or a document, by its file. */
export const agentSecret = (workload: string, file: string): string => `${workload}-${secretWords(file)}`;

/** What Kubernetes accepts of the name of a file, in names of Secrets: `app-config.json` of `App_Config.json`, `env` of `.env`. */
const secretWords = (file: string): string =>
  file
    .toLowerCase()
    .replaceAll('_', '-')
    .replaceAll(/-*\.[.-]*/g, '.')
    .replaceAll(/^[.-]+|[.-]+$/g, '');

/** The template of that Secret, among those of the files that the agent writes. */
export const agentSecretTemplate = (file: string): string => `secret-${file}`;

/** Files that an agent writes for a certificate, whatever its format: key, certificate and issuer, and CAs to verify others with. */
export const certificateFiles = (name: string): { readonly bundle: string; readonly trust: string } => ({
  bundle: `${name}.pem`,
  trust: `${name}.ca.pem`,
});
