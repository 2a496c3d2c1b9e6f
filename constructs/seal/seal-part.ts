import type { NetworkPeer } from '../../model/cluster/kubernetes/parts';
import type { ServerSeal } from '../../model/cluster/kubernetes/seal';
import type { Egress, EnvironmentVariable } from '../kubernetes/server-part';

/** A seal of one kind. */
export type SealOf<Kind extends ServerSeal['kind']> = Extract<ServerSeal, { kind: Kind }>;

/** Connections to the service with the key. */
export const sealEgress = (peers: readonly NetworkPeer[], port = 443): Egress[] => [{ purpose: 'seal', peers, port }];

/** Environment variables from the entries of a Secret with the same names. */
export const variablesOf = (secret: string | undefined, names: readonly string[]): EnvironmentVariable[] =>
  secret === undefined ? [] : names.map((key) => ({ name: key, from: { secret, key } }));

/** Metadata service of the clouds, which issues credentials to pods. */
export const metadataAddress = '169.254.169.254/32';
