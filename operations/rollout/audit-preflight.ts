import { auditDevicesOf, auditPath } from '../../model/audit-device';
import type { DeployedCluster } from '../../model/cluster/cluster';
import { dialects } from '../../model/dialect';
import { PlatformError } from '../../model/errors';
import { serverName } from '../../model/names';
import { serverLabels } from '../../model/server-names';
import type { Kubectl, KubernetesObject } from '../kubernetes/kubectl';

interface ConfigMap extends KubernetesObject {
  readonly data?: Readonly<Record<string, string>>;
}

/**
 * The audit devices of the configuration that a rollout starts servers with, for example `file-1c0e2d3f/ (file_path=/openbao/audit/audit.log)`.
 * Vault's are enabled through its API and not changed by a rollout.
 *
 * @throws PlatformError `kubernetes` for a device that would leave the cluster without an active server
 */
export async function auditPreflight(kubectl: Pick<Kubectl, 'list'>, cluster: DeployedCluster): Promise<string[]> {
  if (dialects[cluster.dialect].audit !== 'configuration') return [];
  const file = `${serverName(cluster)}-config`;
  const found = await kubectl.list<ConfigMap>('configmaps', serverLabels(cluster));
  const text = found.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === file)?.data?.[
    'server.json'
  ];
  const devices = auditDevicesOf(JSON.parse(text ?? '{}'));
  const unsafe = devices.filter((device) => device.path !== auditPath(device));
  if (unsafe.length > 0) {
    throw new PlatformError(
      'kubernetes',
      unsafe.map((device) => ({
        message:
          'with this audit device no server could become active: its options are not those that its path stands for',
        given: `${device.path} ${optionsOf(device.options)}, in server.json of the ConfigMap ${file}`,
        allowed: auditPath(device),
        fix: `apply ${cluster.name}-server again: it writes a device whose path is a function of its options. No server was restarted`,
      })),
    );
  }
  return devices.map(({ path, options }) => `${path} ${optionsOf(options)}`);
}

const optionsOf = (options: Readonly<Record<string, string>>): string =>
  `(${Object.entries(options)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ')})`;
