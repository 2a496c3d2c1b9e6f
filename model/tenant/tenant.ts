import { z } from 'zod';

import { tenantLimits } from '../checks/dialect-limits';
import { checkTokenLifetimes } from '../checks/lifetimes';
import { checkAppRoleLimits } from '../checks/limits';
import { lookUp, type Known } from '../checks/references';
import { appRoleSchema, linkAppRole, type AppRoleLayer, type AppRoleSettings } from '../environment/app-role';
import { environmentList, type Environment, type LinkedEnvironment } from '../environment/environment';
import { tenantQuotasSchema, type Quotas } from '../environment/quotas';
import { listNames } from '../language/nearest';
import { metadataKeyRule, metadataValueRule } from '../language/rules/metadata';
import { nameOnServer } from '../language/rules/name-on-server';
import { textRule } from '../language/rules/text';
import { defined, entryOf, map, optional, refuse, text, word, type Output } from '../language/schema';
import { show } from '../language/show';
import { fillIn } from '../names';
import type { NameRegister } from '../register/name-register';
import type { TenantEntry } from '../source/entries';
import type { ProblemList } from '../source/problem-list';
import type { SourceFile, ValuePath } from '../source/source-file';
import { agentsSchema, linkAgents, type Agent } from './agent';
import { awsRolesSchema, type AwsRole } from './aws-role';
import { certificatesSchema, type CertificateRole } from './certificate';
import { databasesSchema, type DatabaseRole } from './database-role';
import { expectationsSchema, linkExpectations, type Expectation } from './expectation';
import { keysSchema, type TransitKey } from './key';
import { areLoginsCounted } from './login';
import { linkTenantEngines, ownedKeys } from './owned';
import { linkPolicies, policiesSchema, reason, type CustomPolicy, type LinkedPolicy } from './policy';
import { linkSharing, sharingSchema, type Sharing } from './sharing';
import { sshRolesSchema, type SshRole } from './ssh-role';
import { TenantScope } from './tenant-scope';

const keySet = word(['create', 'existing', 'none']);

/** One identity for all ways in which the tenant's programs log in. */
const identitySchema = map({
  metadata: optional(
    z.record(text(metadataKeyRule), text(metadataValueRule), { error: 'a map from words to texts' }),
    {},
  ).describe('What templates in policies can use besides tenant, team and environment. `{environment}` is filled in.'),
});

type TenantIdentity = Output<typeof identitySchema> & {
  /** Name of the group on the server. */
  readonly groupName: string;
};

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
  nameOnServer: nameOnServer('tenant', 'policies, roles, keys, documents and agents'),
  description: text(textRule).describe('What the project is, in one sentence.'),
  environments: environmentList.describe('Environments that the tenant is in.'),
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
  expect: expectationsSchema.describe(
    'What holders of the policies can do and what they cannot; synthesis fails if it is not so.',
  ),
  sharing: sharingSchema.describe(
    'What other tenants may reach although it belongs to this one; synthesis fails for anything else.',
  ),
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
  readonly expectations: readonly Expectation[];
  /** What other tenants may reach here. */
  readonly sharing: readonly Sharing[];
}

/** A project of a team. */
export type Tenant = Pick<TenantFile, 'description'> & {
  /** Name on the server. */
  readonly name: string;
  /** Name of its file, which commands and other files refer to. */
  readonly inventoryName: string;
  readonly team: string;
  /** In the order of the file; never empty. */
  readonly environments: readonly TenantEnvironment[];
  /** Its file, for places in it. @default - it comes from no file */
  readonly source?: SourceFile;
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
  names: NameRegister,
  problems: ProblemList,
): LinkedTenant[] {
  return entries.flatMap((entry) =>
    entry.value === undefined ? [] : [linkTenant(new TenantScope(entry, entry.value, environments, problems, names))],
  );
}

function linkTenant(scope: TenantScope): LinkedTenant {
  const { entry, file } = scope;
  checkMembership(scope);
  const engines = linkTenantEngines(scope);
  const homes = scope.homes.map((home) => {
    const layers = appRoleLayers(scope, home.environment);
    const appRole = linkAppRole(home.environment.appRole, layers, scope.problems);
    checkAppRoleLimits(appRole, layers, home, scope);
    const policies = linkPolicies(home, scope, engines, appRole);
    const logins = policies.flatMap(({ policy }) => policy.logins);
    const methods = logins.flatMap((login) => ('method' in login ? [login.method] : []));
    checkTokenLifetimes(layers, methods, home.environment.cluster.name, scope.problems);
    return { home, appRole, policies };
  });
  const agents = linkAgents(homes, scope, engines);
  const policies = new Map<TenantEnvironment, readonly LinkedPolicy[]>();
  const environments = homes.map(({ home, appRole, policies: linked }) => {
    const { environment } = home;
    const keySetHere = linkKeySet(scope, environment, linked);
    const context = { scope, engines, home, policies: linked, hasKeySet: keySetHere !== 'none' };
    const settings: TenantEnvironment = {
      environment,
      appRole,
      keySet: keySetHere,
      certificates: engines.certificates.in(home),
      keys: engines.keys.in(home),
      databaseRoles: engines.databases.in(home),
      awsRoles: engines.awsRoles.in(home),
      sshRoles: engines.sshRoles.in(home),
      policies: linked.map(({ policy }) => policy),
      ...(file.identity !== undefined && { identity: linkIdentity(file.identity, environment, scope) }),
      quotas: file.quotas,
      agents: agents.get(home) ?? [],
      expectations: linkExpectations(context),
      sharing: linkSharing(context),
    };
    policies.set(settings, linked);
    if (!home.cluster.unsound.has('dialect')) {
      for (const { path, of, ...finding } of tenantLimits(settings)) scope.report(path, finding, of);
    }
    checkLoginQuota(settings, scope);
    return settings;
  });
  const { name: inventoryName, team } = entry;
  return {
    entry,
    file,
    tenant: { ...scope.tenant, inventoryName, team, description: file.description, environments, source: entry.source },
    policies,
  };
}

/** The settings of AppRoles that a tenant's file has for an environment, the more specific ones last. */
const appRoleLayers = (
  { entry: { source }, file }: TenantScope,
  { inventoryName: name }: Environment,
): AppRoleLayer[] => [
  { settings: file.appRole, source, path: ['appRole'] },
  { settings: entryOf(file.overrides, name)?.appRole, source, path: ['overrides', name, 'appRole'] },
];

function linkIdentity(
  { metadata }: Pick<TenantIdentity, 'metadata'>,
  environment: Environment,
  { names, tenant }: TenantScope,
): TenantIdentity {
  const filled = Object.entries(metadata).map(([key, value]) => [key, fillIn(value, environment)] as const);
  return { metadata: Object.fromEntries(filled), groupName: names.group(tenant, environment) };
}

function linkKeySet(
  scope: TenantScope,
  { inventoryName: name }: Environment,
  policies: readonly unknown[],
): TenantFile['keySet'] {
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

/** Reports a limit of logins that limits none. */
function checkLoginQuota(
  { environment, keySet: ownKeySet, policies, quotas }: TenantEnvironment,
  scope: TenantScope,
): void {
  const logins = policies.flatMap((policy) => policy.logins);
  if (quotas.loginsPerSecond === undefined || ownKeySet !== 'none' || logins.length === 0) return;
  if (logins.some(areLoginsCounted) || !scope.knows('policies')) return;
  scope.report(['quotas', 'loginsPerSecond'], {
    message: `no server can count the logins of the tenant in ${environment.inventoryName} by role`,
    given: `logins of the type ${listNames([...new Set(logins.map(({ type }) => type))])}`,
    allowed: 'loginsPerSecond with logins of the type approle, kubernetes or aws',
    fix: 'remove loginsPerSecond; requestsPerSecond limits requests to documents',
  });
}

/** Reports what is limited to environments that the tenant is not in. */
function checkMembership(scope: TenantScope): void {
  const { environments, overrides, policies } = scope.file;
  if (!scope.knows('environments')) return;
  const check = (name: string, path: ValuePath, of?: 'key'): void => {
    lookUp(scope.known, 'environment', { ...scope.reference(name, path), ...defined({ of }) }, scope.problems);
    if (environments.includes(name) || !scope.known.has(name)) return;
    const fix = `add \`${name}\` to the tenant’s environments, or remove it here`;
    const allowed = listNames(environments);
    scope.report(path, { message: 'the tenant is not in this environment', given: show(name), allowed, fix }, of);
  };
  const checkAll = (names: readonly string[] | undefined, path: ValuePath): void => {
    names?.forEach((name, index) => check(name, [...path, 'environments', index]));
  };
  policies.forEach((policy, index) => checkAll(policy.environments, ['policies', index]));
  for (const key of ['expect', 'sharing'] as const) {
    scope.file[key].forEach((entry, index) => checkAll(entry.environments, [key, index]));
  }
  for (const key of ownedKeys) {
    const owned: Readonly<Record<string, { readonly environments?: readonly string[] }>> = scope.file[key];
    for (const [name, entry] of Object.entries(owned)) checkAll(entry.environments, [key, name]);
  }
  for (const name of Object.keys(overrides)) check(name, ['overrides', name], 'key');
}
