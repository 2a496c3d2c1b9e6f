import type { PrincipalKind } from './access-model';
import { isObject, textsOf, type ApiObject } from './api-values';
import type { LoginObject, MethodSettings, TokenRoleObject } from './server-objects';
import { tokenSettings } from './token-settings';

/** Place of a login in the API: `auth/<mount>/<collection>/<name>`. */
export interface LoginPlace {
  /** Server's type of the auth method, for example `kubernetes`. */
  readonly type: string;
  readonly mount: string;
  readonly collection: string;
  readonly name: string;
}

/** Collections of logins by the type of auth method, with the names that clients get in identity. */
const collections: Readonly<
  Record<string, Readonly<Record<string, (data: ApiObject, name: string) => readonly string[]>>>
> = {
  approle: { role: (data) => [typeof data.role_id === 'string' ? data.role_id : '*'] },
  kubernetes: { role: serviceAccounts },
  jwt: { role: claims },
  oidc: { role: claims },
  aws: { role: (data) => [typeof data.role_id === 'string' ? data.role_id : '*'] },
  cert: { certs: () => ['*'] },
  ldap: { groups: () => ['*'], users: (_, name) => [name] },
  userpass: { users: (_, name) => [name] },
};

/** Names of the collections of logins that an auth method of this type has; undefined for types that are not supported. */
export const loginCollections = (type: string): readonly string[] | undefined =>
  Object.hasOwn(collections, type) ? Object.keys(collections[type] ?? {}) : undefined;

/** A login from its object in the API; undefined if the auth method has no such logins. */
export function loginObject({ type, mount, collection, name }: LoginPlace, data: ApiObject): LoginObject | undefined {
  const aliasNames = collections[type]?.[collection];
  if (aliasNames === undefined) return undefined;
  // LDAP has these settings in its configuration.
  const token = type === 'ldap' ? undefined : tokenSettings(data);
  return {
    kind: kindOf(type, collection, data),
    mount,
    collection,
    name,
    ...tokenPolicies(data),
    ...(token !== undefined && { token }),
    aliasNames: aliasNames(data, name),
  };
}

/** Settings of an auth method from `auth/<mount>/config`; they count for LDAP, where all logins get its policies. */
export const methodSettings = (mount: string, data: ApiObject): MethodSettings => ({ mount, ...tokenPolicies(data) });

/** A token role from `auth/token/roles/<name>`. */
export const tokenRole = (name: string, data: ApiObject): TokenRoleObject => ({
  name,
  allowedPolicies: textsOf(data.allowed_policies),
  allowedPoliciesGlob: textsOf(data.allowed_policies_glob),
  disallowedPolicies: textsOf(data.disallowed_policies),
  disallowedPoliciesGlob: textsOf(data.disallowed_policies_glob),
  noDefaultPolicy: data.token_no_default_policy === true,
});

/** `policies` is the former name of `token_policies`; LDAP's groups and users have no other. */
function tokenPolicies(data: ApiObject): Pick<LoginObject, 'policies' | 'noDefaultPolicy'> {
  const policies = textsOf(data.token_policies);
  return {
    policies: policies.length > 0 ? policies : textsOf(data.policies),
    noDefaultPolicy: data.token_no_default_policy === true,
  };
}

function kindOf(type: string, collection: string, data: ApiObject): PrincipalKind {
  if (type === 'ldap') return collection === 'groups' ? 'ldap-group' : 'ldap-user';
  // Both types of method are one plugin, whose roles are OIDC roles unless they say otherwise.
  if (type === 'jwt' || type === 'oidc') return data.role_type === 'jwt' ? 'jwt' : 'oidc';
  return type as PrincipalKind;
}

function serviceAccounts(data: ApiObject): readonly string[] {
  if (data.alias_name_source !== 'serviceaccount_name') return ['*'];
  return textsOf(data.bound_service_account_namespaces).flatMap((namespace) =>
    textsOf(data.bound_service_account_names).map((account) => `${namespace}/${account}`),
  );
}

function claims(data: ApiObject): readonly string[] {
  if (data.user_claim === 'sub' && typeof data.bound_subject === 'string' && data.bound_subject !== '') {
    return [data.bound_subject];
  }
  const bound = isObject(data.bound_claims) && typeof data.user_claim === 'string' ? data.bound_claims : {};
  const names = textsOf(bound[data.user_claim as string]);
  return names.length > 0 ? names : ['*'];
}
