import { patternRule, type Rule } from '../rule';

const arn = (types: string, rest: string): RegExp =>
  new RegExp(`^arn:aws(-[a-z]+)*:iam::[0-9]{12}:(${types})/${rest}$`);

const name = '[A-Za-z0-9+=,.@_/-]+';

const rule = (pattern: RegExp, what: string, example: string): Rule =>
  patternRule(pattern, `the ARN of ${what} such as ${example}`, {
    message: `this is not the ARN of ${what}`,
    fix: `write it whole, for example ${example}`,
  });

/** Who may log in. A final `*` stands for any rest, and never for an account. */
export const principalArnRule = rule(
  arn('role|user', `(${name}\\*?|\\*)`),
  'a role or a user',
  'arn:aws:iam::111122223333:role/uploader',
);

export const roleArnRule = rule(arn('role', name), 'a role', 'arn:aws:iam::111122223333:role/uploader');

export const instanceProfileArnRule = rule(
  arn('instance-profile', `(${name}\\*?|\\*)`),
  'an instance profile',
  'arn:aws:iam::111122223333:instance-profile/uploader',
);

/** AWS's own policies have `aws` for an account. */
export const policyArnRule = rule(
  new RegExp(`^arn:aws(-[a-z]+)*:iam::([0-9]{12}|aws):policy/${name}$`),
  'a managed policy',
  'arn:aws:iam::aws:policy/ReadOnlyAccess',
);
