import type { LinkedEnvironment } from '../environment/environment';
import { byWord, filledList, flag, listOr, literal, map, optional, type Output } from '../language/schema';
import type { ValuePath } from '../source/source-file';
import { aws } from './logins/aws';
import { jwt, oidc } from './logins/claims';
import { kubernetes } from './logins/kubernetes';
import { ldap } from './logins/ldap';
import { LoginPlace } from './logins/login-place';
import type { TenantScope } from './tenant-scope';

const approleSchema = map({ type: literal('approle').describe('With RoleID and SecretID.') });

/** With RoleID and SecretID, at the environment's AppRole method. */
export type AppRoleLogin = Output<typeof approleSchema>;

const approle = { schema: approleSchema, link: (login: AppRoleLogin): AppRoleLogin => login };

const tokenSchema = map({
  type: literal('token').describe('With tokens that a trusted program creates for others.'),
  orphan: optional(flag, false).describe('Whether a token outlives the one that created it.'),
  renewable: optional(flag, true).describe('Whether a token can be renewed.'),
});

/** Tokens that a trusted program creates for others: `auth/token/create/<role>`. */
export type TokenLogin = Output<typeof tokenSchema>;

const token = { schema: tokenSchema, link: (login: TokenLogin): TokenLogin => login };

/** Kinds of login, by their type. */
const kinds = { approle, kubernetes, jwt, oidc, ldap, aws, token };

type Kind = (typeof kinds)[keyof typeof kinds];

const schemas = Object.values(kinds).map(({ schema }) => schema) as unknown as readonly [Kind['schema']];
const login = byWord('type', schemas, `a map with \`type\`: ${listOr(Object.keys(kinds))}`);

type LoginFile = Output<typeof login>;

/** Ways to log in with a policy. */
export const loginsSchema = optional(
  filledList(login, 'a list of logins', ({ type }) => type),
  [{ type: 'approle' }],
);

/** One way to log in with a policy. A policy has each type once; the role is `<policy>-role` on every method. */
export type Login = NonNullable<ReturnType<Kind['link']>>;

/** Links the logins of a policy. Those without an auth method are reported and left out. */
export const linkLogins = (
  logins: readonly LoginFile[],
  path: ValuePath,
  home: LinkedEnvironment,
  scope: TenantScope,
): Login[] =>
  logins.flatMap(
    (entry, index) => kinds[entry.type].link(entry as never, new LoginPlace(home, scope, [...path, index])) ?? [],
  );

const counted: ReadonlySet<Login['type']> = new Set(['approle', 'kubernetes', 'aws']);

/**
 * Whether a quota can count the logins of a role. LDAP has no roles, and tokens are created by others. On JWT and OIDC methods that have not
 * loaded their settings yet, a request that writes such a quota crashes on both servers.
 */
export const areLoginsCounted = ({ type }: Login): boolean => counted.has(type);

/** Names in identity of the clients of a login, where they follow from the login alone. */
export function clientsOf(entry: Login): readonly string[] {
  const kind = kinds[entry.type];
  return 'clients' in kind ? kind.clients(entry as never) : [];
}
