import { PkiSecretBackendRole } from '@cdktf/provider-vault/lib/pki-secret-backend-role';
import { Construct } from 'constructs';

import { hostRule } from '../../model/language/rules/words';
import type { CertificateUse } from '../../model/tenant/certificate';
import { nameProblem } from '../engines/name-in-engine';
import { ttlProblem } from '../ttl-problem';
import { allOf, validateProps, valueProblems } from '../validate-props';
import type { ICertificateAuthority } from './certificate-authority';
import { resolveKey, type KeySettings } from './key';

export interface CertificateRoleProps extends KeySettings {
  readonly authority: ICertificateAuthority;
  /** Name in the engine, unique there: `<tenant>-<name>`. */
  readonly roleName: string;
  /** DNS names in certificates, without wildcards; at least one. */
  readonly domains: readonly string[];
  /** Whether subdomains of the domains are allowed too. @default false */
  readonly subdomains?: boolean;
  /** Lifetime of a certificate unless a request asks for another one. */
  readonly ttlSeconds: number;
  /** Maximum lifetime of a certificate. The server shortens longer ones to it. */
  readonly maxTtlSeconds: number;
}

/** Differences between the kinds of role. Props of a role cannot change them. */
interface RoleKind {
  readonly use: CertificateUse;
  /** Whether certificates may contain IP addresses. */
  readonly ipAddresses: boolean;
}

/** Rules that all kinds of role share. */
export const certificateRoleRule = allOf<CertificateRoleProps>(
  ({ roleName }) => nameProblem('role', roleName),
  ({ domains }) =>
    domains.length > 0
      ? undefined
      : { message: 'no domains', given: 'an empty list', fix: 'name at least one domain for certificates' },
  ({ domains }) => valueProblems('domains', hostRule, domains),
  ttlProblem,
  ({ authority: { maxLeafTtlSeconds }, maxTtlSeconds }) =>
    maxLeafTtlSeconds === undefined || maxTtlSeconds <= maxLeafTtlSeconds
      ? undefined
      : {
          message: 'the maximum TTL is longer than the authority allows',
          given: `maxTtlSeconds: ${maxTtlSeconds}`,
          allowed: `up to ${maxLeafTtlSeconds} seconds`,
          fix: 'shorten maxTtlSeconds',
        },
);

/**
 * Base class of roles. Only the class determines the usage of certificates: no prop, no request parameter and no extension in a
 * certificate request changes it.
 *
 * @see https://openbao.org/api-docs/secret/pki/#create-update-role
 */
export abstract class CertificateRole extends Construct {
  public readonly roleName: string;

  /** @throws PlatformError `construct` for invalid names, domains or TTLs */
  constructor(scope: Construct, id: string, props: CertificateRoleProps, { use, ipAddresses }: RoleKind) {
    super(scope, id);
    validateProps(this, props, [certificateRoleRule]);
    const { authority, roleName, domains, subdomains = false, ttlSeconds, maxTtlSeconds } = props;
    const { keyType, keyBits } = resolveKey(props);
    this.roleName = roleName;
    new PkiSecretBackendRole(this, 'Resource', {
      backend: authority.backend,
      name: roleName,
      // The default issuer at the time of the request.
      issuerRef: 'default',

      serverFlag: use !== 'client',
      clientFlag: use !== 'server',
      codeSigningFlag: false,
      emailProtectionFlag: false,
      // Key encipherment is for RSA key exchange in TLS 1.2. Elliptic curve keys only sign.
      keyUsage: keyType === 'rsa' && use !== 'client' ? ['DigitalSignature', 'KeyEncipherment'] : ['DigitalSignature'],
      basicConstraintsValidForNonCa: true,

      allowedDomains: [...domains],
      allowBareDomains: true,
      allowSubdomains: subdomains,
      allowAnyName: false,
      allowGlobDomains: false,
      allowWildcardCertificates: false,
      allowLocalhost: false,
      allowIpSans: ipAddresses,
      enforceHostnames: true,
      requireCn: true,
      // Of a certificate request only the key and the allowed names are used.
      useCsrCommonName: true,
      useCsrSans: true,

      keyType,
      keyBits,
      ttl: String(ttlSeconds),
      maxTtl: String(maxTtlSeconds),
      // Stored, so that certificates can be revoked by serial number. Without a lease, which would revoke them with the token.
      noStore: false,
      generateLease: false,
    });
  }
}
