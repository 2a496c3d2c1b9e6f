import { dialects } from '../dialect';
import type { Backup, Cluster, KubernetesServer, Monitoring, Placement, ServerAudit } from '../inventory';
import { serverName, serverNamespace } from '../names';
import type { KubernetesFile } from '../schema/kubernetes';
import type { AuditFile, BackupFile, MonitoringFile } from '../schema/kubernetes-operations';
import { defined } from './defined';
import { resolveExposure } from './kubernetes-exposure';
import { anywhere, inNamespace, peersOr, resolvePeers, resolveResources, secretEntry } from './kubernetes-parts';
import { resolveCertificate, resolveSeal, resolveStorage } from './kubernetes-storage';
import { seconds } from './seconds';

/** How a cluster's servers run, with every default filled in. */
export function resolveKubernetes(cluster: Pick<Cluster, 'name' | 'dialect'>, file: KubernetesFile): KubernetesServer {
  const program = serverName(cluster);
  return {
    platform: 'kubernetes',
    ...defined({ context: file.context }),
    namespace: file.namespace ?? serverNamespace(cluster),
    image: file.image ?? dialects[cluster.dialect].image,
    imagePullSecrets: file.imagePullSecrets ?? [],
    replicas: file.replicas ?? 3,
    resources: resolveResources(file.resources, { cpuRequest: '500m', memoryRequest: '512Mi', memoryLimit: '1Gi' }),
    placement: resolvePlacement(file.placement),
    logLevel: file.logLevel ?? 'info',
    ui: file.ui ?? false,
    standbyReads: file.standbyReads ?? false,
    tokenReview: file.tokenReview ?? false,
    terminationGraceSeconds: seconds(file.terminationGrace ?? '60s'),
    // Whoever makes a namespace decides whether what is in it talks to the servers.
    clients: peersOr(file.clients, [{ namespaces: { [`${program}-client`]: 'true' } }]),
    apiServer: { peers: peersOr(file.apiServer?.peers, anywhere), port: file.apiServer?.port ?? 6443 },
    egress: Object.entries(file.egress ?? {}).map(([purpose, { peers, port }]) => ({
      purpose,
      peers: resolvePeers(peers),
      port,
    })),
    storage: resolveStorage(file.storage, program),
    seal: resolveSeal(file.seal ?? 'shamir'),
    certificate: resolveCertificate(file.certificate),
    exposure: resolveExposure(file.exposure ?? 'none'),
    audit: resolveAudit(file.audit ?? 'stdout'),
    ...(file.monitoring !== undefined && { monitoring: resolveMonitoring(file.monitoring) }),
    ...(file.backup !== undefined && { backup: resolveBackup(file.backup, cluster) }),
  };
}

function resolvePlacement(file: KubernetesFile['placement'] = {}): Placement {
  const { nodeSelector = {}, tolerations = [], separateNodes = 'required', separateZones = 'preferred' } = file;
  return {
    nodeSelector,
    tolerations: tolerations.map((toleration) => defined(toleration)),
    separateNodes,
    separateZones,
    ...defined({ priorityClass: file.priorityClass }),
  };
}

function resolveAudit(file: AuditFile): ServerAudit {
  if (file === 'stdout') return { kind: 'stdout' };
  const { rotateMebibytes = 100, keep = 5 } = file.file;
  return { kind: 'file', rotateMebibytes, keep };
}

function resolveMonitoring(file: MonitoringFile): Monitoring {
  const { from, labels = {}, serviceMonitor = true, rules = true, dashboardLabels } = file;
  return {
    from: peersOr(from, inNamespace('monitoring')),
    labels,
    serviceMonitor,
    rules,
    ...defined({ dashboardLabels }),
  };
}

function resolveBackup(file: BackupFile, { name }: Pick<Cluster, 'name'>): Backup {
  const { bucket, region, endpoint, authority, recipient, credentials, roleArn } = file;
  return {
    schedule: file.schedule ?? '30 2 * * *',
    timeZone: file.timeZone ?? 'Etc/UTC',
    bucket,
    prefix: file.prefix ?? name,
    region,
    recipient,
    ...defined({ endpoint, credentials, roleArn }),
    ...(authority !== undefined && { authority: secretEntry(authority, 'ca.crt') }),
    uploadImage: file.uploadImage ?? 'rclone/rclone:1.71',
    egress: peersOr(file.egress, anywhere),
  };
}
