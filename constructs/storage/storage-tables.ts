import { createHash } from 'node:crypto';

import { ConfigMapV1 } from '@cdktf/provider-kubernetes/lib/config-map-v1';
import { JobV1 } from '@cdktf/provider-kubernetes/lib/job-v1';
import { Construct } from 'constructs';

import { jobPod } from '../kubernetes/job-pod';
import { PodPolicy } from '../kubernetes/pod-policy';
import { environmentBlocks, mountBlocks, resourceBlock, volumeBlocks } from '../kubernetes/render';
import { containerSecurity } from '../kubernetes/security';
import type { MountedVolume, ServerContext } from '../kubernetes/server-part';
import { storageTableStatements } from '../server/storage-tables';
import { componentLabels, databaseClient } from './database-client';
import type { StorageDatabase } from './storage-database';

export interface StorageTablesProps {
  readonly context: ServerContext;
  readonly database: StorageDatabase;
  /** Time limit for the database to start and accept the connection. @default 600 */
  readonly deadlineSeconds?: number;
}

const statementsFolder = '/statements';
const resources = { cpuRequest: '50m', memoryRequest: '64Mi', memoryLimit: '128Mi' };

/**
 * A Job that creates the tables for servers that do not create them. Terraform waits for it. It runs once and does not change existing
 * tables. Changed statements or another database result in another Job.
 */
export class StorageTables extends Construct {
  public readonly resource: JobV1;

  constructor(scope: Construct, id: string, props: StorageTablesProps) {
    super(scope, id);
    const { context, database, deadlineSeconds = 600 } = props;
    const { name, server, labels, cluster } = context;
    const { namespace } = server;
    const statements = storageTableStatements(cluster.dialect).map((statement) => `${statement};\n`);
    const podLabels = componentLabels(context, 'tables');
    const configMap = new ConfigMapV1(this, 'statements', {
      metadata: { name: `${name}-tables`, namespace, labels: { ...labels } },
      data: { 'tables.sql': statements.join('') },
      dependsOn: context.dependsOn,
    });
    new PodPolicy(this, 'policy', {
      context,
      purpose: 'tables',
      pods: podLabels,
      egress: [{ peers: database.peers, ports: [database.port] }],
    });

    const client = databaseClient(context, database);
    const volumes: MountedVolume[] = [
      ...client.volumes,
      { name: 'statements', mountPath: statementsFolder, source: { configMap: `${name}-tables` } },
    ];
    const address = [database.host, database.port, database.database, database.user];
    const content = createHash('sha256')
      .update(JSON.stringify([statements, address]))
      .digest('hex');
    this.resource = new JobV1(this, 'Resource', {
      metadata: { name: `${name}-tables-${content.slice(0, 8)}`, namespace, labels: { ...labels } },
      spec: {
        // For failures of a pod. Within a pod, the script waits for the database.
        backoffLimit: 2,
        activeDeadlineSeconds: deadlineSeconds,
        template: {
          metadata: { labels: { ...labels, ...podLabels } },
          spec: {
            ...jobPod(context),
            // The script needs no time to shut down.
            terminationGracePeriodSeconds: 1,
            container: [
              {
                name: 'psql',
                image: server.storage.clientImage,
                imagePullPolicy: 'IfNotPresent',
                command: ['sh', '-euc', script(client.prepare)],
                env: environmentBlocks(client.environment),
                volumeMount: mountBlocks(volumes),
                resources: resourceBlock(resources),
                securityContext: containerSecurity,
              },
            ],
            volume: volumeBlocks(volumes),
          },
        },
      },
      waitForCompletion: true,
      timeouts: { create: `${deadlineSeconds + 60}s` },
      dependsOn: [...context.dependsOn, configMap],
    });
  }
}

/** Retries while psql exits with 2, which means that it cannot connect. All other errors are final. */
const script = (prepare: string): string => `${prepare}
while :; do
  status=0
  psql --no-psqlrc --no-password --quiet --set=ON_ERROR_STOP=1 --single-transaction \\
    --file=${statementsFolder}/tables.sql || status=$?
  [ "$status" -eq 2 ] || exit "$status"
  sleep 3
done
`;
