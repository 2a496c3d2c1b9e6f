import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';

import type { Labels } from '../../model/cluster/kubernetes/parts';
import type { CloudNativePostgresqlStorage } from '../../model/cluster/kubernetes/storage';
import { CustomObject } from '../kubernetes/custom-object';
import { toleration } from '../kubernetes/placement';
import { PodPolicy } from '../kubernetes/pod-policy';
import type { ServerContext } from '../kubernetes/server-part';
import { componentLabels } from './database-client';
import type { StorageDatabase } from './storage-database';

/** PostgreSQL, and the instance manager, which the operator and other instances connect to. */
const ports = { database: 5432, status: 8000 } as const;

const clusterName = (name: string): string => `${name}-database`;

/** Labels that the operator sets on all pods of a database, including those that only initialise it. */
const instanceLabels = (name: string): Labels => ({ 'cnpg.io/cluster': clusterName(name) });

/** Address of the primary, and the Secrets with password and CA certificate, which the operator creates. */
export function operatedDatabase(name: string, { database }: CloudNativePostgresqlStorage): StorageDatabase {
  const cluster = clusterName(name);
  return {
    host: `${cluster}-rw`,
    port: ports.database,
    database,
    user: database,
    passwordFile: { secret: `${cluster}-app`, key: 'pgpass' },
    authority: { secret: `${cluster}-ca`, key: 'ca.crt' },
    peers: [{ pods: instanceLabels(name) }],
  };
}

export interface CloudNativePostgresqlProps {
  readonly context: ServerContext;
  readonly storage: CloudNativePostgresqlStorage;
  readonly maxConnections: number;
}

/**
 * A PostgreSQL that the operator CloudNativePG runs in the servers' namespace, on the same nodes. Replication is synchronous: a standby that
 * took over without the last writes would restore deleted secrets and lose new ones.
 *
 * @see https://cloudnative-pg.io/documentation/current/cloudnative-pg.v1/
 */
export class CloudNativePostgresql extends Construct {
  /** The object, which may be omitted; see {@link CustomObject}. */
  public readonly resource: ITerraformDependable & { readonly fqn: string };

  constructor(scope: Construct, id: string, props: CloudNativePostgresqlProps) {
    super(scope, id);
    const { context } = props;
    this.resource = new CustomObject(this, 'Resource', {
      apiVersion: 'postgresql.cnpg.io/v1',
      kind: 'Cluster',
      definition: 'clusters.postgresql.cnpg.io',
      name: clusterName(context.name),
      namespace: context.server.namespace,
      labels: context.labels,
      needs: 'CloudNativePG',
      preventDestroy: true,
      // The operator adds parameters, labels and annotations.
      computedFields: ['metadata.labels', 'metadata.annotations', 'spec.postgresql.parameters'],
      dependsOn: context.dependsOn,
      spec: clusterSpec(props),
    }).manifest;
    this.openPorts(context, props.storage);
  }

  private openPorts(context: ServerContext, { operatorNamespace }: CloudNativePostgresqlStorage): void {
    const { apiServer } = context.server;
    const instances = { peers: [{ pods: instanceLabels(context.name) }], ports: [ports.database, ports.status] };
    const operator = { 'kubernetes.io/metadata.name': operatorNamespace };
    const clients = ['server', 'tables', 'backup'].map((component) => ({ pods: componentLabels(context, component) }));
    new PodPolicy(this, 'policy', {
      context,
      purpose: 'database',
      pods: instanceLabels(context.name),
      ingress: [
        { peers: clients, ports: [ports.database] },
        instances,
        { peers: [{ namespaces: operator }], ports: [ports.database, ports.status] },
      ],
      egress: [instances, { peers: apiServer.peers, ports: [apiServer.port] }],
    });
  }
}

function clusterSpec({ context, storage, maxConnections }: CloudNativePostgresqlProps): Record<string, unknown> {
  const { placement, imagePullSecrets } = context.server;
  const { instances, image, size, storageClass, database, resources } = storage;
  const { cpuRequest, cpuLimit, memoryRequest, memoryLimit } = resources;
  return {
    instances,
    ...(image !== undefined && { imageName: image }),
    ...(imagePullSecrets.length > 0 && { imagePullSecrets: imagePullSecrets.map((name) => ({ name })) }),
    storage: { size, ...(storageClass !== undefined && { storageClass }) },
    bootstrap: { initdb: { database, owner: database, dataChecksums: true } },
    postgresql: {
      parameters: { max_connections: String(maxConnections) },
      ...(instances > 1 && { synchronous: { method: 'any', number: 1 } }),
    },
    resources: {
      requests: { cpu: cpuRequest, memory: memoryRequest },
      limits: { memory: memoryLimit, ...(cpuLimit !== undefined && { cpu: cpuLimit }) },
    },
    affinity: {
      enablePodAntiAffinity: true,
      topologyKey: 'kubernetes.io/hostname',
      podAntiAffinityType: placement.separateNodes,
      ...(Object.keys(placement.nodeSelector).length > 0 && { nodeSelector: placement.nodeSelector }),
      ...(placement.tolerations.length > 0 && { tolerations: placement.tolerations.map(toleration) }),
    },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'topology.kubernetes.io/zone',
        whenUnsatisfiable: placement.separateZones === 'required' ? 'DoNotSchedule' : 'ScheduleAnyway',
        labelSelector: { matchLabels: instanceLabels(context.name) },
      },
    ],
  };
}
