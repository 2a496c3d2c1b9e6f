import type { JwtMethod } from '../../model/cluster/auth-methods/jwt';
import type { LdapMethod } from '../../model/cluster/auth-methods/ldap';

/** Body of a request, in the API's words. */
type Settings = Readonly<Record<string, string | boolean | readonly string[]>>;

/**
 * Settings as `auth/<mount>/config` takes them, for the methods whose provider resource would make the mount as well.
 *
 * @see https://openbao.org/api-docs/auth/jwt/#configure
 */
export function jwtConfiguration(method: Pick<JwtMethod, 'keys' | 'boundIssuer' | 'supportedAlgorithms'>): Settings {
  return {
    ...keySource(method.keys),
    bound_issuer: method.boundIssuer,
    jwt_supported_algs: method.supportedAlgorithms,
  };
}

function keySource(keys: JwtMethod['keys']): Settings {
  switch (keys.from) {
    case 'discovery':
      return { oidc_discovery_url: keys.url, oidc_discovery_ca_pem: keys.caCertificate ?? '' };
    case 'jwks':
      return { jwks_url: keys.url, jwks_ca_pem: keys.caCertificate ?? '' };
    case 'static':
      // As the server gives them back, so that a plan sees no change.
      return { jwt_validation_pubkeys: keys.publicKeys.map((key) => key.trim()) };
  }
}

/** What is told to the server of a directory. */
export type LdapSettings = Pick<
  LdapMethod,
  | 'url'
  | 'startTls'
  | 'caCertificate'
  | 'userDn'
  | 'userAttribute'
  | 'groupDn'
  | 'groupFilter'
  | 'groupAttribute'
  | 'bindDn'
>;

/**
 * All of what we set, also what is empty: the server keeps what a request does not mention.
 *
 * @see https://developer.hashicorp.com/vault/api-docs/auth/ldap#configure-ldap
 */
export function ldapConfiguration(method: LdapSettings): Settings {
  return {
    url: method.url,
    starttls: method.startTls,
    insecure_tls: false,
    tls_min_version: 'tls12',
    tls_max_version: 'tls13',
    certificate: method.caCertificate ?? '',
    userdn: method.userDn,
    // The server lower-cases it; to a directory it is the same.
    userattr: method.userAttribute.toLowerCase(),
    groupdn: method.groupDn,
    groupfilter: method.groupFilter,
    groupattr: method.groupAttribute,
    binddn: method.bindDn ?? '',
    // `Alice` and `alice` are one person to the directory, and so to us.
    case_sensitive_names: false,
    // A directory takes a login without a password for a login of nobody, and says yes.
    deny_null_bind: true,
  };
}
