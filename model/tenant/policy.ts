import type { AppRoleSettings } from '../environment/app-role';
import type { LinkedEnvironment } from '../environment/environment';
import { environmentList } from '../environment/environment-list';
import { list } from '../language/list';
import { map, type Output } from '../language/map';
import { nameRule, policyNameRule } from '../language/rules/name';
import { textRule } from '../language/rules/text';
import { shorten } from '../language/show';
import { text } from '../language/values';
import { fillIn } from '../names';
import type { ValuePath } from '../source/source-file';
import { grantsSchema, linkGrants, type Grant } from './grant';
import { GrantPlace } from './grants/grant-place';
import { linkLogins, loginsSchema, type Login } from './login';
import type { TenantEngines } from './tenant-engines';
import type { TenantScope } from './tenant-scope';

export const reason = text(textRule).describe('Reason, in one sentence, for reviewers.');

const policy = map({
  name: text(policyNameRule).describe(
    'Name of the policy; its roles are called <name>-role. `{environment}` is filled in, so that one entry serves several.',
  ),
  environments: environmentList().describe('Environments of the tenant that the policy exists in.'),
  reason,
  grants: grantsSchema.describe('What the policy allows.'),
  logins: loginsSchema.describe('Ways to log in with the policy, one of each type.'),
});

export const policiesSchema = list(policy, 'a list of policies', ({ name }) => name);

export type PolicyFile = Output<typeof policy>;

/** A policy of a tenant in one environment, and who can log in with it. */
export type CustomPolicy = Pick<PolicyFile, 'name' | 'reason'> & {
  readonly grants: readonly Grant[];
  readonly logins: readonly Login[];
};

/** A policy in one environment, and its place in the list of the tenant's file. */
export interface LinkedPolicy {
  readonly policy: CustomPolicy;
  readonly file: PolicyFile;
  readonly index: number;
}

/** What all policies of a tenant in one environment have in common. */
export interface PolicyContext {
  readonly scope: TenantScope;
  readonly engines: TenantEngines;
  readonly home: LinkedEnvironment;
  readonly appRole: AppRoleSettings;
}

/** The policies that exist in one environment, in the order of the file. */
export function linkPolicies(context: PolicyContext): LinkedPolicy[] {
  const { scope, home } = context;
  return scope.file.policies.flatMap((file, index) =>
    file.environments.includes(home.environment.name)
      ? [{ policy: linkPolicy(file, ['policies', index], context), file, index }]
      : [],
  );
}

function linkPolicy(file: PolicyFile, path: ValuePath, context: PolicyContext): CustomPolicy {
  const { scope, engines, home } = context;
  const name = fillIn(file.name, home.environment);
  const { fault, allowed } = nameRule('policy');
  const wrong = fault(name);
  if (wrong !== undefined) scope.report([...path, 'name'], { ...wrong, given: shorten(name), allowed });
  const grants = linkGrants(file.grants, [...path, 'grants'], new GrantPlace(home, scope, engines));
  const logins = linkLogins(file.logins, [...path, 'logins'], home, scope);
  checkTokens(file, [...path, 'logins'], context);
  return { name, reason: file.reason, grants, logins };
}

/** Servers create orphan batch tokens that are not renewable, and no others. */
function checkTokens({ logins }: PolicyFile, path: ValuePath, { scope, home, appRole }: PolicyContext): void {
  const index = logins.findIndex(({ type }) => type === 'token');
  const login = logins[index];
  if (login?.type !== 'token' || appRole.tokenType === 'service') return;
  const { orphan, renewable } = login;
  if (orphan && !renewable) return;
  scope.report([...path, index], {
    message: `batch tokens, which ${home.environment.name} uses, can neither be renewed nor be revoked with the token that created them`,
    given: `orphan ${orphan}, renewable ${renewable}`,
    allowed: 'orphan: true and renewable: false, or `tokenType: service`',
    fix: 'write `orphan: true` and `renewable: false`, or `tokenType: service` in appRole',
  });
}
