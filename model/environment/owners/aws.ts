import { awsPolicyRule } from '../../language/rules/document';
import { filledList, map, optional, orNone, text, type Output } from '../../language/schema';
import { entries, patterns, requireOne, sharedKey, whoKeys, type OwnerSection } from './entry';
import { areWithin } from './pattern';

const entry = map(
  {
    ...whoKeys,
    roleArns: patterns('ARNs').describe('Roles that may be assumed.'),
    policyArns: patterns('ARNs').describe('Managed policies that users and federated users may have.'),
    policyDocuments: orNone(filledList(text(awsPolicyRule), 'a list of policies in AWS’s JSON')).describe(
      'Policies that users and federated users may have, each with the content that the tenant has.',
    ),
    ...sharedKey,
  },
  requireOne('roleArns', 'policyArns', 'policyDocuments'),
);

const schema = optional(entries(entry), []);

/** Who may have which roles and policies of AWS. */
export type AwsOwner = Output<typeof entry>;

/** A document without the white space between its parts. */
const compact = (document: string): string => JSON.stringify(JSON.parse(document));

export const aws: OwnerSection<typeof schema, AwsOwner> = {
  schema,
  covers: (allowed, { roleArns, policyArns, policyDocuments }) =>
    areWithin(allowed.roleArns, roleArns) &&
    areWithin(allowed.policyArns, policyArns) &&
    policyDocuments.every((asked) => allowed.policyDocuments.some((document) => compact(document) === compact(asked))),
  identities: ({ roleArns }) => roleArns.map((arn) => [arn]),
  isIndependent: true,
};
