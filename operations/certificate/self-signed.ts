import { X509Certificate } from 'node:crypto';
import { rmSync } from 'node:fs';

import { certificateFile, keyFile, prepareCertificates } from '../../files/certificates';
import { readIfThere } from '../../files/private-files';
import type { KubernetesServer } from '../../model/cluster/kubernetes/server';
import { PlatformError } from '../../model/errors';
import { serverName } from '../../model/names';
import { certificateSecret, certificateNames, serverLabels } from '../../model/server-names';
import type { NamedServers } from '../../model/server-names';
import type { Kubectl, KubernetesObject } from '../kubernetes/kubectl';
import { KubernetesRefusal } from '../kubernetes/refusal';

type Servers = NamedServers['cluster'] & { readonly server: KubernetesServer };

export interface RenewCertificateOptions {
  readonly cluster: Servers;
  readonly kubectl: Pick<Kubectl, 'apply' | 'find'>;
  /** Private folder with the authority of this cluster, which also signs the next certificate. */
  readonly folder: string;
  /** Whether a new authority may replace the one that clients trust now. */
  readonly replaceAuthority: boolean;
}

/** Result of a renewal. */
export interface RenewedCertificate {
  /** Certificate of the authority, which clients must trust. */
  readonly authorityFile: string;
  /** Whether the authority is new and must be distributed to clients. */
  readonly newAuthority: boolean;
  readonly secret: string;
  readonly names: readonly string[];
  readonly expires: Date;
}

interface Secret extends KubernetesObject {
  readonly data?: Readonly<Record<string, string>>;
}

/** Base name of the temporary files of the certificate. */
const leaf = 'server';

/**
 * Creates a certificate for the servers of a cluster, and its authority if there is none, and writes it to the Secret that the
 * servers read. Its key is stored only there; this machine keeps only the authority.
 *
 * @throws PlatformError `usage` if the certificate comes from another source, or another authority signed the current one
 */
export async function renewCertificate(options: RenewCertificateOptions): Promise<RenewedCertificate> {
  const { cluster, kubectl, folder } = options;
  requireSelfSigned(cluster);
  const servers = { cluster, server: cluster.server };
  const secret = certificateSecret(servers);
  const authorityFile = certificateFile(folder, 'ca');
  const trusted = decoded((await kubectl.find<Secret>('secrets', secret))?.data?.['ca.crt']);
  if (!options.replaceAuthority) refuseOther(trusted, readIfThere(authorityFile), cluster.name, folder);

  const names = certificateNames(servers);
  removeLeaf(folder);
  try {
    await prepareCertificates(folder, [{ name: leaf, commonName: serverName(cluster), hosts: names, usage: 'server' }]);
    const [certificate = '', key = '', authority = ''] = [
      certificateFile(folder, leaf),
      keyFile(folder, leaf),
      authorityFile,
    ].map(readIfThere);
    await applySecret(kubectl, cluster, {
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'kubernetes.io/tls',
      metadata: {
        name: secret,
        namespace: cluster.server.namespace,
        labels: {
          ...serverLabels(cluster),
          'app.kubernetes.io/managed-by': 'vault-platform',
          'app.kubernetes.io/part-of': 'vault-platform',
        },
      },
      data: { 'tls.crt': encoded(certificate), 'tls.key': encoded(key), 'ca.crt': encoded(authority) },
    });
    const expires = new Date(new X509Certificate(certificate).validTo);
    return { authorityFile, newAuthority: !same(trusted, authority), secret, names, expires };
  } finally {
    removeLeaf(folder);
  }
}

const encoded = (text: string): string => Buffer.from(text).toString('base64');
const decoded = (data: string | undefined): string | undefined =>
  data === undefined ? undefined : Buffer.from(data, 'base64').toString();

const same = (one: string | undefined, other: string | undefined): boolean => one?.trim() === other?.trim();

function removeLeaf(folder: string): void {
  for (const file of [keyFile(folder, leaf), certificateFile(folder, leaf)]) rmSync(file, { force: true });
}

const elsewhere = {
  secret: 'put the new certificate into the Secret that the inventory names; servers reload it themselves',
  certManager: 'cert-manager renews it; to renew it now: cmctl renew',
} as const;

function requireSelfSigned({ name, server: { certificate, namespace } }: Servers): void {
  if (certificate.kind === 'selfSigned') return;
  const which =
    certificate.kind === 'secret' ? `Secret ${namespace}/${certificate.secret}` : `issuer ${certificate.issuer.name}`;
  throw new PlatformError('usage', [
    {
      message: `the certificate of ${name} is not created by this command`,
      given: which,
      allowed: 'a cluster with certificate: selfSigned',
      fix: elsewhere[certificate.kind],
    },
  ]);
}

/** Refuses to replace an authority that clients trust: all of them would refuse the servers at once. */
function refuseOther(trusted: string | undefined, own: string | undefined, cluster: string, folder: string): void {
  if (trusted === undefined || same(trusted, own)) return;
  throw new PlatformError('usage', [
    {
      message: `the certificate of ${cluster} is signed by an authority whose key is not on this machine`,
      given: folder,
      fix: 'run this on the machine that created it, or copy that folder from there; or replace the authority with --new-authority and distribute it to every client',
    },
  ]);
}

async function applySecret(
  kubectl: RenewCertificateOptions['kubectl'],
  { name, server: { namespace } }: Servers,
  secret: object,
): Promise<void> {
  try {
    await kubectl.apply([secret]);
  } catch (error) {
    if (!(error instanceof KubernetesRefusal) || error.reason !== 'NotFound') throw error;
    const fix = `apply the stack ${name}-server first: its servers wait for their certificate`;
    throw new PlatformError('kubernetes', [{ message: 'the namespace does not exist yet', given: namespace, fix }]);
  }
}
