import { z } from 'zod';

import { instanceProfileArnRule, principalArnRule } from '../rules/arn';
import { textRule } from '../rules/text';
import { accountIdRule, kubernetesNameRule, vpcRule, wordsRule } from '../rules/words';
import { custom, filledList, flag, itself, list, map, reference, text, word } from './parts';

const shared = <Type extends string>(type: Type, what: string) => ({ type: z.literal(type).describe(what) });

const method = reference('the name of an auth method of the cluster')
  .optional()
  .describe('Auth method, one of those that the environment trusts. Default: the only one of this type.');

const kubernetes = map({
  ...shared('kubernetes', 'With the token of a ServiceAccount.'),
  method,
  serviceAccounts: filledList(text(kubernetesNameRule), 'a list of ServiceAccounts', itself)
    .meta({ uniqueItems: true })
    .describe('Names of the ServiceAccounts. `{environment}` is filled in.'),
  namespaces: filledList(text(kubernetesNameRule), 'a list of namespaces', itself)
    .meta({ uniqueItems: true })
    .describe('Namespaces that they are in. `{environment}` is filled in.'),
  aliasNameSource: word(['serviceaccount_uid', 'serviceaccount_name'])
    .optional()
    .describe(
      'What names the client in identity: the id of its account (the default), which a new one of the same name does not have, or the name.',
    ),
}).superRefine(({ serviceAccounts, namespaces }, context) => {
  for (const [key, names] of Object.entries({ serviceAccounts, namespaces })) {
    if (names.length === 1 || !names.includes('*')) continue;
    const fault = { message: '`*` makes the other entries mean nothing', fix: 'write `*` alone, or remove it' };
    context.addIssue({ ...custom(fault), message: 'names, or `*` alone', path: [key, names.indexOf('*')] });
  }
  const wild = (names: readonly string[]): boolean => names.some((name) => name.includes('*'));
  if (!wild(serviceAccounts) || !wild(namespaces)) return;
  const fault = {
    message: 'wildcards in both lists let in whoever may create a namespace: accounts in it can have any name',
    fix: 'name the namespaces, or the ServiceAccounts, one by one',
  };
  context.addIssue({ ...custom(fault), message: '`*` in one of serviceAccounts and namespaces', path: ['namespaces'] });
});

const boundClaims = z
  .record(text(textRule), filledList(text(wordsRule), 'a list of values', itself).meta({ uniqueItems: true }), {
    error: 'a map from claims to lists of values',
  })
  .superRefine((claims, context) => {
    if (Object.keys(claims).length > 0) return;
    const fault = {
      message: 'without bound claims every token of the issuer logs in, also those of strangers',
      fix: 'name a claim and its values, for example `repository: [example/shop]`',
    };
    context.addIssue({ ...custom(fault), message: 'at least one claim' });
  })
  .describe(
    'Values that claims of the token must have, for example repository: [example/shop]. `{environment}` is filled in.',
  );

const claims = {
  boundClaims,
  boundClaimsType: word(['string', 'glob'])
    .optional()
    .describe('glob: `*` in a value stands for any rest. Default string.'),
  userClaim: text(textRule).optional().describe('Claim that names the client in identity. Default sub.'),
};

/** A claim that may have any value is not bound. */
function checkClaims(
  login: { boundClaims: Record<string, string[]>; boundClaimsType?: string | undefined },
  context: Pick<z.RefinementCtx, 'addIssue'>,
): void {
  if (login.boundClaimsType !== 'glob') return;
  for (const [claim, values] of Object.entries(login.boundClaims)) {
    const index = values.findIndex((value) => /^\*+$/.test(value));
    if (index === -1) continue;
    const fault = { message: '`*` alone binds nothing: every value has it', fix: 'write what the value begins with' };
    context.addIssue({ ...custom(fault), message: 'a part of the value', path: ['boundClaims', claim, index] });
  }
}

const jwt = map({
  ...shared('jwt', 'With a signed token, as CI systems give to their jobs.'),
  method,
  audiences: filledList(text(textRule), 'a list of audiences', itself)
    .meta({ uniqueItems: true })
    .describe('Audiences of which the token must have one.'),
  ...claims,
}).superRefine(checkClaims);

const oidc = map({
  ...shared('oidc', 'People, by a browser.'),
  method,
  ...claims,
  scopes: list(text(textRule), 'a list of scopes', itself)
    .meta({ uniqueItems: true })
    .optional()
    .describe('Scopes to ask for besides openid. Default: none.'),
}).superRefine(checkClaims);

const ldap = map({
  ...shared('ldap', 'The members of groups of a directory.'),
  method,
  groups: filledList(text(wordsRule), 'a list of groups', (group) => group.toLowerCase())
    .meta({ uniqueItems: true })
    .describe('Groups; each leads to one policy of the cluster. `{environment}` is filled in.'),
});

const aws = map({
  ...shared('aws', 'With the identity that AWS gave to a program.'),
  method,
  authType: word(['iam', 'ec2']).describe(
    'iam: a signed request, of a role or a user. ec2: the document of an instance.',
  ),
  iamPrincipalArns: filledList(text(principalArnRule), 'a list of ARNs', itself)
    .meta({ uniqueItems: true })
    .optional()
    .describe('Roles and users that may log in; with authType: iam.'),
  iamInstanceProfileArns: filledList(text(instanceProfileArnRule), 'a list of ARNs', itself)
    .meta({ uniqueItems: true })
    .optional()
    .describe('Instance profiles, of which the instance must have one; with authType: ec2.'),
  accountIds: filledList(text(accountIdRule), 'a list of accounts', itself)
    .meta({ uniqueItems: true })
    .optional()
    .describe('Accounts, of which the instance must be in one; with authType: ec2.'),
  vpcIds: filledList(text(vpcRule), 'a list of VPCs', itself)
    .meta({ uniqueItems: true })
    .optional()
    .describe('VPCs, of which the instance must be in one; with authType: ec2.'),
}).superRefine((login, context) => {
  const keys = {
    iam: ['iamPrincipalArns'],
    ec2: ['iamInstanceProfileArns', 'accountIds', 'vpcIds'],
  } as const;
  const { authType } = login;
  const allowed = keys[authType].join(', ');
  const misplaced = keys[authType === 'iam' ? 'ec2' : 'iam'].filter((key) => login[key] !== undefined);
  for (const key of misplaced) {
    const fault = { message: `\`${key}\` does not go with authType: ${authType}`, fix: `remove ${key}` };
    context.addIssue({ ...custom(fault), message: allowed, path: [key] });
  }
  if (misplaced.length > 0) return;
  if (keys[authType].some((key: keyof typeof login) => login[key] !== undefined)) return;
  const fault = { message: 'it is not said who may log in', fix: `add \`${keys[authType][0]}:\` with a list of ARNs` };
  context.addIssue({ ...custom(fault), message: allowed });
});

const token = map({
  ...shared('token', 'Tokens that a trusted program makes for others.'),
  orphan: flag().optional().describe('Whether tokens outlive the one that made them. Default false.'),
  renewable: flag().optional().describe('Whether tokens can be renewed. Default true.'),
});

const login = z.discriminatedUnion(
  'type',
  [map(shared('approle', 'With RoleID and SecretID.')), kubernetes, jwt, oidc, ldap, aws, token],
  { error: 'a map with `type`: approle, kubernetes, jwt, oidc, ldap, aws or token' },
);

export type LoginFile = z.output<typeof login>;

export const loginsSchema = filledList(login, 'a list of logins', ({ type }) => type)
  .optional()
  .describe('Ways to log in with the policy, one of each type. Default: an AppRole.');
