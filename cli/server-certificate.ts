import path from 'node:path';

import pc from 'picocolors';

import { asPlatformErrors } from '../files/private-files';
import { readInventory } from '../model/read';
import { renewCertificate } from '../operations/certificate/self-signed';
import type { Context } from './context';
import { deployedCluster, kubectlOf } from './deployed-cluster';
import { columns } from './table';

export interface ServerCertificateOptions {
  /** Whether a new authority may replace the one that clients trust now. */
  readonly newAuthority: boolean;
}

/** `platform server certificate <cluster>`: creates or renews the certificate of servers with `certificate: selfSigned`. */
export async function serverCertificate(
  context: Context,
  name: string,
  { newAuthority }: ServerCertificateOptions,
): Promise<void> {
  const cluster = deployedCluster(readInventory(context.inventoryDirectory), name);
  const folder = authorityFolder(context, name);
  const kubectl = kubectlOf(context, cluster);
  const renewed = await asPlatformErrors(folder, () =>
    renewCertificate({ cluster, kubectl, folder, replaceAuthority: newAuthority }),
  );
  const lines = [
    ['certificate', `Secret ${cluster.server.namespace}/${renewed.secret}`],
    ['expires', renewed.expires.toISOString().slice(0, 10)],
    ['authority', renewed.authorityFile],
  ];
  process.stdout.write(`${columns(lines.map(([label = '', text = '']) => [pc.dim(label), text]))}\n\n`);
  process.stdout.write(
    renewed.newAuthority
      ? 'The authority is new: give its certificate to every client. Keep its folder: its key signs the next certificate.\n'
      : 'Running servers load it within two minutes. Clients need no change.\n',
  );
}

/** Next to the embedded clusters, whose folder names end with a dialect. */
const authorityFolder = ({ home }: Context, cluster: string): string => path.join(home, 'authorities', cluster);
