import type { Environment, Tenant, TenantEnvironment, TenantIdentity } from '../inventory';
import { fillIn } from '../names';
import { listNames } from '../rules/nearest';
import { show } from '../rules/show';
import type { TenantFile } from '../schema/tenant';
import type { TenantEntry } from '../source/entries';
import type { ProblemList } from '../source/problem-list';
import type { ValuePath } from '../source/source-file';
import { resolveAgents } from './agents';
import { resolveAppRole } from './app-role';
import { defined, entryOf } from './defined';
import { tenantLimits } from './dialect-limits';
import type { ResolvedEnvironment } from './environments';
import { resolvePolicies } from './policies';
import type { ResolvedPolicy } from './policies';
import { lookUp } from './references';
import type { Known, Reference } from './references';
import { resolveTenantEngines } from './tenant-engines';
import { TenantScope } from './tenant-scope';

/** A tenant with the file it comes from, for the checks that compare tenants. */
export interface ResolvedTenant {
  readonly entry: TenantEntry;
  readonly file: TenantFile;
  readonly tenant: Tenant;
  /** Where the policies of each environment stand in the file. */
  readonly policies: ReadonlyMap<TenantEnvironment, readonly ResolvedPolicy[]>;
}

/** Resolves tenants one by one; what concerns several of them is checked in `collisions.ts`. */
export function resolveTenants(
  entries: readonly TenantEntry[],
  environments: Known<ResolvedEnvironment>,
  problems: ProblemList,
): ResolvedTenant[] {
  return entries.flatMap((entry) =>
    entry.value === undefined ? [] : [resolveTenant(new TenantScope(entry, entry.value, environments, problems))],
  );
}

function resolveTenant(scope: TenantScope): ResolvedTenant {
  const { entry, file } = scope;
  checkMembership(scope);
  const engines = resolveTenantEngines(scope);
  const homes = scope.homes.map((home) => {
    const appRole = resolveHomeAppRole(scope, home.environment);
    return { home, appRole, policies: resolvePolicies({ scope, engines, home, appRole }) };
  });
  const agents = resolveAgents(homes, scope, engines);
  const policies = new Map<TenantEnvironment, readonly ResolvedPolicy[]>();
  const environments = homes.map(({ home, appRole, policies: resolved }) => {
    const { environment } = home;
    const settings: TenantEnvironment = {
      environment,
      appRole,
      keySet: resolveKeySet(scope, environment, resolved),
      certificates: engines.certificates.in(home),
      keys: engines.keys.in(home),
      databaseRoles: engines.databaseRoles.in(home),
      awsRoles: engines.awsRoles.in(home),
      sshRoles: engines.sshRoles.in(home),
      policies: resolved.map(({ policy }) => policy),
      ...defined({ identity: resolveIdentity(file, environment) }),
      quotas: defined(file.quotas ?? {}),
      agents: agents.get(home) ?? [],
    };
    policies.set(settings, resolved);
    if (!home.cluster.unsound.has('dialect')) {
      for (const { path, of, ...finding } of tenantLimits(settings)) scope.report(path, finding, of);
    }
    return settings;
  });
  const { name, team } = entry;
  return { entry, file, tenant: { name, team, description: file.description, environments }, policies };
}

function resolveHomeAppRole(scope: TenantScope, { name, appRole }: Environment): TenantEnvironment['appRole'] {
  const { source } = scope.entry;
  const override = entryOf(scope.file.overrides, name);
  const layers = [
    { settings: scope.file.appRole, source, path: ['appRole'] },
    { settings: override?.appRole, source, path: ['overrides', name, 'appRole'] },
  ];
  return resolveAppRole(appRole, layers, scope.problems);
}

function resolveKeySet(
  scope: TenantScope,
  { name }: Environment,
  policies: readonly unknown[],
): TenantEnvironment['keySet'] {
  const override = entryOf(scope.file.overrides, name)?.keySet;
  const keySet = override ?? scope.file.keySet;
  if (keySet === 'none' && policies.length === 0 && scope.knows('policies')) {
    const path: ValuePath = override === undefined ? ['keySet'] : ['overrides', name, 'keySet'];
    scope.report(path, {
      message: `the tenant would have nothing in ${name}: neither a key set nor a policy`,
      given: keySet,
      allowed: 'keySet: none with a policy in each environment',
      fix: `add a policy for ${name}, or write \`keySet: create\``,
    });
  }
  return keySet;
}

function resolveIdentity({ identity }: TenantFile, environment: Environment): TenantIdentity | undefined {
  if (identity === undefined) return undefined;
  const entries = Object.entries(identity.metadata ?? {}).map(([key, value]) => [key, fillIn(value, environment)]);
  return { metadata: Object.fromEntries(entries) as Record<string, string> };
}

const ownedKeys = ['certificates', 'keys', 'databases', 'awsRoles', 'sshRoles'] as const;

/** What is limited to environments that the tenant is not in. */
function checkMembership(scope: TenantScope): void {
  const { environments, overrides = {}, policies = [], ...file } = scope.file;
  if (!scope.knows('environments')) return;
  const limited: { names: readonly string[]; path: ValuePath }[] = [
    ...policies.map((policy, index) => ({ names: policy.environments, path: ['policies', index] })),
    ...ownedKeys.flatMap((key) =>
      Object.entries<{ environments?: string[] | undefined }>(file[key] ?? {}).map(([name, entry]) => ({
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
