import { PkiSecretBackendRole } from '@cdktf/provider-vault/lib/pki-secret-backend-role';
import { Construct } from 'constructs';

import { PlatformError, type Problem } from '../../model/errors';
import type { CertificateUse } from '../../model/tenant/certificate';
import { nameOf } from '../engines/name-in-engine';
import type { ICertificateAuthority } from './certificate-authority';
import { resolveKey, type KeySettings } from './key';

export interface CertificateRoleProps extends KeySettings {
  readonly authority: ICertificateAuthority;
  /** Name in the engine, unique there: `<tenant>-<name>`. */
  readonly roleName: string;
  /** DNS names that certificates may be made out to, without wildcards; at least one. */
  readonly domains: readonly string[];
  /** Whether names below the domains are allowed as well. @default false */
  readonly subdomains?: boolean;
  /** Life of a certificate that is asked for without one. */
  readonly ttlSeconds: number;
  /** Longest life of a certificate; a longer one that is asked for is cut to it. */
  readonly maxTtlSeconds: number;
}

/** What the kinds of role differ in; nothing that a user of one could give. */
interface Kind {
  readonly use: CertificateUse;
  /** Whether certificates may name IP addresses. */
  readonly ipAddresses: boolean;
}

/**
 * What all roles have in common. What a certificate is for comes from the class of the role alone: neither a property nor a
 * request, nor what is written in a request that is to be signed, can change or extend it.
 *
 * @see https://openbao.org/api-docs/secret/pki/#create-update-role
 */
export abstract class CertificateRole extends Construct {
  public readonly roleName: string;

  /** @throws PlatformError `construct` with everything that does not fit together */
  constructor(scope: Construct, id: string, props: CertificateRoleProps, { use, ipAddresses }: Kind) {
    super(scope, id);
    const problems = problemsOf(props);
    if (problems.length > 0) throw new PlatformError('construct', problems);
    const { authority, domains, subdomains = false, ttlSeconds, maxTtlSeconds } = props;
    const { keyType, keyBits } = resolveKey(props);
    this.roleName = nameOf('role', props.roleName);
    new PkiSecretBackendRole(this, 'Resource', {
      backend: authority.backend,
      name: this.roleName,
      // Whichever issuer is the default when a certificate is asked for.
      issuerRef: 'default',

      serverFlag: use !== 'client',
      clientFlag: use !== 'server',
      codeSigningFlag: false,
      emailProtectionFlag: false,
      // An RSA key may also be used to wrap the key of a session, as TLS 1.2 can; one of elliptic curves only signs.
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
      // From a request that is to be signed: its key and its names, if they are allowed, and nothing else.
      useCsrCommonName: true,
      useCsrSans: true,

      keyType,
      keyBits,
      ttl: String(ttlSeconds),
      maxTtl: String(maxTtlSeconds),
      // Kept, or it could not be revoked by its number; without a lease, which would revoke it with the token.
      noStore: false,
      generateLease: false,
    });
  }
}

function problemsOf(props: CertificateRoleProps): Problem[] {
  const { authority, roleName, domains, ttlSeconds, maxTtlSeconds } = props;
  const limit = authority.maxLeafTtlSeconds;
  const problems: Problem[] = [];
  const refuse = (message: string, given: string | number, fix: string): void => {
    problems.push({ message: `certificate role ${roleName}: ${message}`, given: String(given), fix });
  };
  if (domains.length === 0)
    refuse('no domain', 'an empty list', 'name at least one that certificates may be made out to');
  for (const domain of domains.filter((one) => !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(one)))
    refuse('not a plain DNS name', domain, 'lower case, no wildcard; `subdomains` allows names below it');
  if (ttlSeconds > maxTtlSeconds)
    refuse('certificates would live longer than they may', ttlSeconds, `at most maxTtlSeconds, ${maxTtlSeconds}`);
  if (limit !== undefined && maxTtlSeconds > limit)
    refuse('certificates would live longer than the authority allows', maxTtlSeconds, `at most ${limit} seconds`);
  return problems;
}
