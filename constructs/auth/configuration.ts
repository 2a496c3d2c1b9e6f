import type { JwtMethod } from '../../model/cluster/auth-methods/jwt';
import type { LdapMethod } from '../../model/cluster/auth-methods/ldap';

/** Body of an API request. */
type Settings = Readonly<Record<string, string | boolean | readonly string[]>>;

/**
 * Body of `auth/<mount>/config`. The provider's own resource would create the mount too.
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
      // As the server returns them, so that a plan shows no change.
      return { jwt_validation_pubkeys: keys.publicKeys.map((key) => key.trim()) };
  }
}

/** Settings of a directory. */
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
 * Body of `auth/<mount>/config`, with empty settings too: the server keeps the old value of a setting that a request omits.
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
    // The server converts it to lower case. Directories ignore the case of attribute names.
    userattr: method.userAttribute.toLowerCase(),
    groupdn: method.groupDn,
    groupfilter: method.groupFilter,
    groupattr: method.groupAttribute,
    binddn: method.bindDn ?? '',
    // `Alice` and `alice` are the same account in the directory.
    case_sensitive_names: false,
    // Directories accept a bind without a password as an anonymous bind, so such a login would succeed.
    deny_null_bind: true,
  };
}
