import { wholeRule } from '../rule';

const arn = (types: string, rest: string): RegExp =>
  new RegExp(`^arn:aws(-[a-z]+)*:iam::[0-9]{12}:(${types})/${rest}$`);

const name = '[A-Za-z0-9+=,.@_/-]+';

/** Who may log in. A final `*` stands for any rest, and never for an account. */
export const principalArnRule = wholeRule(
  arn('role|user', `(${name}\\*?|\\*)`),
  'the ARN of a role or a user',
  'arn:aws:iam::111122223333:role/uploader',
);

export const roleArnRule = wholeRule(arn('role', name), 'the ARN of a role', 'arn:aws:iam::111122223333:role/uploader');

export const instanceProfileArnRule = wholeRule(
  arn('instance-profile', `(${name}\\*?|\\*)`),
  'the ARN of an instance profile',
  'arn:aws:iam::111122223333:instance-profile/uploader',
);

/** AWS's own policies have `aws` for an account. */
export const policyArnRule = wholeRule(
  new RegExp(`^arn:aws(-[a-z]+)*:iam::([0-9]{12}|aws):policy/${name}$`),
  'the ARN of a managed policy',
  'arn:aws:iam::aws:policy/ReadOnlyAccess',
);
