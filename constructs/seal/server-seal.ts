import type { ServerSeal } from '../../model/cluster/kubernetes/seal';
import type { IServerPart } from '../kubernetes/server-part';
import { awsKmsSeal } from './aws-kms-seal';
import { azureKeyVaultSeal } from './azure-key-vault-seal';
import { googleKmsSeal } from './google-kms-seal';
import { transitSeal } from './transit-seal';

/**
 * The seal, which protects the root key. With every kind except `shamir`, servers unseal themselves, with credentials from a Secret or from
 * the pod's identity in its cloud. The configuration contains no credentials.
 */
export function serverSeal(seal: ServerSeal): IServerPart {
  switch (seal.kind) {
    case 'shamir':
      // Operators have the key shares and unseal the servers.
      return { bind: () => ({}) };
    case 'awskms':
      return awsKmsSeal(seal);
    case 'gcpckms':
      return googleKmsSeal(seal);
    case 'azurekeyvault':
      return azureKeyVaultSeal(seal);
    case 'transit':
      return transitSeal(seal);
  }
}
