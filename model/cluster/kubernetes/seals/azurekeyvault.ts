import { map } from '../../../language/map';
import { azureIdRule, azureKeyRule, azureVaultRule } from '../../../language/rules/cloud';
import { objectNameRule } from '../../../language/rules/kubernetes';
import { optional, text } from '../../../language/values';
import { oneIdentity } from '../parts';
import { sealEgress } from './egress';

export const azurekeyvault = map(
  {
    tenantId: text(azureIdRule).describe('ID of the Entra ID tenant.'),
    vaultName: text(azureVaultRule).describe('Name of the key vault.'),
    keyName: text(azureKeyRule).describe('Name of the key.'),
    credentials: optional(text(objectNameRule)).describe(
      'Secret with AZURE_CLIENT_ID and AZURE_CLIENT_SECRET. Default: the identity of the pod.',
    ),
    clientId: optional(text(azureIdRule)).describe('Client ID of the workload identity. Default: none.'),
    egress: sealEgress(),
  },
  oneIdentity('credentials', 'clientId'),
).describe('A key of Azure Key Vault. Requires `dialect: vault`.');
