import type { Backup } from '../../model/cluster/kubernetes/backup';
import { environmentBlocks, mountBlocks } from '../kubernetes/render';
import type { EnvironmentVariable, MountedVolume } from '../kubernetes/server-part';
import { dumpMount, type Step } from './step';

/** Uploads dumps to S3-compatible storage. @see https://rclone.org/s3/ */
export function upload(backup: Backup): Step {
  const { bucket, prefix, authority } = backup;
  const volumes: MountedVolume[] =
    authority === undefined
      ? []
      : [
          {
            name: 'authority',
            mountPath: '/authority',
            source: { secret: authority.secret, items: { [authority.key]: 'ca.crt' } },
          },
        ];
  return {
    volumes,
    container: {
      name: 'upload',
      image: backup.uploadImage,
      // rclone verifies size and checksum of each upload. It lists and reads nothing else.
      command: [
        ...['rclone', 'copy', '--config=', '--no-check-dest', '--verbose', '--stats=0'],
        // The trailing slash marks a folder. Without it, rclone would request the object.
        ...[dumpMount.mountPath, `:s3:${bucket}/${prefix === '' ? '' : `${prefix}/`}`],
      ],
      env: environmentBlocks(environment(backup)),
      volumeMount: [...mountBlocks(volumes), { ...dumpMount, readOnly: true }],
    },
  };
}

function environment({ region, endpoint, authority, credentials }: Backup): EnvironmentVariable[] {
  const values = {
    RCLONE_S3_PROVIDER: endpoint === undefined ? 'AWS' : 'Other',
    RCLONE_S3_REGION: region,
    ...(endpoint !== undefined && { RCLONE_S3_ENDPOINT: endpoint }),
    ...(authority !== undefined && { RCLONE_CA_CERT: '/authority/ca.crt' }),
    // Access key from the environment, or the role of the pod.
    RCLONE_S3_ENV_AUTH: 'true',
    RCLONE_S3_NO_CHECK_BUCKET: 'true',
  };
  const keys = credentials === undefined ? [] : ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];
  return [
    ...Object.entries(values).map(([name, value]) => ({ name, from: { value } })),
    ...keys.map((key) => ({ name: key, from: { secret: credentials ?? '', key } })),
  ];
}

/** Port of the storage, for the NetworkPolicy. */
export const storagePort = ({ endpoint }: Pick<Backup, 'endpoint'>): number =>
  Number(endpoint === undefined ? 443 : new URL(endpoint).port || 443);
