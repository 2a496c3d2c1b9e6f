import { bucketRule, storageRegionRule } from '../../language/rules/address';
import { roleArnRule } from '../../language/rules/arn';
import { cronRule, timeZoneRule } from '../../language/rules/cron';
import { imageRule, objectNameRule } from '../../language/rules/kubernetes';
import { certificateRule } from '../../language/rules/pem';
import { urlRule } from '../../language/rules/url';
import { prefixRule } from '../../language/rules/words';
import { map, optional, text, type Filled, type Output } from '../../language/schema';
import { defaultUploadImage } from './images';
import { authority, egress, oneIdentity } from './parts';

export const backup = map(
  {
    schedule: optional(text(cronRule), '30 2 * * *').describe('Schedule in cron format.'),
    timeZone: optional(text(timeZoneRule), 'Etc/UTC').describe('Time zone of the schedule.'),
    bucket: text(bucketRule).describe('Bucket of S3 or compatible storage.'),
    prefix: optional(text(prefixRule)).describe('Prefix of object names. Default: the name of the cluster.'),
    region: text(storageRegionRule).describe('Region of the bucket.'),
    endpoint: optional(text(urlRule)).describe('URL of S3-compatible storage. Default: the endpoint of AWS.'),
    authority: authority('the storage'),
    recipient: text(certificateRule).describe(
      'Certificate in PEM that dumps are encrypted to. Only its private key can decrypt them: keep that outside of Kubernetes.',
    ),
    credentials: optional(text(objectNameRule)).describe(
      'Secret with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. Default: the role of the pod.',
    ),
    roleArn: optional(text(roleArnRule)).describe(
      'ARN of the role that the backup’s ServiceAccount assumes. Default: none.',
    ),
    uploadImage: optional(text(imageRule), defaultUploadImage).describe('Image with rclone.'),
    egress: egress.describe('Addresses of the storage, for the NetworkPolicy.'),
  },
  oneIdentity('credentials', 'roleArn'),
);

/** A dump of the database, encrypted to a certificate before it leaves the pod. */
export type Backup = Filled<Output<typeof backup>, 'prefix'>;
