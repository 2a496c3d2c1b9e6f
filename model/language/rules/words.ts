import { patternRule, refineRule, wholeRule, type Fault } from '../rule';
import { withPlaceholder } from './placeholder';
import { textRule } from './text';

/** Small rules that a pattern says in full, each for one kind of word. */

/** A header of a request. */
export const headerRule = patternRule(/^[A-Za-z0-9][A-Za-z0-9-]{0,99}$/, 'the name of a header such as X-Request-Id', {
  message: 'this cannot be the name of a header',
  fix: 'write letters, digits and dashes',
});

/** A key of a request or a response, as audit devices write it. */
export const fieldRule = patternRule(/^[A-Za-z0-9_.-]{1,100}$/, 'the name of a field such as role_name', {
  message: 'this cannot be the name of a field',
  fix: 'write letters, digits, `_`, `.` and `-`',
});

/** The name of a host. */
export const hostRule = patternRule(
  /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/,
  'a name such as kafka.example.com, in lower case and without wildcards',
  { message: 'this is not the name of a host', fix: 'write lower-case letters, digits and dashes between dots' },
);

/** Names that a certificate can have. */
export const domainRule = withPlaceholder(hostRule, /^[a-z0-9{]([a-z0-9{}.-]*[a-z0-9}])?$/);

/** A ServiceAccount or a namespace; `*` stands for any rest. */
export const kubernetesNameRule = withPlaceholder(
  patternRule(
    /^(?=.{1,253}$)[a-z0-9*]([a-z0-9.*-]*[a-z0-9*])?$/,
    'a name of Kubernetes such as payments; `*` stands for any letters',
    { message: 'this cannot be a name in Kubernetes', fix: 'write lower-case letters, digits, dashes and `*`' },
  ),
  /^[a-z0-9*{]([a-z0-9.*{}-]*[a-z0-9*}])?$/,
);

/** Words in which `{environment}` is filled in: groups, claims, metadata. */
export const wordsRule = withPlaceholder(textRule);

/** A group of a directory. It ends the path of a request, in which a slash separates segments. */
export const groupRule = {
  ...refineRule(wordsRule, (group): Fault | undefined => {
    if (group.includes('/') || group === '.' || group === '..') {
      const message = 'the server cannot have a group of this name, which would be a part of a path';
      return { message, fix: 'rename the group in the directory, or name another group' };
    }
    return group === group.trim()
      ? undefined
      : { message: 'the name begins or ends with a space', fix: `write \`${group.trim()}\`` };
  }),
  allowed: `the name of a group, without slashes; ${wordsRule.allowed}`,
};

/** An existing database or an account in it: its owner chose the name. */
export const databaseRule = patternRule(/^[A-Za-z_][A-Za-z0-9_-]{0,62}$/, 'the name of a database or an account', {
  message: 'this cannot name a database or an account',
  fix: 'write letters, digits, `_` and `-`, beginning with a letter',
});

/** Where an engine of another server is mounted. */
export const mountPathRule = patternRule(/^[a-z0-9_-]+(\/[a-z0-9_-]+)*$/, 'the path of a mount such as transit', {
  message: 'this is not the path of a mount',
  fix: 'write it without slashes at its ends',
});

/** What names of objects in a bucket begin with. */
export const prefixRule = patternRule(/^[A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+)*$/, 'a path such as vault/prod', {
  message: 'this cannot be a prefix of object names',
  fix: 'write letters, digits, `_`, `.`, `-` and single slashes between them',
});

/** An account on a host, or the name of one. */
export const principalRule = withPlaceholder(
  patternRule(/^[a-z0-9_]([a-z0-9._-]{0,251}[a-z0-9_])?$/, 'an account such as deploy, or for hosts their name', {
    message: 'this cannot be a principal',
    fix: 'write lower-case letters, digits, `_`, `-` and `.`; no wildcards',
  }),
  /^[a-z0-9_{]([a-z0-9._{}-]*[a-z0-9_}])?$/,
);

/** @see https://man.openbsd.org/ssh-keygen#CERTIFICATES */
export const sshExtensionRule = wholeRule(/^[A-Za-z0-9-]+(@[a-z0-9.-]+)?$/, 'an extension', 'permit-pty');

export const accountIdRule = patternRule(/^[0-9]{12}$/, 'the 12 digits of an AWS account, in quotes', {
  message: 'this is not an AWS account',
  fix: 'write its 12 digits in quotes',
});

export const vpcRule = wholeRule(/^vpc-[0-9a-f]{8,17}$/, 'the id of a VPC', 'vpc-0a1b2c3d');

/** Generations of an authority: a year is a good name. */
export const issuerNameRule = patternRule(
  /^(?!default$)[a-z0-9]+(-[a-z0-9]+)*$/,
  "lower-case letters, digits and single dashes, such as '2026'; not `default`",
  { message: 'this cannot name an issuer', fix: "write for example '2026', in quotes" },
);
