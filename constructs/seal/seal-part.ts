import type { NetworkPeer } from '../../model/cluster/kubernetes/parts';
import type { ServerSeal } from '../../model/cluster/kubernetes/seal';
import type { Egress, EnvironmentVariable } from '../kubernetes/server-part';

/** A seal of one kind. */
export type SealOf<Kind extends ServerSeal['kind']> = Extract<ServerSeal, { kind: Kind }>;

/** Connections to where the key is. */
export const sealEgress = (peers: readonly NetworkPeer[], port = 443): Egress[] => [{ purpose: 'seal', peers, port }];

/** Entries of a Secret as variables of the same names. */
export const variablesOf = (secret: string | undefined, names: readonly string[]): EnvironmentVariable[] =>
  secret === undefined ? [] : names.map((key) => ({ name: key, from: { secret, key } }));

/** Where pods get their identity from, in every cloud that has one. */
export const metadataAddress = '169.254.169.254/32';
