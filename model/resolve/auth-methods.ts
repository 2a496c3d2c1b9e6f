import type { AuthMethod, JwtKeys } from '../inventory';
import type { AuthMethodFile } from '../schema/auth-method';
import { defined } from './defined';
import { resolveTuning } from './tuning';

/** What the directory's own tools call it; servers have the same defaults. */
const ldapDefaults = {
  userAttribute: 'cn',
  groupFilter: '(|(memberUid={{.Username}})(member={{.UserDN}})(uniqueMember={{.UserDN}}))',
  groupAttribute: 'cn',
};

/** The auth methods of a cluster, in the order of its file. Each is mounted by its name. */
export function resolveAuthMethods(files: Readonly<Record<string, AuthMethodFile>> = {}): AuthMethod[] {
  return Object.entries(files).map(([name, file]) => resolveAuthMethod(name, file));
}

function resolveAuthMethod(name: string, file: AuthMethodFile): AuthMethod {
  const shared = { name, mountPath: name, description: file.description, tuning: resolveTuning(file.tuning) };
  switch (file.type) {
    case 'kubernetes': {
      const { type, host, caCertificate, issuer, audience, tokenReview = 'client' } = file;
      return { ...shared, ...defined({ type, host, caCertificate, issuer, audience, tokenReview }) };
    }
    case 'jwt': {
      const { type, boundIssuer, supportedAlgorithms = ['RS256'] } = file;
      return { ...shared, type, keys: jwtKeys(file), boundIssuer, supportedAlgorithms };
    }
    case 'oidc': {
      const { type, discoveryUrl, caCertificate, clientId, redirectUris, supportedAlgorithms = ['RS256'] } = file;
      const settings = { type, discoveryUrl, caCertificate, clientId, redirectUris, supportedAlgorithms };
      return { ...shared, ...defined(settings) };
    }
    case 'ldap': {
      const { type, url, startTls = false, caCertificate, userDn, groupDn, bindDn } = file;
      const { userAttribute, groupFilter, groupAttribute } = { ...ldapDefaults, ...defined(file) };
      const where = { userDn, userAttribute, groupDn, groupFilter, groupAttribute };
      return { ...shared, ...defined({ type, url, startTls, caCertificate, ...where, bindDn }) };
    }
    case 'aws': {
      const { type, serverIdHeader, region, stsEndpoint, iamEndpoint, ec2Endpoint, resolveUniqueIds = true } = file;
      const endpoints = { stsEndpoint, iamEndpoint, ec2Endpoint };
      return { ...shared, ...defined({ type, serverIdHeader, region, ...endpoints, resolveUniqueIds }) };
    }
  }
}

/** The schema sees to it that there is exactly one source. */
function jwtKeys(file: Extract<AuthMethodFile, { type: 'jwt' }>): JwtKeys {
  const { discoveryUrl, jwksUrl, publicKeys = [], caCertificate } = file;
  if (discoveryUrl !== undefined) return defined({ from: 'discovery' as const, url: discoveryUrl, caCertificate });
  if (jwksUrl !== undefined) return defined({ from: 'jwks' as const, url: jwksUrl, caCertificate });
  return { from: 'static', publicKeys };
}
