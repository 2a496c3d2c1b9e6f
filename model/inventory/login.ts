import type { AwsMethod, JwtMethod, KubernetesMethod, LdapMethod, OidcMethod } from './auth-method';

/** What a token is like that a login gives, by whatever method. All times in seconds. */
export interface TokenSettings {
  readonly tokenTtlSeconds: number;
  readonly tokenMaxTtlSeconds: number;
  /** `batch` tokens cost no storage write, and can be neither renewed nor revoked one by one. */
  readonly tokenType: 'service' | 'batch';
  /** Networks a token may be used from; empty: anywhere. */
  readonly tokenBoundCidrs: readonly string[];
}

/** How an AppRole hands out tokens. @see https://openbao.org/api-docs/auth/approle/ */
export interface AppRoleSettings extends TokenSettings {
  readonly secretIdTtlSeconds: number;
  /** Logins one SecretID is good for; 0: any number until it expires. */
  readonly secretIdNumUses: number;
  /** Networks a login may come from; empty: anywhere. */
  readonly secretIdBoundCidrs: readonly string[];
}

/** With RoleID and SecretID, at the environment's AppRole method. */
export interface AppRoleLogin {
  readonly type: 'approle';
}

/** With the token of a ServiceAccount. Never wildcards in both lists: that would be the whole cluster. */
export interface KubernetesLogin {
  readonly type: 'kubernetes';
  readonly method: KubernetesMethod;
  readonly serviceAccounts: readonly string[];
  readonly namespaces: readonly string[];
  /** What names the client in identity: the account's id, which a new account of the same name does not have, or its name. */
  readonly aliasNameSource: 'serviceaccount_uid' | 'serviceaccount_name';
}

/** Values that claims of a token must have, by the claim; never empty. */
export type BoundClaims = Readonly<Record<string, readonly string[]>>;

export interface JwtLogin {
  readonly type: 'jwt';
  readonly method: JwtMethod;
  /** Audiences of which the token must have one; never empty. */
  readonly audiences: readonly string[];
  readonly boundClaims: BoundClaims;
  /** `glob`: `*` in a value stands for anything. */
  readonly boundClaimsType: 'string' | 'glob';
  /** Claim that names the client in identity. */
  readonly userClaim: string;
}

export interface OidcLogin {
  readonly type: 'oidc';
  readonly method: OidcMethod;
  readonly boundClaims: BoundClaims;
  readonly boundClaimsType: 'string' | 'glob';
  readonly userClaim: string;
  readonly scopes: readonly string[];
}

/** The members of groups of a directory. A group leads to one policy of a cluster, no more. */
export interface LdapLogin {
  readonly type: 'ldap';
  readonly method: LdapMethod;
  readonly groups: readonly string[];
}

export type AwsLogin = { readonly type: 'aws'; readonly method: AwsMethod } & (
  | {
      /** A signed request to STS. */
      readonly authType: 'iam';
      readonly iamPrincipalArns: readonly string[];
    }
  | {
      /** The identity document of an instance. */
      readonly authType: 'ec2';
      readonly iamInstanceProfileArns: readonly string[];
      readonly accountIds: readonly string[];
      readonly vpcIds: readonly string[];
    }
);

/** Tokens that a trusted program makes for others: `auth/token/create/<role>`. */
export interface TokenLogin {
  readonly type: 'token';
  /** Whether tokens outlive the one that made them. */
  readonly orphan: boolean;
  readonly renewable: boolean;
}

/** One way to log in with a policy. A policy has each type once; the role is `<policy>-role` on every method. */
export type Login = AppRoleLogin | KubernetesLogin | JwtLogin | OidcLogin | LdapLogin | AwsLogin | TokenLogin;
