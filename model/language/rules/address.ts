import { patternRule, wholeRule, type Rule } from '../rule';

const origin = /^https:\/\/([a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\])(:[1-9][0-9]{0,4})?$/;

/** The URL of a cluster. */
export const addressRule: Rule = {
  allowed: 'https://host or https://host:port in lower case, without path and trailing slash',
  pattern: origin,
  fault: (text) => {
    if (origin.test(text) && URL.canParse(text)) return undefined;
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const suggestion = url === undefined || url.host === '' ? undefined : `https://${url.host}`;
    return {
      message: 'this is not the address of a cluster',
      fix:
        suggestion !== undefined && origin.test(suggestion) && suggestion.length <= 80
          ? `write ${suggestion}`
          : 'write https://, the host and the port, nothing else',
    };
  },
};

export const bucketRule = patternRule(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'the name of an S3 bucket', {
  message: 'this cannot name an S3 bucket',
  fix: 'write 3 to 63 lower-case letters, digits, dashes and dots',
});

export const regionRule = wholeRule(/^[a-z]{2}(-[a-z]+)+-[0-9]$/, 'an AWS region', 'eu-central-1');

export const kmsKeyRule = patternRule(
  /^arn:aws(-[a-z]+)*:kms:[a-z0-9-]+:[0-9]{12}:(key|alias)\/[A-Za-z0-9/_-]+$/,
  'the ARN of a KMS key or alias',
  {
    message: 'this is not the ARN of a KMS key',
    fix: 'write arn:aws:kms:<region>:<account>:key/<id> or …:alias/<name>',
  },
);

/** Where S3-compatible storage is not AWS, its provider names regions as it likes. */
export const storageRegionRule = wholeRule(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'a region', 'eu-central-1');
