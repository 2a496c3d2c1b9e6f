import { X509Certificate } from 'node:crypto';

import { serverContext } from '../../constructs/kubernetes/server-part';
import type { DeployedServers } from '../support/deployment/deployed-servers';
import { serversMissing } from '../support/deployment/server-image';
import { useServers } from '../support/deployment/use-servers';
import { passthroughControllers } from '../support/ingress/passthrough-controllers';
import { itUnless } from '../support/skips';
import { passthroughSpecification, type PassthroughBackend } from '../support/specifications/passthrough';

describe('TLS passthrough to servers on Kubernetes', () => {
  const missing = serversMissing('openbao');
  if (missing !== undefined) {
    itUnless(missing, 'TLS passthrough')('works', () => undefined);
    return;
  }
  const servers = useServers('openbao');
  beforeAll(async () => {
    await servers().deploy();
    await servers().bootstrap();
  }, 300_000);
  for (const controller of passthroughControllers) passthroughSpecification(controller, () => backendOf(servers()));
});

function backendOf(servers: DeployedServers): PassthroughBackend {
  const { kubernetes, cluster, secrets } = servers;
  return {
    kubernetes,
    context: serverContext(cluster, cluster.server),
    authority: secrets.ca,
    fingerprint: () => Promise.resolve(new X509Certificate(secrets.certificate).fingerprint256),
    whoAnswers: async (ask) => {
      const leader = JSON.parse(await ask('/v1/sys/leader')) as { is_self: boolean; leader_address: string };
      return leader.is_self ? (new URL(leader.leader_address).hostname.split('.')[0] ?? '') : 'a standby';
    },
    failOver: async () => {
      const before = await servers.active();
      const admin = await servers.client(servers.token('admin'));
      await admin.write('sys/step-down');
      await servers.until('another server is active', async () => (await servers.health())[before] === 'standby');
      await servers.whole();
      return await servers.active();
    },
  };
}
