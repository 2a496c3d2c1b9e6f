import { map } from '../../../language/map';
import { regionRule } from '../../../language/rules/address';
import { roleArnRule } from '../../../language/rules/arn';
import { awsKeyRule } from '../../../language/rules/cloud';
import { objectNameRule } from '../../../language/rules/kubernetes';
import { urlRule } from '../../../language/rules/url';
import { optional, text } from '../../../language/values';
import { oneIdentity } from '../parts';
import { sealEgress } from './egress';

export const awskms = map(
  {
    region: text(regionRule).describe('Region of the key.'),
    keyId: text(awsKeyRule).describe('ID, alias or ARN of the key.'),
    endpoint: optional(text(urlRule)).describe('URL of KMS. Default: the endpoint of AWS.'),
    credentials: optional(text(objectNameRule)).describe(
      'Secret with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. Default: the role of the pod.',
    ),
    roleArn: optional(text(roleArnRule)).describe('ARN of the role that the ServiceAccount assumes. Default: none.'),
    egress: sealEgress(),
  },
  oneIdentity('credentials', 'roleArn'),
).describe('A key of AWS KMS. Requires `dialect: vault`.');
