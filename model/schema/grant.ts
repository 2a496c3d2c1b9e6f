import type { z } from 'zod';

import { grantPathRule, listFault } from '../rules/grant-path';
import { environmentName } from './environment-list';
import { custom, filledList, itself, keyedChoice, map, reference, text, word } from './parts';

/** What can be done with documents, in the order in which the table of the construct has it. */
const documentOperations = [
  ...(['create', 'read', 'update', 'patch', 'delete', 'list', 'read-metadata', 'write-metadata'] as const),
  ...(['delete-versions', 'undelete', 'destroy', 'purge'] as const),
] as const;
const document1Operations = ['create', 'read', 'update', 'delete', 'list'] as const;
const certificateOperations = ['issue', 'sign', 'revoke'] as const;
const keyOperations = [
  ...(['encrypt', 'decrypt', 'rewrap', 'sign', 'verify', 'hmac', 'datakey', 'rotate', 'read'] as const),
] as const;

const operations = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  filledList(word(words), `a list of ${words.join(', ')}`, itself).meta({ uniqueItems: true });

/** The same check on both versions of documents. */
const checkList =
  (key: string) =>
  (grant: Record<string, unknown>, context: Pick<z.RefinementCtx, 'addIssue'>): void => {
    const fault = listFault(String(grant[key]), grant.capabilities as readonly string[]);
    if (fault !== undefined) context.addIssue({ ...custom(fault), message: grantPathRule.allowed, path: [key] });
  };

const documents = map({
  environment: environmentName
    .optional()
    .describe('Environment that holds the documents, in the same cluster. Default: the one the policy is in.'),
  path: text(grantPathRule).describe(
    'Documents below the tenant’s folder, for example `tests/*`. `+` stands for one segment, a final `*` for any rest, a final `/` for a folder to list.',
  ),
  capabilities: operations(documentOperations).describe(
    'What is allowed there. delete marks the newest version; delete-versions, undelete and destroy are for versions one names; purge removes all of a document.',
  ),
}).superRefine(checkList('path'));

const documents1 = map({
  document1: text(grantPathRule).describe('The same in the environment’s key-value engine of version 1.'),
  capabilities: operations(document1Operations).describe('What is allowed there.'),
}).superRefine(checkList('document1'));

const certificate = map({
  certificate: reference('a name in `certificates`').describe('A certificate of the tenant, by its name.'),
  operations: operations(certificateOperations)
    .optional()
    .describe(
      'issue: get a key and a certificate (the default). sign: for one’s own key. revoke: with its private key.',
    ),
});

const key = map({
  key: reference('a name in `keys`').describe('A key of the tenant, by its name.'),
  operations: operations(keyOperations).describe('What can be done with the key; read shows its versions, not itself.'),
});

const database = map({
  database: reference('a name in `databases`').describe('Get credentials by a role in `databases`, by its name.'),
});
const aws = map({
  aws: reference('a name in `awsRoles`').describe('Get credentials by a role in `awsRoles`, by its name.'),
});
const ssh = map({
  ssh: reference('a name in `sshRoles`').describe('Get a key signed by a role in `sshRoles`, by its name.'),
});

/** What a policy allows; the first key says about what. */
const grant = keyedChoice(
  ['path', 'document1', 'certificate', 'key', 'database', 'aws', 'ssh'],
  [documents, documents1, certificate, key, database, aws, ssh],
);

export type GrantFile = z.output<typeof grant>;

export const grantsSchema = filledList(grant, 'a list of grants', identity).describe('What the policy allows.');

function identity(entry: GrantFile): string {
  if ('path' in entry) return `${entry.environment ?? ''}:${entry.path}`;
  const [[subject, name] = []] = Object.entries(entry);
  return `${subject} ${String(name)}`;
}
