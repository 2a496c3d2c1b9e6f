import { regionRule } from '../../language/rules/address';
import { textRule } from '../../language/rules/text';
import { urlRule } from '../../language/rules/url';
import { flag, map, optional, text, type Output } from '../../language/schema';
import { methodKeys, type Mounted } from './parts';

const endpoint = (service: string) =>
  optional(text(urlRule)).describe(`URL of ${service}. Default: the endpoint of AWS.`);

/** @see https://developer.hashicorp.com/vault/api-docs/auth/aws */
export const awsMethod = map({
  ...methodKeys('aws', 'Workloads on AWS, authenticated by their AWS identity. Requires `dialect: vault`.'),
  region: text(regionRule).describe('Region of the STS endpoint.'),
  serverIdHeader: text(textRule).describe(
    'Value that signed login requests must contain, usually the cluster’s host name, so that a request for another server is refused.',
  ),
  stsEndpoint: endpoint('STS'),
  iamEndpoint: endpoint('IAM'),
  ec2Endpoint: endpoint('EC2'),
  resolveUniqueIds: optional(flag, true).describe(
    'Whether principals are identified by their unique AWS ID, so that a principal that was deleted and recreated has no access. Needs iam:GetRole and iam:GetUser.',
  ),
});

export type AwsMethod = Mounted<Output<typeof awsMethod>>;
