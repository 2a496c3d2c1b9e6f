import { z } from 'zod';

import { policyArnRule, roleArnRule } from '../rules/arn';
import { awsPolicyRule, creationStatementRule } from '../rules/document';
import { durationRule } from '../rules/duration';
import { databaseNameRule, principalRule, sshExtensionRule } from '../rules/words';
import { someEnvironments } from './environment-list';
import { custom, filledList, flag, itself, map, namedMap, reference, text, word } from './parts';
import { checkTtls } from './ttl';

const keyTypes = [
  ...(['aes256-gcm96', 'chacha20-poly1305', 'ed25519', 'ecdsa-p256', 'ecdsa-p384'] as const),
  ...(['rsa-2048', 'rsa-3072', 'rsa-4096', 'hmac'] as const),
] as const;

const key = map({
  type: word(keyTypes).describe('Kind of key.'),
  autoRotate: text(durationRule(3650, '1h'))
    .optional()
    .describe('Age at which a new version is made; old ones still decrypt. Default: never.'),
  convergent: flag()
    .optional()
    .describe('Whether one plaintext always gives one ciphertext, which shows what is equal. Default false.'),
  deletable: flag()
    .optional()
    .describe('Whether the key may be destroyed, and with it all that it encrypted. Default false.'),
  environments: someEnvironments(),
}).superRefine(({ type, convergent }, context) => {
  if (convergent !== true || type === 'aes256-gcm96' || type === 'chacha20-poly1305') return;
  const fault = { message: `a key of the type ${type} cannot be convergent`, fix: 'remove convergent' };
  context.addIssue({
    ...custom(fault),
    message: 'convergent with aes256-gcm96 or chacha20-poly1305',
    path: ['convergent'],
  });
});

/** Keys of a tenant. */
export const keysSchema = namedMap('key', key, 'a map from names to keys');

const connection = reference('the name of a connection of the environment').describe(
  'Database, by its name in the environment’s `engines.database`.',
);

const dynamicRole = map({
  connection,
  kind: z.literal('dynamic').describe('An account of its own for each request, gone when its lease ends.'),
  memberOf: filledList(text(databaseNameRule), 'a list of roles of the database', itself)
    .meta({ uniqueItems: true })
    .optional()
    .describe('Roles of the database that the account gets.'),
  creationStatements: filledList(text(creationStatementRule), 'a list of statements', itself)
    .optional()
    .describe('Instead of memberOf: statements that make the account.'),
  ttl: text(durationRule(32)).describe('How long an account is good for.'),
  maxTtl: text(durationRule(32)).optional().describe('How long it can be kept by renewing. Default: ttl.'),
  environments: someEnvironments(),
}).superRefine((role, context) => {
  checkTtls(role, context);
  const { memberOf, creationStatements } = role;
  const message = 'memberOf or creationStatements, one of the two';
  if (memberOf === undefined && creationStatements === undefined) {
    const fault = {
      message: 'it is not said what the account may do',
      fix: 'add `memberOf:` with roles of the database',
    };
    context.addIssue({ ...custom(fault), message });
  } else if (memberOf !== undefined && creationStatements !== undefined) {
    const fault = { message: 'it is said twice what the account may do', fix: 'keep memberOf, or creationStatements' };
    context.addIssue({ ...custom(fault), message, path: ['creationStatements'] });
  }
  const statements = creationStatements?.join('\n');
  const missing = ['{{name}}', '{{password}}'].filter((part) => statements?.includes(part) === false);
  if (missing.length > 0) {
    const fault = { message: `no statement has ${missing.join(' and ')}`, fix: 'write them where they go' };
    context.addIssue({ ...custom(fault), message: creationStatementRule.allowed, path: ['creationStatements'] });
  }
});

const staticRole = map({
  connection,
  kind: z.literal('static').describe('An account that is there already, whose password is changed regularly.'),
  username: text(databaseNameRule).describe('The account.'),
  rotationPeriod: text(durationRule(365, '5s')).describe('How long a password is good for.'),
  environments: someEnvironments(),
});

const databaseRole = z.discriminatedUnion('kind', [dynamicRole, staticRole], {
  error: 'a map with `kind`: dynamic or static',
});

/** Roles by which a tenant gets credentials of databases. */
export const databasesSchema = namedMap('database role', databaseRole, 'a map from names to roles of databases');

const arns = { roleArns: text(roleArnRule), policyArns: text(policyArnRule) };

const awsRole = map({
  kind: word(['assumed-role', 'federation-token', 'iam-user']).describe(
    'assumed-role: of a role that the server assumes. federation-token: of a user for some hours. iam-user: of a new user.',
  ),
  roleArns: filledList(arns.roleArns, 'a list of ARNs', itself)
    .meta({ uniqueItems: true })
    .optional()
    .describe('Roles that can be assumed; with kind: assumed-role.'),
  policyArns: filledList(arns.policyArns, 'a list of ARNs', itself)
    .meta({ uniqueItems: true })
    .optional()
    .describe('Managed policies; with the other kinds.'),
  policyDocument: text(awsPolicyRule)
    .optional()
    .describe('A policy in AWS’s JSON; with assumed-role it takes away only.'),
  ttl: text(durationRule(32, '15m')).optional().describe('How long credentials are good for. Default: the engine’s.'),
  maxTtl: text(durationRule(32, '15m'))
    .optional()
    .describe('How long they can be good for at most. Default: the engine’s, or ttl where that is longer.'),
  environments: someEnvironments(),
}).superRefine((role, context) => {
  checkTtls(role, context);
  const { kind, roleArns, policyArns, policyDocument } = role;
  const assumes = kind === 'assumed-role';
  const misplaced = assumes ? 'policyArns' : 'roleArns';
  if (role[misplaced] !== undefined) {
    const fault = { message: `\`${misplaced}\` does not go with ${kind}`, fix: `remove ${misplaced}` };
    const allowed = assumes ? 'roleArns and policyDocument' : 'policyArns and policyDocument';
    context.addIssue({ ...custom(fault), message: allowed, path: [misplaced] });
  }
  if (assumes ? roleArns === undefined : policyArns === undefined && policyDocument === undefined) {
    const fault = {
      message: 'it is not said what the credentials allow',
      fix: assumes ? 'add `roleArns:` with the roles' : 'add `policyArns:` or `policyDocument:`',
    };
    context.addIssue({ ...custom(fault), message: assumes ? 'roleArns' : 'policyArns, policyDocument or both' });
  }
});

/** Roles by which a tenant gets credentials of AWS. */
export const awsRolesSchema = namedMap('AWS role', awsRole, 'a map from names to roles of AWS');

const sshRole = map({
  certificateType: word(['user', 'host']).describe('Whether keys of users or of hosts are signed.'),
  principals: filledList(text(principalRule), 'a list of accounts, or for hosts of their names', itself)
    .meta({ uniqueItems: true })
    .describe('Accounts, or for hosts names, that certificates may be made out to. `{environment}` is filled in.'),
  extensions: filledList(text(sshExtensionRule), 'a list of extensions', itself)
    .meta({ uniqueItems: true })
    .optional()
    .describe('What a user’s session may do. Default permit-pty for users, none for hosts.'),
  ttl: text(durationRule(3650)).describe('How long a certificate is good for.'),
  maxTtl: text(durationRule(3650)).optional().describe('How long it can be good for at most. Default: ttl.'),
  environments: someEnvironments(),
}).superRefine((role, context) => {
  checkTtls(role, context);
  if (role.certificateType === 'user' || role.extensions === undefined) return;
  const fault = { message: 'a host’s certificate has no extensions', fix: 'remove extensions' };
  context.addIssue({ ...custom(fault), message: 'extensions with certificateType: user', path: ['extensions'] });
});

/** Roles by which a tenant gets SSH keys signed. */
export const sshRolesSchema = namedMap('SSH role', sshRole, 'a map from names to roles of SSH');

export type KeyFile = z.output<typeof key>;
export type DatabaseRoleFile = z.output<typeof databaseRole>;
export type AwsRoleFile = z.output<typeof awsRole>;
export type SshRoleFile = z.output<typeof sshRole>;
