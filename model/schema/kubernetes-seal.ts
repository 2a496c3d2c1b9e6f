import type { z } from 'zod';

import { addressRule, regionRule } from '../rules/address';
import { roleArnRule } from '../rules/arn';
import {
  awsKeyRule,
  azureIdRule,
  azureKeyRule,
  azureVaultRule,
  googleAccountRule,
  googleKeyRule,
  googleLocationRule,
  googleProjectRule,
} from '../rules/cloud';
import { objectNameRule } from '../rules/kubernetes';
import { urlRule } from '../rules/url';
import { mountPathRule } from '../rules/words';
import { secretEntry, somePeers } from './kubernetes-parts';
import { oneOf } from './one-of';
import { custom, map, text } from './parts';

const egress = () =>
  somePeers().optional().describe('Where the key’s service is, for the NetworkPolicy. Default: anywhere, on its port.');

/** Refuses two identities where one is used. */
export const oneIdentity =
  (credentials: string, identity: string) =>
  (value: Readonly<Record<string, unknown>>, context: Pick<z.RefinementCtx, 'addIssue'>): void => {
    if (value[credentials] === undefined || value[identity] === undefined) return;
    const fault = {
      message: `\`${credentials}\` and \`${identity}\` are two identities`,
      fix: `keep ${identity}: with it there is no secret that could leak`,
    };
    context.addIssue({ ...custom(fault), message: `${credentials} or ${identity}`, path: [credentials] });
  };

const awskms = map({
  region: text(regionRule).describe('Region of the key.'),
  keyId: text(awsKeyRule).describe('Id, alias or ARN of the key.'),
  endpoint: text(urlRule).optional().describe('URL of KMS. Default: AWS’s own.'),
  credentials: text(objectNameRule)
    .optional()
    .describe('Secret with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. Default: the pod’s role.'),
  roleArn: text(roleArnRule).optional().describe('ARN of the role that the ServiceAccount assumes. Default: none.'),
  egress: egress(),
}).superRefine(oneIdentity('credentials', 'roleArn'));

const gcpckms = map({
  project: text(googleProjectRule).describe('Project of the key.'),
  region: text(googleLocationRule).describe('Location of the key ring.'),
  keyRing: text(googleKeyRule).describe('Name of the key ring.'),
  cryptoKey: text(googleKeyRule).describe('Name of the key.'),
  serviceAccount: text(googleAccountRule)
    .optional()
    .describe('Google service account that the ServiceAccount stands for. Default: none.'),
  egress: egress(),
});

const azurekeyvault = map({
  tenantId: text(azureIdRule).describe('Id of the tenant of Entra ID.'),
  vaultName: text(azureVaultRule).describe('Name of the key vault.'),
  keyName: text(azureKeyRule).describe('Name of the key.'),
  credentials: text(objectNameRule)
    .optional()
    .describe('Secret with AZURE_CLIENT_ID and AZURE_CLIENT_SECRET. Default: the pod’s identity.'),
  clientId: text(azureIdRule).optional().describe('Client of the workload identity. Default: none.'),
  egress: egress(),
}).superRefine(oneIdentity('credentials', 'clientId'));

const transit = map({
  address: text(addressRule).describe('URL of the other server.'),
  mountPath: text(mountPathRule).optional().describe('Where its transit engine is mounted. Default transit.'),
  keyName: text(azureKeyRule).describe('Name of the key.'),
  token: secretEntry('token').describe('Where the token is that may encrypt and decrypt with the key.'),
  authority: secretEntry('ca.crt')
    .optional()
    .describe(
      'Where the certificate in PEM of the CA is that the other server is trusted by. Default: what the image trusts.',
    ),
  egress: egress(),
});

/** What protects the key that everything is encrypted by. */
export const sealSchema = oneOf(['shamir'], {
  awskms: awskms.describe('A key of AWS KMS. With `dialect: vault` only.'),
  gcpckms: gcpckms.describe('A key of Google Cloud KMS. With `dialect: vault` only.'),
  azurekeyvault: azurekeyvault.describe('A key of Azure Key Vault. With `dialect: vault` only.'),
  transit: transit.describe('A key of the transit engine of another Vault or OpenBao.'),
});

export type SealFile = z.output<typeof sealSchema>;
