import type { KubernetesServer } from '../../../model/cluster/kubernetes/server';
import type { Dialect } from '../../../model/dialect';
import { useKubernetes } from '../kubernetes/kubernetes';
import { DeployedServers } from './deployed-servers';

/**
 * Servers for a test file, prepared but not deployed; gone after it. Only where `kubernetesLabMissing` gives no reason.
 *
 * @returns them, from the first test on
 */
export function useServers(dialect: Dialect, over: Partial<KubernetesServer> = {}): () => DeployedServers {
  let servers: DeployedServers | undefined;
  useKubernetes({
    before: async (kubernetes) => {
      servers = await DeployedServers.prepare(kubernetes, dialect, over);
    },
    after: async () => await servers?.dispose(),
  });
  return () => {
    if (servers === undefined) throw new Error('the servers of this test were not prepared');
    return servers;
  };
}
