import { PkiSecretBackendConfigIssuers } from '@cdktf/provider-vault/lib/pki-secret-backend-config-issuers';
import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';

import type { MountTuning } from '../../model/cluster/tuning';
import { defaultCrlTtlSeconds, type Authority, type AuthorityIssuer } from '../../model/environment/authority';
import type { CertificateOperation } from '../../model/tenant/grants/certificate';
import { roleNameOf, type NamedRole } from '../engines/name-in-engine';
import { imported, SecretEngineBase, type SecretEngineAttributes } from '../engines/secret-engine';
import { certificateOperations } from '../policy/operations';
import type { IGrantable } from '../policy/policy-document';
import { validateProps } from '../validate-props';
import { authorityRule } from './authority-rule';
import { AuthoritySettings } from './authority-settings';
import { EngineSetting } from './engine-setting';
import { Issuer, type IssuerSigner, type SignedIssuer } from './issuer';
import { resolveKey, type KeySettings } from './key';

export interface CertificateAuthorityAttributes extends SecretEngineAttributes {
  /** Maximum lifetime of the certificates that it issues. @default - not known, so the TTLs of its roles are not checked against it */
  readonly maxLeafTtlSeconds?: number;
}

export interface CertificateAuthorityProps
  extends
    KeySettings,
    Pick<
      Authority,
      | 'mountPath'
      | 'description'
      | 'commonName'
      | 'organization'
      | 'ttlSeconds'
      | 'maxLeafTtlSeconds'
      | 'issuers'
      | 'defaultIssuer'
    > {
  /**
   * Signer of its certificate. `self`: it is a root. `offline`: a root outside of any server signs the certificate request manually.
   * Otherwise another authority of the same stack.
   */
  readonly signer: 'self' | 'offline' | CertificateAuthority;
  /** URL of the cluster, `https://host:port`, without a trailing slash. Certificates contain it as the address of revocation lists. */
  readonly clusterAddress: string;
  /** Lifetime of a certificate revocation list (CRL). It is rebuilt every 15 minutes, or after half its lifetime if that is shorter. @default 259200 */
  readonly crlTtlSeconds?: number;
  /** Whether ACME is enabled. @default false */
  readonly acme?: boolean;
  /** Settings of the mount, besides those that an authority requires. @default - only those */
  readonly tuning?: MountTuning;
}

/** A certificate request that an offline root has to sign. It is public. */
export interface CertificateRequest {
  /** Name of the issuer. */
  readonly issuer: string;
  /** PEM; a reference that is known after the first apply. */
  readonly certificateRequest: string;
}

/**
 * A certificate authority of this or another stack. Grants take a role as a construct or by name; a name is never a pattern.
 */
export class CertificateAuthorityBase extends SecretEngineBase {
  /** Maximum lifetime of the certificates that it issues; undefined if it is not known. */
  public readonly maxLeafTtlSeconds: number | undefined;
  /** Revocation does not depend on a role: it is one rule, even if it is granted with two roles. */
  private readonly revokers = new Set<IGrantable>();

  constructor(scope: Construct, id: string, attributes: CertificateAuthorityAttributes) {
    super(scope, id, attributes);
    this.maxLeafTtlSeconds = attributes.maxLeafTtlSeconds;
  }

  /** @param reason comment in the policy. @default - none */
  public grant(
    grantee: IGrantable,
    role: NamedRole,
    operations: readonly CertificateOperation[],
    reason?: string,
  ): void {
    const byRole = operations.filter((operation) => operation !== 'revoke');
    const name = roleNameOf(role);
    this.write(grantee, { table: certificateOperations, operations: byRole, kind: 'role', name, reason });
    if (byRole.length < operations.length) this.grantRevoke(grantee, reason);
  }

  /** Get a private key and a certificate from a role. */
  public grantIssue(grantee: IGrantable, role: NamedRole): void {
    this.grant(grantee, role, ['issue']);
  }

  /** Get a certificate from a role for the client's own key. */
  public grantSign(grantee: IGrantable, role: NamedRole): void {
    this.grant(grantee, role, ['sign']);
  }

  /** Revoke certificates of any role by presenting their private key. */
  public grantRevoke(grantee: IGrantable, reason?: string): void {
    if (this.revokers.has(grantee)) return;
    this.revokers.add(grantee);
    this.write(grantee, { table: certificateOperations, operations: ['revoke'], name: '', reason });
  }
}

export type ICertificateAuthority = CertificateAuthorityBase;

/**
 * A certificate authority with one issuer for each generation. The default issuer signs certificates. The others only sign revocation
 * lists and OCSP responses for the certificates that they issued. The server generates the private keys, which never leave it.
 *
 * @see https://openbao.org/docs/secrets/pki/
 */
export class CertificateAuthority extends CertificateAuthorityBase {
  /** An authority of another stack; access to it can be granted. */
  public static readonly fromCertificateAuthorityAttributes = imported(CertificateAuthorityBase);

  /** Lifetime of its own certificates. */
  public readonly ttlSeconds: number;
  /** Certificate requests that an offline root, or an authority without a certificate, has not signed yet. */
  public readonly certificateRequests: readonly CertificateRequest[];
  /** Signer of other authorities. */
  public readonly asSigner: Exclude<IssuerSigner, string>;

  /** @throws PlatformError `construct` if issuers, TTLs or the signer are inconsistent */
  constructor(scope: Construct, id: string, props: CertificateAuthorityProps) {
    super(scope, id, props);
    const {
      mountPath,
      description,
      clusterAddress,
      crlTtlSeconds = defaultCrlTtlSeconds,
      acme = false,
      ttlSeconds,
    } = props;
    validateProps(this, { ...props, construct: this }, [authorityRule]);
    this.ttlSeconds = ttlSeconds;
    this.mount({ type: 'pki' }, { mountPath, description, tuning: authorityTuning(props) });
    const settings = new AuthoritySettings(this, 'settings', { engine: this, clusterAddress, crlTtlSeconds, acme });

    const issuers = props.issuers.map((issuer) => this.addIssuer(issuer, props));
    this.certificateRequests = issuers.flatMap((issuer) =>
      issuer.isSigned() || issuer.certificateRequest === undefined
        ? []
        : [{ issuer: issuer.name, certificateRequest: issuer.certificateRequest }],
    );
    const signed = issuers.filter((issuer): issuer is SignedIssuer => issuer.isSigned());
    const chosen = signed.find(({ name }) => name === props.defaultIssuer);
    if (chosen !== undefined) this.addDefault(chosen, signed);
    const { addresses: after } = settings;
    this.asSigner = { engine: this, after, ...(chosen !== undefined && { issuerId: chosen.issuerId }) };
  }

  private addIssuer(issuer: AuthorityIssuer, props: CertificateAuthorityProps): Issuer {
    const { signer, commonName, organization, ttlSeconds } = props;
    return new Issuer(this, `issuer-${issuer.name}`, {
      ...issuer,
      ...resolveKey(props),
      engine: this,
      signer: typeof signer === 'string' ? signer : signer.asSigner,
      commonName,
      organization,
      ttlSeconds,
    });
  }

  /** Sets the default issuer. The new one may sign before the switch and the old one until after it, so that one always can. */
  private addDefault(chosen: SignedIssuer, signed: readonly SignedIssuer[]): void {
    const switched = new PkiSecretBackendConfigIssuers(this, 'default', {
      backend: this.backend,
      default: chosen.issuerId,
      defaultFollowsLatestIssuer: false,
      dependsOn: [this.addUsage(chosen, true).resource],
    });
    for (const issuer of signed) if (issuer !== chosen) this.addUsage(issuer, false, [switched]);
  }

  /** Sets the usage of an issuer: to sign certificates, or only revocation lists and OCSP responses. */
  private addUsage(issuer: SignedIssuer, signs: boolean, after: readonly ITerraformDependable[] = []): EngineSetting {
    const usage = ['crl-signing', ...(signs ? ['issuing-certificates'] : []), 'ocsp-signing', 'read-only'];
    return new EngineSetting(issuer, 'usage', {
      engine: this,
      path: `issuer/${issuer.issuerId}`,
      // The server rejects certificates that would outlive the issuer, instead of shortening them without an error.
      values: { issuer_name: issuer.name, leaf_not_after_behavior: 'err', usage: usage.join(',') },
      after,
    });
  }
}

/** ACME and OCSP require headers. The mount limits the lifetime of a root's certificate. */
function authorityTuning({ tuning = {}, ttlSeconds }: CertificateAuthorityProps): MountTuning {
  const { passthroughRequestHeaders = [], allowedResponseHeaders = [] } = tuning;
  return {
    maxLeaseTtlSeconds: ttlSeconds,
    ...tuning,
    passthroughRequestHeaders: union(['If-Modified-Since'], passthroughRequestHeaders),
    allowedResponseHeaders: union(['Last-Modified', 'Location', 'Replay-Nonce', 'Link'], allowedResponseHeaders),
  };
}

const union = (...lists: readonly (readonly string[])[]): string[] => [...new Set(lists.flat())];
