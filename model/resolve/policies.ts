import type { AppRoleSettings, CustomPolicy } from '../inventory';
import { fillIn } from '../names';
import { nameRule } from '../rules/name';
import { shorten } from '../rules/show';
import type { PolicyFile } from '../schema/policy';
import type { ValuePath } from '../source/source-file';
import type { ResolvedEnvironment } from './environments';
import { resolveGrants } from './grants';
import { resolveLogins } from './logins';
import type { TenantEngines } from './tenant-engines';
import { covers } from './tenant-scope';
import type { TenantScope } from './tenant-scope';

/** A policy in one environment, and where it stands in the list of the tenant's file. */
export interface ResolvedPolicy {
  readonly policy: CustomPolicy;
  readonly file: PolicyFile;
  readonly index: number;
}

/** What is the same for all policies of a tenant in one environment. */
export interface PolicyContext {
  readonly scope: TenantScope;
  readonly engines: TenantEngines;
  readonly home: ResolvedEnvironment;
  readonly appRole: AppRoleSettings;
}

/** The policies that exist in one environment, in the order of the file. */
export function resolvePolicies(context: PolicyContext): ResolvedPolicy[] {
  const { scope, home } = context;
  return (scope.file.policies ?? []).flatMap((file, index) =>
    covers(file.environments, home.environment)
      ? [{ policy: resolvePolicy(file, ['policies', index], context), file, index }]
      : [],
  );
}

function resolvePolicy(file: PolicyFile, path: ValuePath, context: PolicyContext): CustomPolicy {
  const { scope, home } = context;
  const name = fillIn(file.name, home.environment);
  const { fault, allowed } = nameRule('policy');
  const wrong = fault(name);
  if (wrong !== undefined) scope.report([...path, 'name'], { ...wrong, given: shorten(name), allowed });
  const grants = resolveGrants(file.grants, [...path, 'grants'], home, context);
  const logins = resolveLogins(file.logins, [...path, 'logins'], home, scope);
  checkTokens(file, [...path, 'logins'], context);
  return { name, reason: file.reason, grants, logins };
}

/** Servers make batch tokens that end by themselves and no others. */
function checkTokens({ logins = [] }: PolicyFile, path: ValuePath, { scope, home, appRole }: PolicyContext): void {
  const index = logins.findIndex(({ type }) => type === 'token');
  const login = logins[index];
  if (login?.type !== 'token' || appRole.tokenType === 'service') return;
  if (login.orphan === true && login.renewable === false) return;
  scope.report([...path, index], {
    message: `batch tokens, as ${home.environment.name} has them, are neither renewable nor revoked with the one that made them`,
    given: `orphan ${login.orphan ?? false}, renewable ${login.renewable ?? true}`,
    allowed: 'orphan: true and renewable: false, or `tokenType: service`',
    fix: 'write `orphan: true` and `renewable: false`, or `tokenType: service` in appRole',
  });
}
