import { RootConstruct } from 'constructs';

import type { PolicyStatement } from '../constructs/policy/policy-document';
import { SharedEnvironment } from '../constructs/tenant/shared-environment';
import { addGrant } from '../constructs/tenant/tenant-grants';
import type { Environment } from '../model/environment/environment';
import type { Grant } from '../model/tenant/grant';

/** Rules that grants of a tenant in an environment give to a policy, without creating one. */
export function grantedRules(
  tenant: { readonly name: string },
  environment: Environment,
  grants: readonly Grant[],
): PolicyStatement[] {
  const rules: PolicyStatement[] = [];
  const grantee = { addStatement: (rule: PolicyStatement) => void rules.push(rule) };
  const shared = new SharedEnvironment(new RootConstruct(), 'Shared', environment);
  for (const grant of grants) addGrant(grantee, grant, { tenant, shared, reason: '' });
  return rules;
}
