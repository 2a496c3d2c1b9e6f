import { ConfigMapV1 } from '@cdktf/provider-kubernetes/lib/config-map-v1';
import { CronJobV1 } from '@cdktf/provider-kubernetes/lib/cron-job-v1';
import { ServiceAccountV1 } from '@cdktf/provider-kubernetes/lib/service-account-v1';
import { Construct } from 'constructs';

import type { Backup } from '../../model/cluster/kubernetes/backup';
import { jobPod } from '../kubernetes/job-pod';
import { PodPolicy } from '../kubernetes/pod-policy';
import { resourceBlock, volumeBlocks } from '../kubernetes/render';
import { containerSecurity } from '../kubernetes/security';
import type { ServerContext } from '../kubernetes/server-part';
import { componentLabels } from '../storage/database-client';
import { storageDatabase } from '../storage/server-storage';
import { dump, recipientKey } from './dump';
import { dumpMount } from './step';
import { storagePort, upload } from './upload';

export interface DatabaseBackupProps {
  readonly context: ServerContext;
  readonly backup: Backup;
}

const hour = 60 * 60;
const resources = { cpuRequest: '100m', memoryRequest: '128Mi', memoryLimit: '512Mi' };

/**
 * A CronJob that dumps the servers' database, encrypts the dump for a certificate whose private key is not in Kubernetes, and uploads it to
 * S3-compatible storage as `<prefix>/<time>.dump.<part>.cms`. The servers encrypt the content of the database too: a dump is useless
 * without their unseal keys or seal.
 */
export class DatabaseBackup extends Construct {
  public readonly resource: CronJobV1;

  constructor(scope: Construct, id: string, { context, backup }: DatabaseBackupProps) {
    super(scope, id);
    const { name, server, labels, dependsOn } = context;
    const { roleArn } = backup;
    const database = storageDatabase(name, server.storage);
    const podLabels = componentLabels(context, 'backup');
    const metadata = { name: `${name}-backup`, namespace: server.namespace, labels: { ...labels } };
    const account = new ServiceAccountV1(this, 'account', {
      metadata: {
        ...metadata,
        ...(roleArn !== undefined && { annotations: { 'eks.amazonaws.com/role-arn': roleArn } }),
      },
      automountServiceAccountToken: false,
      dependsOn,
    });
    const recipient = new ConfigMapV1(this, 'recipient', {
      metadata,
      data: { [recipientKey]: backup.recipient },
      dependsOn,
    });
    new PodPolicy(this, 'policy', {
      context,
      purpose: 'backup',
      pods: podLabels,
      egress: [
        { peers: database.peers, ports: [database.port] },
        { peers: backup.egress, ports: [storagePort(backup)] },
      ],
    });

    const steps = [dump(context, database, metadata.name), upload(backup)];
    const [dumps, uploads] = steps.map(({ container }) => ({
      ...container,
      imagePullPolicy: 'IfNotPresent',
      resources: resourceBlock(resources),
      securityContext: containerSecurity,
    }));
    this.resource = new CronJobV1(this, 'Resource', {
      metadata,
      spec: {
        schedule: backup.schedule,
        timezone: backup.timeZone,
        concurrencyPolicy: 'Forbid',
        // A backup that could not start on time may start up to an hour later.
        startingDeadlineSeconds: hour,
        successfulJobsHistoryLimit: 3,
        failedJobsHistoryLimit: 3,
        jobTemplate: {
          metadata: { labels: { ...labels } },
          spec: {
            // Each attempt is a new pod with a new volume, so parts of a failed dump are never uploaded.
            backoffLimit: 2,
            activeDeadlineSeconds: 6 * hour,
            template: {
              metadata: { labels: { ...labels, ...podLabels } },
              spec: {
                ...jobPod(context),
                serviceAccountName: metadata.name,
                initContainer: [dumps!],
                container: [uploads!],
                // Without a size limit: the database grows, and a limit would stop backups when it is exceeded.
                volume: [
                  ...volumeBlocks(steps.flatMap(({ volumes }) => volumes)),
                  { name: dumpMount.name, emptyDir: {} },
                ],
              },
            },
          },
        },
      },
      dependsOn: [...dependsOn, account, recipient],
    });
  }
}
