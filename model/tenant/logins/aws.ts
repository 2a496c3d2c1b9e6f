import { instanceProfileArnRule, principalArnRule } from '../../language/rules/arn';
import { accountIdRule, vpcRule } from '../../language/rules/words';
import { filledList, literal, map, orNone, refuse, text, word, type Output } from '../../language/schema';
import { method, type LoginPlace, type WithMethod } from './login-place';

const keys = { iam: ['iamPrincipalArns'], ec2: ['iamInstanceProfileArns', 'accountIds', 'vpcIds'] } as const;

const schema = map(
  {
    type: literal('aws').describe('With the identity that AWS gave to a program.'),
    method,
    authType: word(['iam', 'ec2']).describe(
      'iam: a signed request, of a role or a user. ec2: the identity document of an instance.',
    ),
    iamPrincipalArns: orNone(filledList(text(principalArnRule), 'a list of ARNs')).describe(
      'Roles and users that may log in; with authType: iam.',
    ),
    iamInstanceProfileArns: orNone(filledList(text(instanceProfileArnRule), 'a list of ARNs')).describe(
      'Instance profiles, of which the instance must have one; with authType: ec2.',
    ),
    accountIds: orNone(filledList(text(accountIdRule), 'a list of accounts')).describe(
      'Accounts, of which the instance must be in one; with authType: ec2.',
    ),
    vpcIds: orNone(filledList(text(vpcRule), 'a list of VPCs')).describe(
      'VPCs, of which the instance must be in one; with authType: ec2.',
    ),
  },
  (login, context) => {
    const { authType } = login;
    const allowed = keys[authType].join(', ');
    const misplaced = keys[authType === 'iam' ? 'ec2' : 'iam'].filter((key) => login[key].length > 0);
    for (const key of misplaced) {
      refuse(context, [key], allowed, {
        message: `\`${key}\` is not allowed with authType: ${authType}`,
        fix: `remove ${key}`,
      });
    }
    if (misplaced.length > 0) return;
    if (keys[authType].some((key) => login[key].length > 0)) return;
    refuse(context, [], allowed, {
      message: 'this login is not bound to any identity',
      fix: `add \`${keys[authType][0]}:\` with a list of ARNs`,
    });
  },
).transform(({ authType, iamPrincipalArns, iamInstanceProfileArns, accountIds, vpcIds, ...login }) =>
  authType === 'iam'
    ? { ...login, authType, iamPrincipalArns }
    : { ...login, authType, iamInstanceProfileArns, accountIds, vpcIds },
);

type Entry = Output<typeof schema>;
export type AwsLogin = WithMethod<Entry>;

export const aws = {
  schema,
  link: (login: Entry, place: LoginPlace): AwsLogin | undefined => place.withMethod(login),
};
