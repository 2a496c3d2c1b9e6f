import type { z } from 'zod';

import { bucketRule } from '../rules/address';
import { roleArnRule } from '../rules/arn';
import { storageRegionRule } from '../rules/cloud';
import { cronRule, timeZoneRule } from '../rules/cron';
import { durationRule } from '../rules/duration';
import { imageRule, objectNameRule } from '../rules/kubernetes';
import { certificateRule } from '../rules/pem';
import { urlRule } from '../rules/url';
import { prefixRule } from '../rules/words';
import { labels, peers, secretEntry, somePeers } from './kubernetes-parts';
import { oneIdentity } from './kubernetes-seal';
import { oneOf } from './one-of';
import { flag, map, text, wholeNumber, word } from './parts';

const certManager = map({
  issuer: map({
    name: text(objectNameRule).describe('Name of the issuer.'),
    kind: word(['Issuer', 'ClusterIssuer']).optional().describe('Its kind. Default ClusterIssuer.'),
    group: text(objectNameRule).optional().describe('Its API group. Default cert-manager.io.'),
  }).describe('Who signs.'),
  duration: text(durationRule(3650, '1h')).optional().describe('How long a certificate is good for. Default 90d.'),
  renewBefore: text(durationRule(3650, '5m'))
    .optional()
    .describe('How long before its end it is renewed. Default 30d, or a third of a shorter duration.'),
});

/** Where the servers’ own certificate comes from. */
export const certificateSchema = oneOf(['selfSigned'], {
  secret: text(objectNameRule).describe(
    'Name of a Secret of the type kubernetes.io/tls that somebody else keeps fresh, in the servers’ namespace. With monitoring it has to hold ca.crt too: Prometheus verifies the servers by it.',
  ),
  certManager: certManager.describe('A Certificate of cert-manager.'),
});

const file = map({
  rotateMebibytes: wholeNumber(1, 10_240).optional().describe('Size of a file, in MiB. Default 100.'),
  keep: wholeNumber(1, 100).optional().describe('Files kept beside the one that is written. Default 5.'),
});

/** Where the audit log goes. */
export const auditSchema = oneOf(['stdout'], {
  file: file.describe(
    'Files of each pod, set aside by size. They are gone with the pod: a collector has to read them.',
  ),
});

export const monitoringSchema = map({
  from: peers().optional().describe('Who reads the metrics. Default: the namespace monitoring.'),
  labels: labels()
    .optional()
    .describe(
      'Labels by which the Prometheus operator finds its objects, such as {release: prometheus}. Default: none.',
    ),
  serviceMonitor: flag().optional().describe('Whether there is a ServiceMonitor. Default true.'),
  rules: flag().optional().describe('Whether there are alerts, as a PrometheusRule. Default true.'),
  dashboardLabels: labels()
    .optional()
    .describe("Labels by which Grafana finds the dashboard, such as {grafana_dashboard: '1'}. Default: no dashboard."),
});

export const backupSchema = map({
  schedule: text(cronRule).optional().describe("When, as cron has it. Default '30 2 * * *', every night."),
  timeZone: text(timeZoneRule).optional().describe('Time zone of the schedule. Default Etc/UTC.'),
  bucket: text(bucketRule).describe('Bucket of S3 or compatible storage.'),
  prefix: text(prefixRule).optional().describe('Begins the names of objects. Default: the cluster’s name.'),
  region: text(storageRegionRule).describe('Region of the bucket.'),
  endpoint: text(urlRule).optional().describe('URL of S3-compatible storage. Default: AWS’s own.'),
  authority: secretEntry('ca.crt')
    .optional()
    .describe('Where the certificate in PEM of the CA of the storage is. Default: what the image trusts.'),
  recipient: text(certificateRule).describe(
    'Certificate in PEM that dumps are encrypted to. Its key alone can read them: keep it outside of Kubernetes.',
  ),
  credentials: text(objectNameRule)
    .optional()
    .describe('Secret with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. Default: the pod’s role.'),
  roleArn: text(roleArnRule)
    .optional()
    .describe('ARN of the role that the backup’s ServiceAccount assumes. Default: none.'),
  uploadImage: text(imageRule).optional().describe('Image with rclone. Default rclone/rclone:1.71.'),
  egress: somePeers()
    .optional()
    .describe('Where the storage is, for the NetworkPolicy. Default: anywhere, on its port.'),
}).superRefine(oneIdentity('credentials', 'roleArn'));

export type CertificateSourceFile = z.output<typeof certificateSchema>;
export type AuditFile = z.output<typeof auditSchema>;
export type MonitoringFile = z.output<typeof monitoringSchema>;
export type BackupFile = z.output<typeof backupSchema>;
