import { addressRule, regionRule } from '../../language/rules/address';
import { roleArnRule } from '../../language/rules/arn';
import { objectNameRule } from '../../language/rules/kubernetes';
import { urlRule } from '../../language/rules/url';
import { mountPathRule } from '../../language/rules/words';
import { map, oneOf, optional, text, wholeRule, type Output } from '../../language/schema';
import { authority, egress, oneIdentity, secretEntry } from './parts';

const arn = 'arn:aws(-[a-z]+)*:kms:[a-z0-9-]+:[0-9]{12}:';
const uuid = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/** As the seal takes it: key id, alias, or the ARN of either. */
const awsKeyRule = wholeRule(
  new RegExp(`^((${arn}key/)?(${uuid}|mrk-[0-9a-f]{32})|(${arn})?alias/[A-Za-z0-9/_-]+)$`),
  'the id, alias or ARN of a KMS key',
  'alias/vault-prod',
);

const googleProjectRule = wholeRule(
  /^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
  'the id of a Google Cloud project',
  'example-production',
);

const googleLocationRule = wholeRule(
  /^(global|[a-z]+[0-9]*(-[a-z]+[0-9]+)?)$/,
  'a location of Cloud KMS',
  'europe-west3',
);

const googleKeyRule = wholeRule(/^[A-Za-z0-9_-]{1,63}$/, 'the name of a key or a key ring', 'vault-prod');

const googleAccountRule = wholeRule(
  /^[a-z][a-z0-9-]{4,28}[a-z0-9]@[a-z0-9.-]+\.iam\.gserviceaccount\.com$/,
  'a Google service account',
  'vault@example-production.iam.gserviceaccount.com',
);

const azureIdRule = wholeRule(
  new RegExp(`^${uuid}$`),
  'the id of a tenant or a client',
  '11112222-3333-4444-5555-666677778888',
);

const azureVaultRule = wholeRule(
  /^[A-Za-z](?!.*--)[A-Za-z0-9-]{1,22}[A-Za-z0-9]$/,
  'the name of a key vault',
  'kv-prod',
);

const azureKeyRule = wholeRule(/^[A-Za-z0-9-]{1,127}$/, 'the name of a key', 'openbao-prod');

/** Where the servers reach what keeps the key. */
const keyEgress = egress.describe('Addresses of the key’s service, for the NetworkPolicy.');

const awskms = map(
  {
    region: text(regionRule).describe('Region of the key.'),
    keyId: text(awsKeyRule).describe('ID, alias or ARN of the key.'),
    endpoint: optional(text(urlRule)).describe('URL of KMS. Default: the endpoint of AWS.'),
    credentials: optional(text(objectNameRule)).describe(
      'Secret with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. Default: the role of the pod.',
    ),
    roleArn: optional(text(roleArnRule)).describe('ARN of the role that the ServiceAccount assumes. Default: none.'),
    egress: keyEgress,
  },
  oneIdentity('credentials', 'roleArn'),
).describe('A key of AWS KMS. Requires `dialect: vault`.');

const gcpckms = map({
  project: text(googleProjectRule).describe('Project of the key.'),
  region: text(googleLocationRule).describe('Location of the key ring.'),
  keyRing: text(googleKeyRule).describe('Name of the key ring.'),
  cryptoKey: text(googleKeyRule).describe('Name of the key.'),
  serviceAccount: optional(text(googleAccountRule)).describe(
    'Google service account that the ServiceAccount impersonates. Default: none.',
  ),
  egress: keyEgress,
}).describe('A key of Google Cloud KMS. Requires `dialect: vault`.');

const azurekeyvault = map(
  {
    tenantId: text(azureIdRule).describe('ID of the Entra ID tenant.'),
    vaultName: text(azureVaultRule).describe('Name of the key vault.'),
    keyName: text(azureKeyRule).describe('Name of the key.'),
    credentials: optional(text(objectNameRule)).describe(
      'Secret with AZURE_CLIENT_ID and AZURE_CLIENT_SECRET. Default: the identity of the pod.',
    ),
    clientId: optional(text(azureIdRule)).describe('Client ID of the workload identity. Default: none.'),
    egress: keyEgress,
  },
  oneIdentity('credentials', 'clientId'),
).describe('A key of Azure Key Vault. Requires `dialect: vault`.');

const transit = map({
  address: text(addressRule).describe('URL of the other server.'),
  mountPath: optional(text(mountPathRule), 'transit').describe('Mount path of its transit engine.'),
  keyName: text(azureKeyRule).describe('Name of the key.'),
  token: secretEntry('token').describe('Secret with a token that may encrypt and decrypt with the key.'),
  authority: authority('the other server'),
  egress: keyEgress,
}).describe('A key of the transit engine of another Vault or OpenBao.');

/** What protects the root key: key shares of several people, or a key elsewhere. */
export const sealSchema = oneOf(['shamir'], { awskms, gcpckms, azurekeyvault, transit });

export type ServerSeal = Output<typeof sealSchema>;
