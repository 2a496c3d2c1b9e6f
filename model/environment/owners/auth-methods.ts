import { z } from 'zod';

import type { AuthMethodType } from '../../cluster/auth-method';
import { entryOf } from '../../language/absent';
import { textRule } from '../../language/rules/text';
import { filledList, map, namedMap, optional, refuse, text, type Output } from '../../language/schema';
import { entries, patterns, requireOne, sharedKey, whoKeys, type OwnerSection } from './entry';
import { areWithin } from './pattern';

const claims = z.record(text(textRule), filledList(text(textRule), 'a list of values'), {
  error: 'a map from claims to lists of values',
});

const instanceKeys = ['iamInstanceProfileArns', 'accountIds', 'vpcIds'] as const;

const entry = map(
  {
    ...whoKeys,
    namespaces: patterns('namespaces').describe('Namespaces of ServiceAccounts; with `serviceAccounts`.'),
    serviceAccounts: patterns('ServiceAccounts').describe('ServiceAccounts; with `namespaces`.'),
    boundClaims: optional(claims, {}).describe(
      'Claims that logins must bind, each to values among these. Logins may bind further ones.',
    ),
    groups: patterns('groups').describe('Groups of the directory. Case does not matter.'),
    iamPrincipalArns: patterns('ARNs').describe('Roles and users of AWS.'),
    iamInstanceProfileArns: patterns('ARNs').describe('Instance profiles that logins of instances must be bound to.'),
    accountIds: patterns('accounts').describe('AWS accounts that logins of instances must be bound to.'),
    vpcIds: patterns('VPCs').describe('VPCs that logins of instances must be bound to.'),
    ...sharedKey,
  },
  ({ boundClaims, ...others }, context) => {
    const { namespaces, serviceAccounts } = others;
    if ((namespaces.length === 0) !== (serviceAccounts.length === 0)) {
      refuse(context, [], 'namespaces with serviceAccounts', {
        message: '`namespaces` and `serviceAccounts` require each other',
        fix: 'add the other one',
      });
      return;
    }
    const isFilled = Object.keys(boundClaims).length > 0;
    requireOne(
      'namespaces',
      'boundClaims',
      'groups',
      'iamPrincipalArns',
      ...instanceKeys,
    )({ ...others, boundClaims: isFilled ? boundClaims : undefined }, context);
  },
);

/** Keys of entries, by the type of their auth method. */
export const keysOfMethod: Readonly<Record<AuthMethodType, readonly (keyof Output<typeof entry>)[]>> = {
  kubernetes: ['namespaces', 'serviceAccounts'],
  jwt: ['boundClaims'],
  oidc: ['boundClaims'],
  ldap: ['groups'],
  aws: ['iamPrincipalArns', ...instanceKeys],
};

const schema = optional(namedMap('auth method', entries(entry), 'a map from auth methods to entries'), {});

/** Who may let whom log in by an auth method. */
export type MethodOwner = Output<typeof entry>;

type Bindings = Readonly<Record<string, readonly string[]>>;

/** What a login is bound to by several keys at once. */
const bindingsOf = ({ boundClaims, ...entry }: Omit<MethodOwner, 'for' | 'shared'>): Bindings => ({
  ...boundClaims,
  ...Object.fromEntries(instanceKeys.flatMap((key) => (entry[key].length > 0 ? [[key, entry[key]] as const] : []))),
});

/** An entry that is bound to nothing allows nothing. */
const areBound = (allowed: Bindings, asked: Bindings): boolean =>
  Object.keys(asked).length === 0 ||
  (Object.keys(allowed).length > 0 &&
    Object.entries(allowed).every(([key, values]) => {
      const wanted = entryOf(asked, key);
      return wanted !== undefined && areWithin(values, wanted);
    }));

const lower = (texts: readonly string[]): string[] => texts.map((text) => text.toLowerCase());

export const authMethods: OwnerSection<typeof schema, MethodOwner> = {
  schema,
  covers: (allowed, asked) =>
    areWithin(allowed.namespaces, asked.namespaces) &&
    areWithin(allowed.serviceAccounts, asked.serviceAccounts) &&
    areWithin(lower(allowed.groups), lower(asked.groups)) &&
    areWithin(allowed.iamPrincipalArns, asked.iamPrincipalArns) &&
    areBound(bindingsOf(allowed), bindingsOf(asked)),
  identities: (asked) => [
    ...asked.namespaces.flatMap((namespace) => asked.serviceAccounts.map((account) => [`${namespace}/${account}`])),
    ...lower(asked.groups).map((group) => [group]),
    ...asked.iamPrincipalArns.map((arn) => [arn]),
    ...combinations(bindingsOf(asked)),
  ],
};

const mostCombinations = 1000;

/** Each choice of one value of every key; of very many, the lists of values instead. */
function combinations(bindings: Bindings): readonly (readonly string[])[] {
  const lists = Object.entries(bindings)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, values]) => values.map((value) => `${key}=${value}`));
  if (lists.length === 0) return [];
  const count = lists.reduce((product, { length }) => product * length, 1);
  if (count > mostCombinations) return [lists.map((values) => values.join())];
  return lists.reduce<readonly (readonly string[])[]>(
    (chosen, values) => chosen.flatMap((parts) => values.map((value) => [...parts, value])),
    [[]],
  );
}
