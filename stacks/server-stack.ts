import type { Construct } from 'constructs';

import { DatabaseBackup } from '../constructs/backup/database-backup';
import { serverCertificate } from '../constructs/certificate/server-certificate';
import { createExposure } from '../constructs/exposure/exposure';
import { NetworkPolicies } from '../constructs/kubernetes/network-policies';
import { serverAudit } from '../constructs/kubernetes/server-audit';
import { ServerDeployment } from '../constructs/kubernetes/server-deployment';
import { ServerNamespace } from '../constructs/kubernetes/server-namespace';
import { serverContext } from '../constructs/kubernetes/server-part';
import { ServerMonitoring } from '../constructs/monitoring/monitoring';
import { serverSeal } from '../constructs/seal/server-seal';
import { serverStorage } from '../constructs/storage/server-storage';
import type { DeployedCluster } from '../model/cluster/cluster';
import { serverStack } from '../model/names';
import { KubernetesStack } from './kubernetes-stack';

export interface ServerStackProps {
  readonly cluster: DeployedCluster;
}

/** `<cluster>-server`: the servers of a cluster on Kubernetes, with storage, seal, certificate, exposure, monitoring and backup. */
export class ServerStack extends KubernetesStack {
  constructor(scope: Construct, { cluster }: ServerStackProps) {
    const { server } = cluster;
    super(scope, serverStack(cluster), cluster.state, server.context);
    const namespace = new ServerNamespace(this, 'namespace', { context: serverContext(cluster, server) });
    const context = serverContext(cluster, server, [namespace.resource]);

    const parts = [
      serverStorage(server.storage),
      serverSeal(server.seal),
      serverCertificate(server.certificate),
      serverAudit(server.audit),
    ].map((part) => part.bind(this, context));
    const servers = new ServerDeployment(this, 'servers', { context, parts });
    const { from: exposedTo } = createExposure(server.exposure).bind(this, context);
    new NetworkPolicies(this, 'network', { context, exposedTo, egress: [...servers.egress, ...server.egress] });
    if (server.monitoring !== undefined) {
      new ServerMonitoring(this, 'monitoring', { context, monitoring: server.monitoring });
    }
    if (server.backup !== undefined) new DatabaseBackup(this, 'backup', { context, backup: server.backup });
  }
}
