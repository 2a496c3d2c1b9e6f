import { environmentLimits } from '../checks/dialect-limits';
import { checkTokenLifetimes } from '../checks/lifetimes';
import { checkEnvironmentLimits } from '../checks/limits';
import { lookUp, reportUnknown, type Known } from '../checks/references';
import type { AuthMethod } from '../cluster/auth-method';
import type { Cluster, LinkedCluster } from '../cluster/cluster';
import { exceptionsSchema, linkExceptions, type EscalationException } from '../cluster/exceptions';
import { stateSchema } from '../cluster/state';
import { nameOnServer } from '../language/rules/name-on-server';
import { textRule } from '../language/rules/text';
import { filledList, list, map, optional, reference, text, word, type Output } from '../language/schema';
import { appRoleMount, ownAppRoleMount } from '../names';
import type { Entry } from '../source/entries';
import type { ProblemList } from '../source/problem-list';
import type { SourceFile } from '../source/source-file';
import { defaultAppRole, environmentAppRoleSchema, linkAppRole, type AppRoleSettings } from './app-role';
import { authoritiesSchema, linkAuthorities, type Authority } from './authority';
import { enginesSchema } from './engines';
import { exceptionalLimits, limitsSchema, linkLimits, withinNetworks } from './limits';
import type { EnvironmentLimits, Limits } from './limits';
import { Owners, ownersSchema } from './owners/owners';
import { environmentQuotasSchema } from './quotas';

/** The name of an environment; whether there is one is checked once everything is read. */
export const environmentName = reference('the name of a file in inventory/environments');

export const environmentList = filledList(environmentName, 'a list of environments');

/** For what need not exist in all environments of a tenant. */
export const someEnvironments = optional(environmentList).describe(
  'Environments of the tenant that have it. Default: all of them.',
);

/** `inventory/environments/<name>.yaml` */
export const environmentShape = {
  nameOnServer: nameOnServer(
    'environment',
    'mounts, policies and roles, and of stacks; `{environment}` is replaced by it',
  ),
  description: text(textRule).describe('What the environment is for, in one sentence.'),
  cluster: reference('the name of a file in inventory/clusters').describe('Cluster that hosts the environment.'),
  state: stateSchema.describe('Where the Terraform state of the environment’s stacks is kept.'),
  trusts: optional(list(reference('the name of an auth method of the cluster'), 'a list of auth methods'), []).describe(
    'Auth methods of the cluster that tenants may log in by here, besides AppRole and tokens.',
  ),
  appRoleMount: optional(word(['cluster', 'own']), 'cluster').describe(
    'cluster: AppRoles are at the mount that the cluster’s environments share. own: at the environment’s own mount, <environment>/approle.',
  ),
  appRole: optional(environmentAppRoleSchema).describe(
    'Settings of AppRoles in this environment unless their tenant overrides them.',
  ),
  engines: optional(enginesSchema, {}).describe('Secret engines, besides the key-value engine of version 2.'),
  authorities: authoritiesSchema.describe('Certificate authorities, by name.'),
  exceptions: exceptionsSchema.describe('Access of tenants’ principals that escalates, and is accepted for a time.'),
  quotas: optional(environmentQuotasSchema, {}).describe('Limits of the environment as a whole.'),
  limits: optional(limitsSchema, {}).describe(
    'Limits of what tenants can set here. Beyond them, a tenant needs an exception until a day.',
  ),
  owners: ownersSchema.describe(
    'Who may use what of the back ends that all teams share. Nothing is allowed without an entry; `platform ownership suggest` writes the entries of what is used.',
  ),
};

export const environmentSchema = map(environmentShape);

export type EnvironmentFile = Output<typeof environmentSchema>;

/** A named slice of a cluster. */
export type Environment = Omit<
  EnvironmentFile,
  | 'cluster'
  | 'trusts'
  | 'appRole'
  | 'appRoleMount'
  | 'authorities'
  | 'exceptions'
  | 'limits'
  | 'nameOnServer'
  | 'owners'
> & {
  /** Name on the server. */
  readonly name: string;
  /** Name of its file, which commands and other files refer to. */
  readonly inventoryName: string;
  readonly exceptions: readonly EscalationException[];
  readonly cluster: Cluster;
  /** Certificate authorities, those that sign others before those that are signed. */
  readonly authorities: readonly Authority[];
  /** Mount of the AppRole method that the environment uses: the cluster's, or its own. */
  readonly appRoleMount: string;
  /** Auth methods of the cluster that tenants of the environment may log in by. */
  readonly trusts: readonly AuthMethod[];
  /** Settings of a tenant's AppRoles unless its file overrides them. */
  readonly appRole: AppRoleSettings;
  /** Limits of what a tenant's file can set. */
  readonly limits: EnvironmentLimits;
};

/** An environment, and what is known about its file. */
export interface LinkedEnvironment {
  readonly environment: Environment;
  readonly cluster: LinkedCluster;
  readonly authorities: Known<Authority>;
  readonly source: SourceFile;
  /** Who may use what the teams share. @default - the file does not say it */
  readonly owners: Owners | undefined;
  /** Limits of tenants that may go beyond those of the environment, as team/tenant. */
  readonly exceptional: ReadonlyMap<string, Limits>;
  /** Keys of its file that have problems: references to what they hold are not reported. */
  readonly unsound: ReadonlySet<PropertyKey>;
}

export function linkEnvironments(
  entries: readonly Entry<EnvironmentFile>[],
  clusters: Known<LinkedCluster>,
  problems: ProblemList,
): Map<string, LinkedEnvironment | undefined> {
  return new Map(entries.map((entry) => [entry.name, linkEnvironment(entry, clusters, problems)] as const));
}

function linkEnvironment(
  entry: Entry<EnvironmentFile>,
  clusters: Known<LinkedCluster>,
  problems: ProblemList,
): LinkedEnvironment | undefined {
  const { name: inventoryName, source, value } = entry;
  if (value === undefined) return undefined;
  const { nameOnServer: name = inventoryName, owners: ownersFile, ...settings } = value;
  const layers = [{ settings: value.appRole, source, path: ['appRole'] }];
  const appRole = withinNetworks(linkAppRole(defaultAppRole, layers, problems), value.limits);
  const limits = linkLimits(value.limits, appRole, source);
  const authorities = linkAuthorities(value.authorities, { source, environment: name }, problems);
  const cluster = lookUp(clusters, 'cluster', { name: value.cluster, source, path: ['cluster'] }, problems);
  if (cluster === undefined) return undefined;
  const trusts = linkTrusts(entry, value.trusts, cluster, problems);
  checkTokenLifetimes(layers, trusts.methods, cluster.cluster.name, problems);
  const environment: Environment = {
    ...settings,
    name,
    inventoryName,
    exceptions: linkExceptions(value.exceptions, source),
    cluster: cluster.cluster,
    authorities: [...authorities.values()].filter((authority) => authority !== undefined),
    appRoleMount: value.appRoleMount === 'own' ? ownAppRoleMount({ name }) : appRoleMount,
    trusts: trusts.methods,
    appRole,
    limits,
  };
  checkEnvironmentLimits(entry, environment, problems);
  if (!cluster.unsound.has('dialect')) {
    for (const { path, of, ...finding } of environmentLimits(environment)) problems.addAt(source, path, finding, of);
  }
  const unsound = trusts.complete ? entry.unsound : new Set([...entry.unsound, 'trusts']);
  const owners = ownersFile && new Owners(ownersFile);
  return { environment, cluster, authorities, source, owners, exceptional: exceptionalLimits(limits), unsound };
}

/** The methods that tenants may log in by, and whether all of them are known. */
function linkTrusts(
  { source, unsound }: Entry<EnvironmentFile>,
  names: readonly string[],
  { cluster, methods, unsound: unsoundCluster }: LinkedCluster,
  problems: ProblemList,
): { readonly methods: readonly AuthMethod[]; readonly complete: boolean } {
  const file = `inventory/clusters/${cluster.name}.yaml`;
  names.forEach((name, index) => {
    if (methods.has(name) || unsoundCluster.has('auth')) return;
    const unknown = {
      message: 'unknown auth method',
      names: [...methods.keys()],
      none: `none: ${file} has no \`auth\``,
      fix: `add it to \`auth\` in ${file}`,
    };
    reportUnknown({ name, source, path: ['trusts', index] }, unknown, problems);
  });
  const found = names.flatMap((name) => methods.get(name) ?? []);
  const areKnown = !unsoundCluster.has('auth') && !unsound.has('trusts');
  return { methods: found, complete: areKnown && found.length === names.length };
}
