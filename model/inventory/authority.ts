import type { MountTuning } from './tuning';

export type KeyType = 'ec' | 'rsa';

/** One generation of a certificate authority: its key and certificate. */
export interface AuthorityIssuer {
  /** Name in the engine, for example `2026`. */
  readonly name: string;
  /**
   * PEM of the certificate that an offline root signed, followed by its chain; for `root: offline` only.
   * @default - not signed yet: the request is there and waits
   */
  readonly signedCertificate?: string;
}

/**
 * A certificate authority of an environment, an engine of its own at `v1/<environment>/pki/<name>`. Private keys are made
 * in the server and never leave it. @see https://openbao.org/docs/secrets/pki/
 */
export interface Authority {
  readonly name: string;
  readonly mountPath: string;
  readonly description: string;
  /** Common name; the issuer's name is put behind it. */
  readonly commonName: string;
  readonly organization: string;
  /**
   * Who signs it. `self`: a root of its own. `offline`: a root kept outside any server, which signs the request by hand.
   * Otherwise another authority of the same environment.
   */
  readonly signedBy:
    | { readonly kind: 'self' }
    | { readonly kind: 'offline' }
    | { readonly kind: 'authority'; readonly authority: Authority };
  readonly keyType: KeyType;
  /** 256, 384 or 521 for `ec`; 2048 to 8192 for `rsa`. */
  readonly keyBits: number;
  /** Life of the authority's own certificate. */
  readonly ttlSeconds: number;
  /** Longest life of what it issues. */
  readonly maxLeafTtlSeconds: number;
  /** Generations, oldest first; never empty. While there are two, both verify, and `defaultIssuer` signs. */
  readonly issuers: readonly AuthorityIssuer[];
  /** Name of the issuer that signs. */
  readonly defaultIssuer: string;
  /** Life of a list of revoked certificates; it is rebuilt before its end. */
  readonly crlTtlSeconds: number;
  /** Whether certificates can be had by ACME. */
  readonly acme: boolean;
  readonly tuning: MountTuning;
}

/** What a certificate is for. `peer` is both, for programs that are server and client of one another. */
export type CertificateUse = 'server' | 'client' | 'peer';

/** A role that a tenant gets certificates by; `<tenant>-<name>` in the authority's engine. */
export interface CertificateRole {
  /** Name in the tenant's file. */
  readonly name: string;
  readonly roleName: string;
  readonly authority: Authority;
  readonly use: CertificateUse;
  /** Names that certificates may be made out to; never empty. */
  readonly domains: readonly string[];
  /** Whether names below the domains are allowed as well. */
  readonly subdomains: boolean;
  /** Whether certificates may name IP addresses; never for `client`. */
  readonly ipAddresses: boolean;
  readonly ttlSeconds: number;
  readonly maxTtlSeconds: number;
  readonly keyType: KeyType;
  readonly keyBits: number;
}
