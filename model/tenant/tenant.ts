import { z } from 'zod';

import { tenantLimits } from '../checks/dialect-limits';
import { lookUp, type Known, type Reference } from '../checks/references';
import { appRoleSchema, linkAppRole, type AppRoleSettings } from '../environment/app-role';
import type { Environment, LinkedEnvironment } from '../environment/environment';
import { environmentList } from '../environment/environment-list';
import { tenantQuotasSchema, type Quotas } from '../environment/quotas';
import { entryOf } from '../language/absent';
import { map, type Output } from '../language/map';
import { listNames } from '../language/nearest';
import { textRule } from '../language/rules/text';
import { show } from '../language/show';
import { optional, refuse, text, word } from '../language/values';
import type { TenantEntry } from '../source/entries';
import type { ProblemList } from '../source/problem-list';
import type { ValuePath } from '../source/source-file';
import { agentsSchema, linkAgents, type Agent } from './agent';
import { awsRolesSchema, type AwsRole } from './aws-role';
import { certificatesSchema, type CertificateRole } from './certificate';
import { databasesSchema, type DatabaseRole } from './database-role';
import { identitySchema, linkIdentity, type TenantIdentity } from './identity';
import { keysSchema, type TransitKey } from './key';
import { ownedKeys } from './owned';
import { linkPolicies, policiesSchema, reason, type CustomPolicy, type LinkedPolicy } from './policy';
import { sshRolesSchema, type SshRole } from './ssh-role';
import { linkTenantEngines } from './tenant-engines';
import { TenantScope } from './tenant-scope';

const keySet = word(['create', 'existing', 'none']);

const override = map(
  {
    reason,
    keySet: optional(keySet).describe('The tenant’s `keySet` in this environment. Default: the tenant’s.'),
    appRole: optional(appRoleSchema).describe('The tenant’s `appRole` in this environment.'),
  },
  ({ keySet: ownKeySet, appRole }, context) => {
    if (ownKeySet !== undefined || appRole !== undefined) return;
    refuse(context, [], 'reason, and keySet or appRole', {
      message: 'this overrides nothing',
      fix: 'add keySet or appRole, or remove the entry',
    });
  },
);

/** `inventory/tenants/<team>/<name>.yaml` */
export const tenantShape = {
  description: text(textRule).describe('What the project is, in one sentence.'),
  environments: environmentList().describe('Environments that the tenant is in.'),
  keySet: optional(keySet, 'create').describe(
    'create: an empty key set is written once. existing: the document exists already and is never written. none: there is no key set, and no policies for it.',
  ),
  appRole: optional(appRoleSchema).describe(
    'Settings of the tenant’s AppRoles where they differ from those of the environment.',
  ),
  certificates: certificatesSchema.describe('Certificates that the tenant can get, by name.'),
  keys: keysSchema.describe('Keys that encrypt, sign or authenticate, by name; they never leave the server.'),
  databases: databasesSchema.describe('Credentials of databases that the tenant can get, by name.'),
  awsRoles: awsRolesSchema.describe('Credentials of AWS that the tenant can get, by name.'),
  sshRoles: sshRolesSchema.describe('SSH certificates that the tenant can get, by name.'),
  policies: optional(policiesSchema, []).describe(
    'Policies besides those for reading and updating the key set, and who can log in with them.',
  ),
  identity: optional(identitySchema).describe(
    'One identity for all ways to log in. Default: the server creates one for each login.',
  ),
  quotas: optional(tenantQuotasSchema, {}).describe('Limits in each of the environments.'),
  agents: agentsSchema.describe('What agents write for the tenant’s programs, by name.'),
  overrides: optional(
    z.record(z.string(), override, { error: 'a map from environments to what differs there' }),
    {},
  ).describe('What differs in single environments, by the environment’s name, and why.'),
};

export const tenantSchema = map(tenantShape);

export type TenantFile = Output<typeof tenantSchema>;

/**
 * Stands in for what a wrong file lacks, so that the rest of it can be checked. The empty name in it, which no schema
 * accepts, is looked up by nobody.
 */
export const tenantStandIn: TenantFile = {
  ...tenantSchema.parse({ description: 'none', environments: ['none'] }),
  description: '',
  environments: [''],
};

/** A tenant in one environment. */
export interface TenantEnvironment {
  readonly environment: Environment;
  readonly appRole: AppRoleSettings;
  readonly keySet: TenantFile['keySet'];
  readonly certificates: readonly CertificateRole[];
  readonly keys: readonly TransitKey[];
  readonly databaseRoles: readonly DatabaseRole[];
  readonly awsRoles: readonly AwsRole[];
  readonly sshRoles: readonly SshRole[];
  /** The custom policies that exist in this environment. */
  readonly policies: readonly CustomPolicy[];
  /** @default - the server creates an identity for each login */
  readonly identity?: TenantIdentity;
  readonly quotas: Quotas;
  readonly agents: readonly Agent[];
}

/** A project of a team. */
export type Tenant = Pick<TenantFile, 'description'> & {
  readonly name: string;
  readonly team: string;
  /** In the order of the file; never empty. */
  readonly environments: readonly TenantEnvironment[];
};

/** A tenant with the file it comes from, for the checks that compare tenants. */
export interface LinkedTenant {
  readonly entry: TenantEntry;
  readonly file: TenantFile;
  readonly tenant: Tenant;
  /** The policies of each environment with their places in the file. */
  readonly policies: ReadonlyMap<TenantEnvironment, readonly LinkedPolicy[]>;
}

/** Links tenants one by one; what concerns several of them is checked in `checks/`. */
export function linkTenants(
  entries: readonly TenantEntry[],
  environments: Known<LinkedEnvironment>,
  problems: ProblemList,
): LinkedTenant[] {
  return entries.flatMap((entry) =>
    entry.value === undefined ? [] : [linkTenant(new TenantScope(entry, entry.value, environments, problems))],
  );
}

function linkTenant(scope: TenantScope): LinkedTenant {
  const { entry, file } = scope;
  checkMembership(scope);
  const engines = linkTenantEngines(scope);
  const homes = scope.homes.map((home) => {
    const appRole = linkHomeAppRole(scope, home.environment);
    return { home, appRole, policies: linkPolicies({ scope, engines, home, appRole }) };
  });
  const agents = linkAgents(homes, scope, engines);
  const policies = new Map<TenantEnvironment, readonly LinkedPolicy[]>();
  const environments = homes.map(({ home, appRole, policies: linked }) => {
    const { environment } = home;
    const settings: TenantEnvironment = {
      environment,
      appRole,
      keySet: linkKeySet(scope, environment, linked),
      certificates: engines.certificates.in(home),
      keys: engines.keys.in(home),
      databaseRoles: engines.databases.in(home),
      awsRoles: engines.awsRoles.in(home),
      sshRoles: engines.sshRoles.in(home),
      policies: linked.map(({ policy }) => policy),
      ...(file.identity !== undefined && { identity: linkIdentity(file.identity, environment) }),
      quotas: file.quotas,
      agents: agents.get(home) ?? [],
    };
    policies.set(settings, linked);
    if (!home.cluster.unsound.has('dialect')) {
      for (const { path, of, ...finding } of tenantLimits(settings)) scope.report(path, finding, of);
    }
    return settings;
  });
  const { name, team } = entry;
  return { entry, file, tenant: { name, team, description: file.description, environments }, policies };
}

function linkHomeAppRole(scope: TenantScope, { name, appRole }: Environment): AppRoleSettings {
  const { source } = scope.entry;
  const layers = [
    { settings: scope.file.appRole, source, path: ['appRole'] },
    { settings: entryOf(scope.file.overrides, name)?.appRole, source, path: ['overrides', name, 'appRole'] },
  ];
  return linkAppRole(appRole, layers, scope.problems);
}

function linkKeySet(scope: TenantScope, { name }: Environment, policies: readonly unknown[]): TenantFile['keySet'] {
  const own = entryOf(scope.file.overrides, name)?.keySet;
  const value = own ?? scope.file.keySet;
  if (value === 'none' && policies.length === 0 && scope.knows('policies')) {
    scope.report(own === undefined ? ['keySet'] : ['overrides', name, 'keySet'], {
      message: `the tenant would have nothing in ${name}: neither a key set nor a policy`,
      given: value,
      allowed: 'keySet: none with a policy in each environment',
      fix: `add a policy for ${name}, or write \`keySet: create\``,
    });
  }
  return value;
}

/** Reports what is limited to environments that the tenant is not in. */
function checkMembership(scope: TenantScope): void {
  const { environments, overrides, policies } = scope.file;
  if (!scope.knows('environments')) return;
  const limited: { names: readonly string[]; path: ValuePath }[] = [
    ...policies.map((policy, index) => ({ names: policy.environments, path: ['policies', index] })),
    ...ownedKeys.flatMap((key) =>
      Object.entries<{ readonly environments?: readonly string[] }>(scope.file[key]).map(([name, entry]) => ({
        names: entry.environments ?? [],
        path: [key, name],
      })),
    ),
  ];
  const named: Reference[] = [
    ...limited.flatMap(({ names, path }) =>
      names.map((name, index) => scope.reference(name, [...path, 'environments', index])),
    ),
    ...Object.keys(overrides).map((name) => ({ ...scope.reference(name, ['overrides', name]), of: 'key' as const })),
  ];
  for (const reference of named) {
    const { name, path, of } = reference;
    lookUp(scope.known, 'environment', reference, scope.problems);
    if (environments.includes(name) || !scope.known.has(name)) continue;
    const finding = {
      message: 'the tenant is not in this environment',
      given: show(name),
      allowed: listNames(environments),
      fix: `add \`${name}\` to the tenant’s environments, or remove it here`,
    };
    scope.report(path, finding, of);
  }
}
