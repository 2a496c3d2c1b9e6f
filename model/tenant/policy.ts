import { checkBatchTokenLimit } from '../checks/limits';
import type { AppRoleSettings } from '../environment/app-role';
import { environmentList, type LinkedEnvironment } from '../environment/environment';
import { nameRule, policyNameRule } from '../language/rules/name';
import { textRule } from '../language/rules/text';
import { list, map, text, type Output } from '../language/schema';
import { shorten } from '../language/show';
import { isFormerPolicyName, shortPolicyName } from '../register/policy-names';
import type { ValuePath } from '../source/source-file';
import { grantsSchema, linkGrants, type Grant } from './grant';
import { GrantPlace } from './grants/grant-place';
import { linkLogins, loginsSchema, type Login } from './login';
import type { TenantEngines } from './owned';
import type { TenantScope } from './tenant-scope';

export const reason = text(textRule).describe('Reason, in one sentence, for reviewers.');

const policy = map({
  name: text(policyNameRule).describe(
    'Name of the policy. On servers it is called <tenant>.<name>.<environment>, and its roles <tenant>.<name>.<environment>-role.',
  ),
  environments: environmentList.describe('Environments of the tenant that the policy exists in.'),
  reason,
  grants: grantsSchema.describe('What the policy allows.'),
  logins: loginsSchema.describe('Ways to log in with the policy, one of each type.'),
});

export const policiesSchema = list(policy, 'a list of policies', ({ name }) => name);

type PolicyFile = Output<typeof policy>;

/** A policy of a tenant in one environment, and who can log in with it. */
export type CustomPolicy = Pick<PolicyFile, 'reason'> & {
  /** Name on the server. */
  readonly name: string;
  /** Name in the tenant's file. */
  readonly inventoryName: string;
  readonly grants: readonly Grant[];
  readonly logins: readonly Login[];
};

/** A policy in one environment, and its place in the list of the tenant's file. */
export interface LinkedPolicy {
  readonly policy: CustomPolicy;
  readonly index: number;
}

/** The policies that exist in one environment, in the order of the file. */
export function linkPolicies(
  home: LinkedEnvironment,
  scope: TenantScope,
  engines: TenantEngines,
  appRole: AppRoleSettings,
): LinkedPolicy[] {
  return scope.file.policies.flatMap((file, index) => {
    if (!file.environments.includes(home.environment.inventoryName)) return [];
    const path = ['policies', index];
    const { name: inventoryName } = file;
    if (isFormerPolicyName(inventoryName, scope.formerPrefixes))
      reportFormerName(inventoryName, [...path, 'name'], scope);
    const name = scope.names.policy(scope.tenant, inventoryName, home.environment);
    const grants = linkGrants(file.grants, [...path, 'grants'], new GrantPlace(home, scope, engines));
    const logins = linkLogins(file.logins, [...path, 'logins'], home, scope);
    if (appRole.tokenType === 'batch') checkTokens(file, [...path, 'logins'], home, scope);
    return [{ policy: { name, inventoryName, reason: file.reason, grants, logins }, index }];
  });
}

function reportFormerName(name: string, path: ValuePath, scope: TenantScope): void {
  const short = shortPolicyName(name, scope.formerPrefixes);
  const { tenant } = scope;
  scope.report(path, {
    message: 'the name of a policy is written without the tenant and the environment, which it has on servers',
    given: shorten(name),
    allowed: nameRule('policy').allowed,
    fix: `write \`${short}\`, which is \`${scope.names.policy(tenant, short, { name: '<environment>' })}\` on servers; where they have the policy already: npm run platform -- names keep`,
  });
}

/** Servers create orphan batch tokens that are not renewable, and no others. */
function checkTokens({ logins }: PolicyFile, path: ValuePath, home: LinkedEnvironment, scope: TenantScope): void {
  logins.forEach((login, index) => {
    if (login.type !== 'token') return;
    if (login.orphan && !login.renewable) {
      checkBatchTokenLimit([...path, index], home, scope);
      return;
    }
    scope.report([...path, index], {
      message: `batch tokens, which ${home.environment.inventoryName} uses, can neither be renewed nor be revoked with the token that created them`,
      given: `orphan ${login.orphan}, renewable ${login.renewable}`,
      allowed: 'orphan: true and renewable: false, or `tokenType: service`',
      fix: 'write `orphan: true` and `renewable: false`, or `tokenType: service` in appRole',
    });
  });
}
