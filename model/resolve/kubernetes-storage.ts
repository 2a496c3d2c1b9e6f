import type { NetworkPeer, ServerCertificate, ServerSeal, ServerStorage } from '../inventory';
import type { CertificateSourceFile } from '../schema/kubernetes-operations';
import type { SealFile } from '../schema/kubernetes-seal';
import type { StorageFile } from '../schema/kubernetes-storage';
import { defined } from './defined';
import { anywhere, peersOr, resolveResources, secretEntry } from './kubernetes-parts';
import { hour, optionalSeconds, seconds } from './seconds';

const clientImage = 'postgres:18';

/** @param program name of the database and its account where the file says none */
export function resolveStorage(file: StorageFile, program: string): ServerStorage {
  const settings = 'postgresql' in file ? file.postgresql : file.cloudNativePg;
  const shared = {
    database: settings.database ?? program,
    connections: defined(settings.connections ?? {}),
    clientImage: settings.clientImage ?? clientImage,
  };
  if ('postgresql' in file) {
    const { host, port = 5432, user = program, passwordFile, authority, peers } = file.postgresql;
    return {
      kind: 'postgresql',
      host,
      port,
      user,
      passwordFile: secretEntry(passwordFile, 'pgpass'),
      ...(authority !== undefined && { authority: secretEntry(authority, 'ca.crt') }),
      peers: peersOr(peers, anywhere),
      ...shared,
    };
  }
  const { instances = 3, size = '10Gi', storageClass, image, resources, operatorNamespace } = file.cloudNativePg;
  return {
    kind: 'cloudNativePg',
    instances,
    size,
    ...defined({ storageClass, image }),
    // Reserved as a whole: a database that is killed for memory takes the servers with it.
    resources: resolveResources(resources, { cpuRequest: '500m', memoryRequest: '1Gi', memoryLimit: '1Gi' }),
    operatorNamespace: operatorNamespace ?? 'cnpg-system',
    ...shared,
  };
}

export function resolveSeal(file: SealFile): ServerSeal {
  if (file === 'shamir') return { kind: 'shamir' };
  if ('awskms' in file) return { kind: 'awskms', ...withEgress(file.awskms) };
  if ('gcpckms' in file) return { kind: 'gcpckms', ...withEgress(file.gcpckms) };
  if ('azurekeyvault' in file) return { kind: 'azurekeyvault', ...withEgress(file.azurekeyvault) };
  const { mountPath = 'transit', token, authority, ...transit } = file.transit;
  return {
    kind: 'transit',
    mountPath,
    token: secretEntry(token, 'token'),
    ...(authority !== undefined && { authority: secretEntry(authority, 'ca.crt') }),
    ...withEgress(transit),
  };
}

const withEgress = <Settings extends { readonly egress?: Parameters<typeof peersOr>[0] }>({
  egress,
  ...settings
}: Settings): ReturnType<typeof defined<Omit<Settings, 'egress'>>> & { readonly egress: readonly NetworkPeer[] } => ({
  ...defined(settings),
  egress: peersOr(egress, anywhere),
});

export function resolveCertificate(file: CertificateSourceFile): ServerCertificate {
  if (file === 'selfSigned') return { kind: 'selfSigned' };
  if ('secret' in file) return { kind: 'secret', secret: file.secret };
  const { issuer } = file.certManager;
  const duration = seconds(file.certManager.duration ?? '90d');
  const third = Math.floor(duration / 3 / 60) * 60;
  const renewBefore = optionalSeconds(file.certManager.renewBefore) ?? Math.min(30 * 24 * hour, third);
  return {
    kind: 'certManager',
    issuer: { name: issuer.name, kind: issuer.kind ?? 'ClusterIssuer', group: issuer.group ?? 'cert-manager.io' },
    duration: goDuration(duration),
    renewBefore: goDuration(renewBefore),
  };
}

/** As cert-manager has it, which knows no days. */
function goDuration(length: number): string {
  if (length % hour === 0) return `${length / hour}h`;
  return length % 60 === 0 ? `${length / 60}m` : `${length}s`;
}

const unitSeconds: Readonly<Record<string, number>> = { h: hour, m: 60, s: 1 };

/** Seconds of what {@link resolveCertificate} gives. */
export const goSeconds = (duration: string): number =>
  parseInt(duration, 10) * (unitSeconds[duration.slice(-1)] ?? NaN);
