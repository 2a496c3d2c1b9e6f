import type { IServerPart } from '../kubernetes/server-part';
import { metadataAddress, sealEgress, type SealOf } from './seal-part';

/** Addresses of GKE's metadata server for NetworkPolicies. Which one applies depends on the cluster's data plane. */
const metadataServers = [
  { purpose: 'metadata', peers: [{ cidr: metadataAddress }], port: 80 },
  { purpose: 'metadata-of-node', peers: [{ cidr: '169.254.169.252/32' }], port: 988 },
];

/**
 * A key of Google Cloud KMS. There is no credential: with Workload Identity, the pod's ServiceAccount acts as a Google service account, which
 * needs `roles/cloudkms.cryptoKeyEncrypterDecrypter` and `roles/cloudkms.viewer` on the key.
 * @see https://developer.hashicorp.com/vault/docs/configuration/seal/gcpckms
 */
export const googleKmsSeal = (seal: SealOf<'gcpckms'>): IServerPart => ({
  bind: () => ({
    configuration: {
      seal: {
        gcpckms: { project: seal.project, region: seal.region, key_ring: seal.keyRing, crypto_key: seal.cryptoKey },
      },
    },
    egress: [...sealEgress(seal.egress), ...metadataServers],
    ...(seal.serviceAccount !== undefined && {
      serviceAccountAnnotations: { 'iam.gke.io/gcp-service-account': seal.serviceAccount },
    }),
  }),
});
