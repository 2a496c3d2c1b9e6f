import type { MountTuning } from './tuning';

/** What every auth method of a cluster has. It is mounted at `auth/<mountPath>`. */
interface AuthMethodSettings {
  /** Name in the cluster's file; environments and tenants refer to it by this. */
  readonly name: string;
  /** Path of the mount below `auth/`; the name, unless the method is an AppRole method of one environment. */
  readonly mountPath: string;
  readonly description: string;
  readonly tuning: MountTuning;
}

/**
 * Who asks the API server whether a ServiceAccount token is genuine.
 * `server`: Vault's own account, for the cluster that Vault itself runs in.
 * `reviewer`: an account of the tenant cluster made for that, whose token an operator hands over (never in state).
 * `client`: the token that is presented reviews itself; its account needs `system:auth-delegator`.
 */
export type TokenReview = 'server' | 'reviewer' | 'client';

/** Programs in one Kubernetes cluster. @see https://openbao.org/docs/auth/kubernetes/ */
export interface KubernetesMethod extends AuthMethodSettings {
  readonly type: 'kubernetes';
  /** URL of the API server. */
  readonly host: string;
  /** PEM of the CA that signed the API server's certificate. @default - the one of Vault's own pod; only with `server` */
  readonly caCertificate?: string;
  /** Checked against the token's `iss`. @default - not checked: the token review does it */
  readonly issuer?: string;
  /** Audience that a ServiceAccount token must be made out to. Required by us: without it any token of the cluster logs in. */
  readonly audience: string;
  readonly tokenReview: TokenReview;
}

/** Where the keys that verify a JWT come from. */
export type JwtKeys =
  | { readonly from: 'discovery'; readonly url: string; readonly caCertificate?: string }
  | { readonly from: 'jwks'; readonly url: string; readonly caCertificate?: string }
  | { readonly from: 'static'; readonly publicKeys: readonly string[] };

/** Programs with a signed token of somebody else, such as a CI system. @see https://openbao.org/docs/auth/jwt/ */
export interface JwtMethod extends AuthMethodSettings {
  readonly type: 'jwt';
  readonly keys: JwtKeys;
  /** Must be the token's `iss`. */
  readonly boundIssuer: string;
  /** Signature algorithms that are accepted; never empty. */
  readonly supportedAlgorithms: readonly string[];
}

/** People, by a browser. The client secret is handed over by an operator. @see https://openbao.org/docs/auth/jwt/ */
export interface OidcMethod extends AuthMethodSettings {
  readonly type: 'oidc';
  readonly discoveryUrl: string;
  readonly caCertificate?: string;
  readonly clientId: string;
  /** Where the browser may be sent back to. */
  readonly redirectUris: readonly string[];
  readonly supportedAlgorithms: readonly string[];
}

/** People and machines in a directory. TLS is required. @see https://openbao.org/api-docs/auth/ldap/ */
export interface LdapMethod extends AuthMethodSettings {
  readonly type: 'ldap';
  /** `ldaps://…`, or `ldap://…` with StartTLS. */
  readonly url: string;
  readonly startTls: boolean;
  /** PEM of the CA that signed the directory's certificate. @default - the CAs of the machine */
  readonly caCertificate?: string;
  /** Where users are, for example `ou=people,dc=example,dc=com`. */
  readonly userDn: string;
  /** Attribute that holds the name people log in with. */
  readonly userAttribute: string;
  /** Where groups are. */
  readonly groupDn: string;
  /** Filter that finds a user's groups; `{{.UserDN}}` and `{{.Username}}` are filled in. */
  readonly groupFilter: string;
  /** Attribute that holds a group's name. */
  readonly groupAttribute: string;
  /** Account that searches; its password is handed over by an operator. @default - search as the user that logs in */
  readonly bindDn?: string;
}

/** Programs on AWS, by the identity that AWS gave them. @see https://developer.hashicorp.com/vault/api-docs/auth/aws */
export interface AwsMethod extends AuthMethodSettings {
  readonly type: 'aws';
  /** Value that a signed login request must carry, so that one for another server is worth nothing. */
  readonly serverIdHeader: string;
  /** Region of the STS endpoint. */
  readonly region: string;
  /** @default - AWS's own */
  readonly stsEndpoint?: string;
  /** @default - AWS's own */
  readonly iamEndpoint?: string;
  /** @default - AWS's own */
  readonly ec2Endpoint?: string;
  /**
   * Whether principals are tied to AWS's unique id, so that one that was removed and made again does not get in.
   * The server needs `iam:GetUser` and `iam:GetRole`.
   */
  readonly resolveUniqueIds: boolean;
}

/** An auth method that a cluster declares, besides AppRole and tokens, which every cluster has. */
export type AuthMethod = KubernetesMethod | JwtMethod | OidcMethod | LdapMethod | AwsMethod;
export type AuthMethodType = AuthMethod['type'];
