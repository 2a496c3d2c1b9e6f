import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1';
import { Construct } from 'constructs';

import type { Labels } from '../../model/cluster/kubernetes/parts';
import { dialects } from '../../model/dialect';
import { activeService, peerService, standbyService } from '../../model/names';
import { serverPorts } from './ports';
import type { ServerContext } from './server-part';

export interface ServerServicesProps {
  readonly context: ServerContext;
}

/**
 * The three Services of a cluster's servers: all servers, ready or not, for each other; the active server, for clients; and the standby
 * servers. Each server labels its own pod with its state.
 */
export class ServerServices extends Construct {
  constructor(scope: Construct, id: string, { context }: ServerServicesProps) {
    super(scope, id);
    const { cluster, server, labels, podLabels, dependsOn } = context;
    const { labelPrefix } = dialects[cluster.dialect];
    const service = (role: string, name: string, selector: Labels, spec: object): void => {
      new ServiceV1(this, role, {
        metadata: { name, namespace: server.namespace, labels: { ...labels, 'app.kubernetes.io/component': role } },
        spec: { type: 'ClusterIP', selector: { ...podLabels, ...selector }, ...spec },
        waitForLoadBalancer: false,
        dependsOn,
      });
    };
    service(
      'peers',
      peerService(cluster),
      {},
      {
        clusterIp: 'None',
        // Sealed servers need addresses too: for each other, and to unseal them.
        publishNotReadyAddresses: true,
        port: [
          port('https', serverPorts.clients, 'https'),
          port('peers', serverPorts.peers, 'tls'),
          ...metrics(context),
        ],
      },
    );
    const clients = { port: [port('https', serverPorts.clients, 'https')] };
    service('active', activeService(cluster), { [`${labelPrefix}-active`]: 'true' }, clients);
    service('standby', standbyService(cluster), { [`${labelPrefix}-active`]: 'false' }, clients);
  }
}

const port = (name: string, number: number, appProtocol: string): object => ({
  name,
  port: number,
  targetPort: String(number),
  protocol: 'TCP',
  appProtocol,
});

const metrics = ({ server }: ServerContext): object[] =>
  server.monitoring === undefined ? [] : [port('metrics', serverPorts.metrics, 'https')];
