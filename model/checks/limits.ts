import { mountLimitSeconds, serverMaxSeconds } from '../cluster/tuning';
import type { AppRoleLayer, AppRoleSettings } from '../environment/app-role';
import type { Environment, EnvironmentFile, LinkedEnvironment } from '../environment/environment';
import type { LifetimeLimit, LimitName, Limits } from '../environment/limits';
import { showDuration } from '../language/duration';
import { listNames } from '../language/nearest';
import { containsNetwork } from '../language/rules/cidr';
import { show } from '../language/show';
import type { Entries, Entry } from '../source/entries';
import type { Finding, ProblemList } from '../source/problem-list';
import type { SourceFile, ValuePath } from '../source/source-file';
import type { OwnedEntry } from '../tenant/owned';
import type { LinkedTenant } from '../tenant/tenant';
import type { TenantScope } from '../tenant/tenant-scope';
import { reportUnknown } from './references';

/** Whose value a limit concerns: a tenant's, or the environment's own default. */
interface Subject {
  /** Name in the inventory. */
  readonly environment: string;
  /** As team/tenant. @default - the environment itself */
  readonly tenant?: string;
  readonly limits: Limits;
}

/** A value beyond a limit. */
interface Excess {
  readonly limit: LimitName;
  /** Key of the value. */
  readonly key: string;
  readonly given: string;
  readonly allowed: string;
  /** What the exception would allow, in YAML. */
  readonly to: string;
  /** What to do without an exception. */
  readonly instead: string;
}

const excessOf = ({ environment, tenant }: Subject, excess: Excess): Finding => {
  const { limit, key, given, allowed, to, instead } = excess;
  const file = `inventory/environments/${environment}.yaml`;
  const entry = `{for: [${tenant ?? ''}], limit: ${limit}, to: ${to}, reason: …, until: …}`;
  return {
    message: `${key} is beyond the limit of ${environment}`,
    given,
    allowed,
    fix:
      tenant === undefined
        ? `${instead}, or change \`limits.${limit}\``
        : `${instead}, or have those who own ${file} add ${entry} to its \`limits.exceptions\``,
  };
};

/** The limits of a tenant in an environment; undefined where they have problems of their own. */
function subjectOf({ environment, exceptional, unsound }: LinkedEnvironment, scope: TenantScope): Subject | undefined {
  if (unsound.has('limits') || unsound.has('appRole')) return undefined;
  const tenant = `${scope.entry.team}/${scope.entry.name}`;
  const limits = exceptional.get(tenant) ?? environment.limits.all;
  return { environment: environment.inventoryName, tenant, limits };
}

/** What is wrong with a lifetime. Values with problems of their own are no numbers. */
function lifetimeExcess(subject: Subject, limit: LifetimeLimit, key: string, seconds: number): Finding | undefined {
  const most = subject.limits[`${limit}Seconds`];
  if (typeof seconds !== 'number' || !(seconds > most)) return undefined;
  const given = showDuration(seconds);
  const allowed = `up to ${showDuration(most)}`;
  return excessOf(subject, { limit, key, given, allowed, to: given, instead: `shorten ${key}` });
}

/** Reports a lifetime of an entry of a tenant that is beyond a limit of the environment; returns whether it did. */
export function checkLifetimeLimit(
  { path, home, scope }: Pick<OwnedEntry<object>, 'path' | 'home' | 'scope'>,
  limit: LifetimeLimit,
  key: string,
  seconds: number,
): boolean {
  const subject = subjectOf(home, scope);
  const finding = subject === undefined ? undefined : lifetimeExcess(subject, limit, key, seconds);
  if (finding !== undefined) scope.report([...path, key], finding);
  return finding !== undefined;
}

/** Reports a login by a token role with batch tokens: no setting of such a role is a maximum, only that of the server. */
export function checkBatchTokenLimit(path: ValuePath, home: LinkedEnvironment, scope: TenantScope): void {
  const subject = subjectOf(home, scope);
  if (subject === undefined || subject.limits.tokenMaxTtlSeconds >= serverMaxSeconds) return;
  const given = `up to ${showDuration(serverMaxSeconds)}`;
  const allowed = `up to ${showDuration(subject.limits.tokenMaxTtlSeconds)}`;
  const to = showDuration(serverMaxSeconds);
  const finding = excessOf(subject, {
    limit: 'tokenMaxTtl',
    key: 'type',
    given,
    allowed,
    to,
    instead: 'write `tokenType: service`',
  });
  scope.report(path, { ...finding, message: `${finding.message}: whoever creates a batch token chooses its lifetime` });
}

interface AppRolePlace extends Subject {
  readonly layers: readonly AppRoleLayer[];
  readonly problems: ProblemList;
  /** Where a default is reported that no layer sets. @default - it is not */
  readonly file?: SourceFile;
}

/** Reports what the layers of a tenant, or of an environment, set beyond the limits: at the last layer that sets it. */
function checkAppRole(merged: AppRoleSettings, { layers, problems, file, ...subject }: AppRolePlace): void {
  const { limits } = subject;
  const report = (key: keyof NonNullable<AppRoleLayer['settings']>, excess: Excess, index?: number): void => {
    const layer = layers.findLast(({ settings }) => settings?.[key] !== undefined);
    const at = index === undefined ? [] : [index];
    if (layer !== undefined)
      problems.addAt(layer.source, [...layer.path, excess.key, ...at], excessOf(subject, excess));
    else if (file !== undefined) {
      const fix = `add \`${excess.key}\` to appRole, or change \`limits.${excess.limit}\``;
      problems.addAt(file, ['limits', excess.limit], {
        ...excessOf(subject, excess),
        message: `the default of ${excess.key} is beyond the limit`,
        fix,
      });
    }
  };
  for (const key of ['tokenMaxTtl', 'secretIdTtl'] as const) {
    const seconds = merged[`${key}Seconds`];
    const most = limits[`${key}Seconds`];
    if (!(seconds > most)) continue;
    const given = showDuration(seconds);
    report(`${key}Seconds`, {
      limit: key,
      key,
      given,
      allowed: `up to ${showDuration(most)}`,
      to: given,
      instead: `shorten ${key}`,
    });
  }
  const { tokenType, secretIdNumUses: uses } = merged;
  if (!limits.tokenTypes.includes(tokenType)) {
    const instead = `write \`tokenType: ${limits.tokenTypes[0] ?? ''}\``;
    const allowed = listNames(limits.tokenTypes);
    report('tokenType', {
      limit: 'tokenTypes',
      key: 'tokenType',
      given: tokenType,
      allowed,
      to: `[${tokenType}]`,
      instead,
    });
  }
  const { secretIdNumUses: most = 0 } = limits;
  if (most > 0 && (uses === 0 || uses > most)) {
    report('secretIdNumUses', {
      limit: 'secretIdNumUses',
      key: 'secretIdNumUses',
      given: uses === 0 ? '0, which is any number' : String(uses),
      allowed: `1 to ${most}`,
      to: String(uses),
      instead: `write ${most} or less`,
    });
  }
  for (const key of ['tokenBoundCidrs', 'secretIdBoundCidrs'] as const) {
    const outer = limits[key];
    if (outer.length === 0 || merged[key] === outer) continue;
    merged[key].forEach((network, index) => {
      if (outer.some((each) => containsNetwork(each, network))) return;
      const excess = {
        limit: 'networks',
        key,
        given: network,
        to: `['${network}']`,
        instead: 'name a part of these',
      } as const;
      report(key, { ...excess, allowed: `networks inside of ${listNames(outer)}` }, index);
    });
  }
}

/** Reports settings of a tenant's AppRoles in an environment that are beyond its limits. */
export function checkAppRoleLimits(
  merged: AppRoleSettings,
  layers: readonly AppRoleLayer[],
  home: LinkedEnvironment,
  scope: TenantScope,
): void {
  if (layers.every(({ settings }) => settings === undefined)) return;
  const subject = subjectOf(home, scope);
  if (subject !== undefined) checkAppRole(merged, { ...subject, layers, problems: scope.problems });
}

/** Reports defaults of an environment that are beyond its own limits. */
export function checkEnvironmentLimits(
  { source, value, unsound }: Entry<EnvironmentFile>,
  environment: Environment,
  problems: ProblemList,
): void {
  if (unsound.has('limits') || unsound.has('appRole') || value === undefined) return;
  const { inventoryName, cluster, appRole, limits, engines, authorities, trusts } = environment;
  const subject = { environment: inventoryName, limits: limits.all };
  const layers = [{ settings: value.appRole, source, path: ['appRole'] }];
  checkAppRole(appRole, { ...subject, layers, problems, file: source });
  const report = (path: ValuePath, limit: LifetimeLimit, key: string, seconds: number): void => {
    const finding = lifetimeExcess(subject, limit, key, seconds);
    if (finding !== undefined) problems.addAt(source, [...path, key], finding);
  };
  trusts.forEach(({ type, inventoryName: name, tuning }, index) => {
    const seconds = mountLimitSeconds(tuning);
    if (type !== 'ldap' || seconds <= limits.all.tokenMaxTtlSeconds) return;
    const most = showDuration(limits.all.tokenMaxTtlSeconds);
    problems.addAt(source, ['trusts', index], {
      message: `tokens of \`${name}\` are beyond the limit of ${inventoryName}: for LDAP, servers use the tuning of the method alone`,
      given: showDuration(seconds),
      allowed: `up to ${most}`,
      fix: `write \`tuning: {maxLeaseTtl: ${most}}\` below \`auth.${name}\` in inventory/clusters/${cluster.name}.yaml, or change \`limits.tokenMaxTtl\` here`,
    });
  });
  if (engines.aws !== undefined) report(['engines', 'aws'], 'credentialTtl', 'maxTtl', engines.aws.maxTtlSeconds);
  // By ACME, certificates are issued without a role of a tenant.
  for (const { acme, inventoryName: name, maxLeafTtlSeconds } of authorities) {
    if (acme) report(['authorities', name], 'certificateTtl', 'maxLeafTtl', maxLeafTtlSeconds);
  }
}

/** Reports exceptions for tenants that do not exist, or are not in the environment. */
export function checkExceptions(
  entries: Pick<Entries, 'environments' | 'tenants'>,
  tenants: readonly LinkedTenant[],
  problems: ProblemList,
): void {
  const present = new Set(entries.tenants.map(({ team, name }) => `${team}/${name}`));
  const environments = new Map(tenants.map(({ entry, file }) => [`${entry.team}/${entry.name}`, file.environments]));
  for (const { name: environment, source, value } of entries.environments) {
    value?.limits.exceptions.forEach((entry, index) => {
      entry.for.forEach((tenant, at) => {
        const path = ['limits', 'exceptions', index, 'for', at];
        const theirs = environments.get(tenant);
        // The environments of a tenant whose file has problems are not known.
        if (theirs?.includes(environment) === true || (theirs === undefined && present.has(tenant))) return;
        const names = [...environments].filter(([, list]) => list.includes(environment)).map(([name]) => name);
        if (theirs === undefined) {
          const unknown = { message: 'unknown tenant', names, none: 'none: there is no tenant', fix: 'remove it' };
          reportUnknown({ name: tenant, source, path }, unknown, problems);
          return;
        }
        const message = 'this tenant is not in the environment';
        problems.addAt(source, path, { message, given: show(tenant), allowed: 'a tenant in it', fix: 'remove it' });
      });
    });
  }
}
