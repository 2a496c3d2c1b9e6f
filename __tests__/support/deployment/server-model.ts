import type { DeployedCluster } from '../../../model/cluster/cluster';
import { defaultClientImage } from '../../../model/cluster/kubernetes/images';
import type { NetworkPeer } from '../../../model/cluster/kubernetes/parts';
import type { KubernetesServer } from '../../../model/cluster/kubernetes/server';
import { dialects } from '../../../model/dialect';
import type { Dialect } from '../../../model/dialect';
import { cluster, kubernetesServer } from '../inventory/model';
import type { Kubernetes, KubernetesLab } from '../kubernetes/kubernetes';
import type { TestPostgresql } from '../postgresql/database-server';
import { certificateSecret, databaseSecret } from './server-secrets';

/** Label of pods that may talk to the servers, wherever they are. */
export const clientLabel = { 'vault-platform-client': 'true' } as const;

/** Label of pods that may read the servers' metrics. */
export const watcherLabel = { app: 'prometheus' } as const;

/** A cluster whose namespace has its name, with a database of this machine, for a Kubernetes with a single node. */
export async function deployedCluster(
  kubernetes: Kubernetes,
  { hostAddress }: KubernetesLab,
  dialect: Dialect,
  database: TestPostgresql,
  name: string,
): Promise<DeployedCluster> {
  const machine = { cidr: `${hostAddress}/32` };
  return {
    ...cluster({ name, dialect, address: 'https://vault.example.com:8200' }),
    server: kubernetesServer({
      namespace: name,
      image: dialects[dialect].image,
      // A burst of a takeover is not throttled; three of them fit a small node.
      resources: { cpuRequest: '50m', memoryRequest: '128Mi', memoryLimit: '512Mi' },
      placement: { nodeSelector: {}, tolerations: [], separateNodes: 'preferred', separateZones: 'preferred' },
      tokenReview: true,
      clients: [machine, { namespaces: {}, pods: clientLabel }],
      apiServer: await apiServerOf(kubernetes),
      storage: {
        kind: 'postgresql',
        host: hostAddress,
        port: database.port,
        database: dialect,
        user: dialect,
        passwordFile: { secret: databaseSecret, key: 'pgpass' },
        authority: { secret: databaseSecret, key: 'ca.crt' },
        connections: { maxConnections: 208 },
        clientImage: defaultClientImage,
        peers: [machine],
      },
      certificate: { kind: 'secret', secret: certificateSecret },
      monitoring: { from: [{ namespaces: {}, pods: watcherLabel }], labels: {}, serviceMonitor: false, rules: false },
    }),
  };
}

/** Where the API server is behind its Service, as NetworkPolicies see it. */
async function apiServerOf({ kubectl }: Kubernetes): Promise<KubernetesServer['apiServer']> {
  const selector = '--selector=kubernetes.io/service-name=kubernetes';
  const text = await kubectl(['get', 'endpointslices', selector, '--namespace=default', '--output=json']);
  const { items } = JSON.parse(text) as {
    items: { endpoints: { addresses: string[] }[]; ports: { port: number }[] }[];
  };
  const addresses = items.flatMap(({ endpoints }) => endpoints.flatMap((endpoint) => endpoint.addresses));
  const peers = addresses.map((address): NetworkPeer => ({
    cidr: `${address}/${address.includes(':') ? 128 : 32}`,
  }));
  return { peers, port: items[0]?.ports[0]?.port ?? 6443 };
}
