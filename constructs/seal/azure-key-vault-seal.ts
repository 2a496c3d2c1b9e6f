import type { IServerPart, ServerPart } from '../kubernetes/server-part';
import { metadataAddress, sealEgress, variablesOf, type SealOf } from './seal-part';

/**
 * A key of Azure Key Vault. The identity needs `get`, `wrapKey` and `unwrapKey` on it.
 * @see https://developer.hashicorp.com/vault/docs/configuration/seal/azurekeyvault
 */
export const azureKeyVaultSeal = (seal: SealOf<'azurekeyvault'>): IServerPart => ({
  bind: (): ServerPart => ({
    configuration: {
      seal: { azurekeyvault: { tenant_id: seal.tenantId, vault_name: seal.vaultName, key_name: seal.keyName } },
    },
    environment: variablesOf(seal.credentials, ['AZURE_CLIENT_ID', 'AZURE_CLIENT_SECRET']),
    egress: [
      ...sealEgress(seal.egress),
      // Without other credentials: the identity of the node.
      ...(seal.credentials === undefined && seal.clientId === undefined
        ? [{ purpose: 'metadata', peers: [{ cidr: metadataAddress }], port: 80 }]
        : []),
    ],
    ...(seal.clientId !== undefined && {
      serviceAccountAnnotations: { 'azure.workload.identity/client-id': seal.clientId },
      podLabels: { 'azure.workload.identity/use': 'true' },
    }),
  }),
});
