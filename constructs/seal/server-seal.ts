import type { ServerSeal } from '../../model/cluster/kubernetes/seal';
import type { IServerPart } from '../kubernetes/server-part';
import { awsKmsSeal } from './aws-kms-seal';
import { azureKeyVaultSeal } from './azure-key-vault-seal';
import { googleKmsSeal } from './google-kms-seal';
import { transitSeal } from './transit-seal';

/**
 * What protects the key that everything is encrypted by. With every kind but `shamir` servers unseal themselves, with
 * credentials from a Secret or from the pod's identity in its cloud; the configuration holds none.
 */
export function serverSeal(seal: ServerSeal): IServerPart {
  switch (seal.kind) {
    case 'shamir':
      // The shares are with people, and so is the unsealing.
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
