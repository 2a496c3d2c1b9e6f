import type { StatefulSetV1SpecTemplateSpecContainer } from '@cdktf/provider-kubernetes/lib/stateful-set-v1';

import { dialects } from '../../model/dialect';
import { peerService } from '../../model/names';
import { configurationFolder } from './paths';
import { serverPorts } from './ports';
import { probes } from './probes';
import { environmentBlocks, mountBlocks, resourceBlock } from './render';
import { containerSecurity } from './security';
import type { EnvironmentVariable, MountedVolume, ServerContext } from './server-part';

/** The container of the server. It does not use the image's entrypoint, which changes owners and capabilities. */
export function serverContainer(
  context: ServerContext,
  environment: readonly EnvironmentVariable[],
  volumes: readonly MountedVolume[],
): StatefulSetV1SpecTemplateSpecContainer {
  const { cluster, server } = context;
  const { binary, envPrefix } = dialects[cluster.dialect];
  const configuration = configurationFolder(context);
  return {
    name: 'server',
    image: server.image,
    imagePullPolicy: 'IfNotPresent',
    command: [binary, 'server', `-config=${configuration}/server.json`],
    env: environmentBlocks([...ownAddresses(context), ...environment]),
    port: [
      { name: 'https', containerPort: serverPorts.clients },
      { name: 'peers', containerPort: serverPorts.peers },
      ...(server.monitoring !== undefined ? [{ name: 'metrics', containerPort: serverPorts.metrics }] : []),
    ],
    volumeMount: mountBlocks(volumes),
    resources: resourceBlock(server.resources),
    securityContext: containerSecurity,
    ...probes,
    lifecycle: {
      preStop: [
        {
          exec: {
            command: ['env', `PROGRAM=${binary}`, `PREFIX=${envPrefix}`, 'sh', `${configuration}/before-stop.sh`],
          },
        },
      ],
    },
  };
}

/** The pod's name, which the server labels, and its addresses for clients and other servers. */
function ownAddresses({ cluster, server }: ServerContext): EnvironmentVariable[] {
  const { envPrefix } = dialects[cluster.dialect];
  const host = `$(${envPrefix}_K8S_POD_NAME).${peerService(cluster)}.${server.namespace}.svc`;
  const value = (name: string, text: string): EnvironmentVariable => ({
    name: `${envPrefix}_${name}`,
    from: { value: text },
  });
  return [
    { name: `${envPrefix}_K8S_POD_NAME`, from: { field: 'metadata.name' } },
    value('K8S_NAMESPACE', server.namespace),
    value('API_ADDR', `https://${host}:${serverPorts.clients}`),
    value('CLUSTER_ADDR', `https://${host}:${serverPorts.peers}`),
  ];
}
