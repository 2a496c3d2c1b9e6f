import { provisionerPolicy } from '../../../constructs/policy/provisioner-policy';
import type { EnvironmentEngines } from '../../../model/environment/engines';
import { cluster, environment } from '../inventory/model';
import type { TestCluster } from './embedded-cluster';
import { RawClient } from './raw-request';

/** A token with what Terraform may do in the environment `devel` with these engines, and nothing else. */
export async function provisionerToken(on: TestCluster, engines: Partial<EnvironmentEngines>): Promise<string> {
  const devel = environment('devel', { engines: { ...environment().engines, ...engines } });
  const { rules } = provisionerPolicy(cluster({ dialect: on.options.dialect }), [devel]);
  const client = await RawClient.withPolicy(on, 'provisioner-of-devel', rules);
  await client.close();
  return client.token;
}
