import { environmentBlocks, mountBlocks } from '../kubernetes/render';
import type { MountedVolume, ServerContext } from '../kubernetes/server-part';
import { databaseClient, type DatabaseClient } from '../storage/database-client';
import type { StorageDatabase } from '../storage/storage-database';
import { dumpMount, type Step } from './step';

/** Key of the certificate in its ConfigMap. */
export const recipientKey = 'recipient.crt';

/** Dumps the whole database. @param configMap ConfigMap with the certificate of the recipient */
export function dump(context: ServerContext, database: StorageDatabase, configMap: string): Step {
  const recipient: MountedVolume = { name: 'recipient', mountPath: '/recipient', source: { configMap } };
  const client = databaseClient(context, database);
  const volumes = [...client.volumes, recipient];
  return {
    volumes,
    container: {
      name: 'dump',
      image: context.server.storage.clientImage,
      command: ['bash', '-euc', script(client, `${recipient.mountPath}/${recipientKey}`)],
      env: environmentBlocks(client.environment),
      volumeMount: [...mountBlocks(volumes), { ...dumpMount, readOnly: false }],
    },
  };
}

/**
 * Encrypts the dump before it is written to a disk, into files that are named after its start time. The dump is split into parts, because
 * OpenSSL decrypts a file in memory and none above 2 GiB. If one of the programs fails, the script fails.
 */
const script = ({ prepare }: DatabaseClient, recipient: string): string => `${prepare}
set -o pipefail
began=$(date --utc +%Y-%m-%dT%H-%M-%SZ)
pg_dump --no-password --format=custom |
  split --bytes=256M --numeric-suffixes --suffix-length=4 --additional-suffix=.cms \\
    --filter='openssl cms -encrypt -binary -stream -aes-256-gcm -outform DER -out "$FILE" ${recipient}' \\
    - "${dumpMount.mountPath}/$began.dump."
ls -l ${dumpMount.mountPath}
`;
