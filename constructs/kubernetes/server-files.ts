import { createHash } from 'node:crypto';

import { ConfigMapV1 } from '@cdktf/provider-kubernetes/lib/config-map-v1';
import { Construct } from 'constructs';

import { literal } from '../literal';
import { serverConfiguration, type ServerConfiguration } from '../server/configuration';
import { certificateFolder, configurationFolder } from './paths';
import { serverPorts } from './ports';
import { attendant, beforeStop } from './scripts';
import type { MountedVolume, ServerContext } from './server-part';

export interface ServerFilesProps {
  readonly context: ServerContext;
  /** Stanzas of the parts. */
  readonly configuration: ServerConfiguration;
}

/** The ConfigMap of the pods: the servers' configuration, without secrets, and two scripts. */
export class ServerFiles extends Construct {
  public readonly resource: ConfigMapV1;
  public readonly volume: MountedVolume;
  /** Hash of the content. It identifies pods with an older configuration. */
  public readonly checksum: string;

  constructor(scope: Construct, id: string, { context, configuration }: ServerFilesProps) {
    super(scope, id);
    const { name, server, labels, dependsOn } = context;
    const data = {
      'server.json': `${JSON.stringify(serverConfigurationOf(context, configuration), null, 2)}\n`,
      'before-stop.sh': beforeStop,
      'attendant.sh': attendant,
    };
    const configMap = `${name}-config`;
    this.checksum = createHash('sha256').update(JSON.stringify(data)).digest('hex');
    this.volume = { name: 'config', mountPath: configurationFolder(context), source: { configMap } };
    this.resource = new ConfigMapV1(this, 'Resource', {
      metadata: { name: configMap, namespace: server.namespace, labels: { ...labels } },
      data: Object.fromEntries(Object.entries(data).map(([file, text]) => [file, literal(text)])),
      dependsOn,
    });
  }
}

/** Configuration of all pods. The addresses of a pod are in its environment. */
function serverConfigurationOf(context: ServerContext, stanzas: ServerConfiguration): ServerConfiguration {
  const { cluster, server } = context;
  const { logLevel, ui, standbyReads } = server;
  return serverConfiguration({
    dialect: cluster.dialect,
    clusterName: cluster.name,
    listener: {
      address: `[::]:${serverPorts.clients}`,
      clusterAddress: `[::]:${serverPorts.peers}`,
      certificateFile: `${certificateFolder(context)}/tls.crt`,
      keyFile: `${certificateFolder(context)}/tls.key`,
    },
    ...(server.monitoring !== undefined && { metricsAddress: `[::]:${serverPorts.metrics}` }),
    stanzas: [{ service_registration: { kubernetes: {} } }, stanzas],
    logLevel,
    ui,
    standbyReads,
    jsonLog: true,
  });
}
