import type { Environment } from '../../../model/environment/environment';
import { engineMount, environmentQuota, kvMount, provisionerPolicyName, type EngineName } from '../../../model/names';
import type { PolicyText } from '../policy-text';
import {
  authoritySettings,
  engineSettings,
  kept,
  owned,
  ProvisionerDocument,
  rootPaths,
  signedPaths,
  signingPaths,
} from './paths';

/**
 * Terraform on `<environment>-engines`: engines and authorities, without deletion, and their settings. It has no rights on policies, auth
 * methods and identity, nor on documents, and uses no engine except to sign authorities of the inventory.
 *
 * @param environments all environments of the cluster
 */
export function enginesProvisionerPolicy(environments: readonly Environment[]): PolicyText {
  const name = provisionerPolicyName('engines');
  const policy = new ProvisionerDocument(name);
  policy.addOwnToken();
  for (const environment of environments) {
    policy.addMount(kvMount(environment), { config: kept }, `Environment ${environment.name}.`);
    for (const engine of enginesOf(environment)) {
      policy.addMount(engineMount(environment, engine), engineSettings[engine]);
    }
    for (const { mountPath, signedBy, name: authority } of environment.authorities) {
      const signs = environment.authorities.some(
        (other) => other.signedBy.kind === 'authority' && other.signedBy.authority.name === authority,
      );
      policy.addMount(mountPath, {
        ...authoritySettings,
        ...(signedBy.kind === 'self' ? rootPaths : signedPaths),
        ...(signs && signingPaths),
      });
    }
  }
  // Also of an environment that left the inventory, whose quota Terraform deletes.
  policy.addPaths('sys/quotas/rate-limit', { [environmentQuota({ name: '*' })]: owned }, 'Limits of environments.');
  return { name, rules: policy.toHcl() };
}

/** Engines that an environment has besides its key-value engine of version 2. */
export function enginesOf({ engines }: Environment): EngineName[] {
  const present: Readonly<Record<EngineName, boolean>> = {
    kv1: engines.keyValue1 !== undefined,
    transit: engines.transit !== undefined,
    database: engines.database !== undefined,
    aws: engines.aws !== undefined,
    ssh: engines.ssh !== undefined,
  };
  return (Object.keys(present) as EngineName[]).filter((engine) => present[engine]);
}
