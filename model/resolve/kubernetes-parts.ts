import type { Labels, NetworkPeer, PodResources, SecretEntry } from '../inventory';
import { quantity } from '../rules/kubernetes';
import type { PeerFile, ResourcesFile, SecretEntryFile } from '../schema/kubernetes-parts';
import { defined } from './defined';

/** Every address there is, of both families. */
export const anywhere: readonly NetworkPeer[] = [{ cidr: '0.0.0.0/0' }, { cidr: '::/0' }];

/** All pods of a namespace, by the label that Kubernetes gives each. */
export const inNamespace = (name: string): NetworkPeer[] => [{ namespaces: { 'kubernetes.io/metadata.name': name } }];

export const resolvePeers = (files: readonly PeerFile[]): NetworkPeer[] =>
  files.map(({ cidr, namespaces, pods }) =>
    cidr === undefined
      ? defined<{ namespaces: Labels | undefined; pods: Labels | undefined }>({ namespaces, pods })
      : { cidr },
  );

/** Peers, or some that a file need not name. */
export const peersOr = (
  files: readonly PeerFile[] | undefined,
  others: readonly NetworkPeer[],
): readonly NetworkPeer[] => (files === undefined ? others : resolvePeers(files));

export const secretEntry = ({ secret, key }: SecretEntryFile, defaultKey: string): SecretEntry => ({
  secret,
  key: key ?? defaultKey,
});

/** @param defaults what is reserved, and the least limit */
export function resolveResources(
  file: ResourcesFile | undefined,
  defaults: { readonly cpuRequest: string; readonly memoryRequest: string; readonly memoryLimit: string },
): PodResources {
  const { cpuRequest = defaults.cpuRequest, memoryRequest = defaults.memoryRequest, cpuLimit } = file ?? {};
  const least = quantity(memoryRequest) > quantity(defaults.memoryLimit) ? memoryRequest : defaults.memoryLimit;
  return defined({ cpuRequest, cpuLimit, memoryRequest, memoryLimit: file?.memoryLimit ?? least });
}
