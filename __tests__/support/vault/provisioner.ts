import type { ServerClient } from '../../../client/server-client';
import { provisionerPolicies } from '../../../constructs/policy/provisioner/provisioner-policies';
import type { TeamsPolicyProps } from '../../../constructs/policy/provisioner/teams-policy';
import type { EnvironmentEngines } from '../../../model/environment/engines';
import { stackKinds, type StackKind } from '../../../model/names';
import { cluster, environment } from '../inventory/model';
import type { TestCluster } from './embedded-cluster';

/**
 * A token with what Terraform may do on stacks of some kinds, and nothing else.
 *
 * @param admin who may do everything
 * @param kinds of stacks whose resources a test applies at once. @default - all
 */
export async function provisionerTokenOf(
  admin: ServerClient,
  props: TeamsPolicyProps,
  kinds: readonly StackKind[] = stackKinds,
): Promise<string> {
  const policies = provisionerPolicies(props);
  for (const { name, rules } of Object.values(policies))
    await admin.write(`sys/policies/acl/${name}`, { policy: rules });
  const names = kinds.map((kind) => policies[kind].name);
  const { auth } = await admin.write('auth/token/create', { policies: names, no_default_policy: true });
  return String(auth?.client_token);
}

/** A token with what Terraform may do on all stacks of a cluster of a test. */
export async function provisionerTokenOn(on: TestCluster, props: TeamsPolicyProps): Promise<string> {
  const open = on.open();
  const admin = open.client(open.adminToken());
  try {
    return await provisionerTokenOf(admin, props);
  } finally {
    await admin.close();
  }
}

/** A token with what Terraform may do in the environment `devel` with these engines. */
export async function provisionerToken(on: TestCluster, engines: Partial<EnvironmentEngines>): Promise<string> {
  const { dialect } = on.options;
  const devel = environment('devel', { engines: { ...environment().engines, ...engines } });
  return await provisionerTokenOn(on, { cluster: cluster({ dialect }), environments: [devel], tenants: [] });
}
