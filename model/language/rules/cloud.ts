import { wholeRule } from '../rule';

/** How clouds name keys, and what keys are in. */

const arn = 'arn:aws(-[a-z]+)*:kms:[a-z0-9-]+:[0-9]{12}:';
const uuid = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/** As the seal takes it: key id, alias, or the ARN of either. */
export const awsKeyRule = wholeRule(
  new RegExp(`^((${arn}key/)?(${uuid}|mrk-[0-9a-f]{32})|(${arn})?alias/[A-Za-z0-9/_-]+)$`),
  'the id, alias or ARN of a KMS key',
  'alias/vault-prod',
);

/** Where S3-compatible storage is not AWS, its provider names regions as it likes. */
export const storageRegionRule = wholeRule(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'a region', 'eu-central-1');

export const googleProjectRule = wholeRule(
  /^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
  'the id of a Google Cloud project',
  'example-production',
);

export const googleLocationRule = wholeRule(
  /^(global|[a-z]+[0-9]*(-[a-z]+[0-9]+)?)$/,
  'a location of Cloud KMS',
  'europe-west3',
);

export const googleKeyRule = wholeRule(/^[A-Za-z0-9_-]{1,63}$/, 'the name of a key or a key ring', 'vault-prod');

export const googleAccountRule = wholeRule(
  /^[a-z][a-z0-9-]{4,28}[a-z0-9]@[a-z0-9.-]+\.iam\.gserviceaccount\.com$/,
  'a Google service account',
  'vault@example-production.iam.gserviceaccount.com',
);

export const azureIdRule = wholeRule(
  new RegExp(`^${uuid}$`),
  'the id of a tenant or a client',
  '11112222-3333-4444-5555-666677778888',
);

export const azureVaultRule = wholeRule(
  /^[A-Za-z](?!.*--)[A-Za-z0-9-]{1,22}[A-Za-z0-9]$/,
  'the name of a key vault',
  'kv-prod',
);

export const azureKeyRule = wholeRule(/^[A-Za-z0-9-]{1,127}$/, 'the name of a key', 'openbao-prod');
