import { PkiSecretBackendConfigIssuers } from '@cdktf/provider-vault/lib/pki-secret-backend-config-issuers';
import { TerraformStack, type ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';

import type { MountTuning } from '../../model/cluster/tuning';
import type { Authority, AuthorityIssuer } from '../../model/environment/authority';
import { PlatformError, type Problem } from '../../model/errors';
import type { CertificateOperation } from '../../model/tenant/grants/certificate';
import { nameOf, type Named } from '../engines/name-in-engine';
import { SecretEngineBase, type ISecretEngine, type SecretEngineAttributes } from '../engines/secret-engine';
import { certificateOperations, grantOperations } from '../policy/operations';
import type { IGrantable } from '../policy/policy-document';
import { AuthoritySettings } from './authority-settings';
import { EngineSetting } from './engine-setting';
import { Issuer, type IssuerSigner, type SignedIssuer } from './issuer';
import { resolveKey, type KeySettings } from './key';

/** A certificate authority, made here or elsewhere. Roles are granted by construct or by name; a name is never a pattern. */
export interface ICertificateAuthority extends ISecretEngine {
  /** Longest life of what it issues; undefined where that is not known. */
  readonly maxLeafTtlSeconds: number | undefined;
  /** Just these operations, with the reason as a comment in the policy. */
  grant(grantee: IGrantable, role: Named, operations: readonly CertificateOperation[], reason?: string): void;
  /** Get a key and a certificate by a role. */
  grantIssue(grantee: IGrantable, role: Named): void;
  /** Get a certificate by a role for a key of one's own. */
  grantSign(grantee: IGrantable, role: Named): void;
  /** Revoke certificates whose private key one shows; whichever role they are from. */
  grantRevoke(grantee: IGrantable, reason?: string): void;
}

export interface CertificateAuthorityAttributes extends SecretEngineAttributes {
  /** Longest life of what it issues. @default - not known, and so not compared with that of its roles */
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
   * Who signs it. `self`: it is a root. `offline`: a root outside any server signs the request by hand. Otherwise another
   * authority of the same stack.
   */
  readonly signer: 'self' | 'offline' | CertificateAuthority;
  /** URL of the cluster, `https://host:port`, without a trailing slash: certificates say where to look for revoked ones. */
  readonly clusterAddress: string;
  /** Life of a list of revoked certificates, which is made anew every 15 minutes, or twice in its life. @default 86400 */
  readonly crlTtlSeconds?: number;
  /** Whether certificates can be had by ACME. @default false */
  readonly acme?: boolean;
  /** How it is mounted, besides what an authority needs. @default - just that */
  readonly tuning?: MountTuning;
}

/** A request for a certificate that an offline root has to sign; public. */
export interface CertificateRequest {
  /** Name of the issuer. */
  readonly issuer: string;
  /** PEM, known after the first apply. */
  readonly certificateRequest: string;
}

abstract class CertificateAuthorityBase extends SecretEngineBase implements ICertificateAuthority {
  public readonly maxLeafTtlSeconds: number | undefined;
  /** Revoking is not by role: granted with two roles it is one rule. */
  private readonly revokers = new Set<IGrantable>();

  constructor(scope: Construct, id: string, attributes: CertificateAuthorityAttributes) {
    super(scope, id, attributes);
    this.maxLeafTtlSeconds = attributes.maxLeafTtlSeconds;
  }

  public grant(grantee: IGrantable, role: Named, operations: readonly CertificateOperation[], reason?: string): void {
    const name = nameOf('role', role);
    const byRole = operations.filter((operation) => operation !== 'revoke');
    this.write(grantee, { name, operations: byRole, reason });
    if (byRole.length < operations.length) this.grantRevoke(grantee, reason);
  }

  public grantIssue(grantee: IGrantable, role: Named): void {
    this.grant(grantee, role, ['issue']);
  }

  public grantSign(grantee: IGrantable, role: Named): void {
    this.grant(grantee, role, ['sign']);
  }

  public grantRevoke(grantee: IGrantable, reason?: string): void {
    if (this.revokers.has(grantee)) return;
    this.revokers.add(grantee);
    this.write(grantee, { name: '', operations: ['revoke'], reason });
  }

  private write(
    grantee: IGrantable,
    what: { name: string; operations: readonly CertificateOperation[]; reason: string | undefined },
  ): void {
    const { name, operations, reason } = what;
    const subject = { mountPath: this.mountPath, name, ...(reason !== undefined && { reason }) };
    grantOperations(grantee, certificateOperations, operations, subject);
  }
}

class ImportedCertificateAuthority extends CertificateAuthorityBase {}

/**
 * A certificate authority, with one issuer for each of its generations; the default one signs, the others only vouch for what
 * they have signed. Private keys are made in the server and never leave it.
 *
 * @see https://openbao.org/docs/secrets/pki/
 */
export class CertificateAuthority extends CertificateAuthorityBase {
  /** An authority that another stack owns; nothing is made, access to it can be granted. */
  public static fromCertificateAuthorityAttributes(
    scope: Construct,
    id: string,
    attributes: CertificateAuthorityAttributes,
  ): ICertificateAuthority {
    return new ImportedCertificateAuthority(scope, id, attributes);
  }

  /** Life of its own certificates. */
  public readonly ttlSeconds: number;
  /** Requests that wait for the signature of an offline root, or of an authority that waits itself. */
  public readonly certificateRequests: readonly CertificateRequest[];
  /** What it signs another authority as. */
  public readonly asSigner: Exclude<IssuerSigner, string>;

  /** @throws PlatformError `construct` with everything that does not fit together */
  constructor(scope: Construct, id: string, props: CertificateAuthorityProps) {
    super(scope, id, props);
    const { mountPath, description, clusterAddress, crlTtlSeconds = 86_400, acme = false, ttlSeconds } = props;
    const problems = problemsOf(this, props);
    if (problems.length > 0) throw new PlatformError('construct', problems);
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

  /** Says which issuer signs. There is always one that may: the new one before the switch, and the old one until after it. */
  private addDefault(chosen: SignedIssuer, signed: readonly SignedIssuer[]): void {
    const switched = new PkiSecretBackendConfigIssuers(this, 'default', {
      backend: this.backend,
      default: chosen.issuerId,
      defaultFollowsLatestIssuer: false,
      dependsOn: [this.addUsage(chosen, true).resource],
    });
    for (const issuer of signed) if (issuer !== chosen) this.addUsage(issuer, false, [switched]);
  }

  /** What an issuer may be used for: to sign certificates, or just to vouch for those that it has signed. */
  private addUsage(issuer: SignedIssuer, signs: boolean, after: readonly ITerraformDependable[] = []): EngineSetting {
    const usage = ['crl-signing', ...(signs ? ['issuing-certificates'] : []), 'ocsp-signing', 'read-only'];
    return new EngineSetting(issuer, 'usage', {
      engine: this,
      path: `issuer/${issuer.issuerId}`,
      // Refuses what would outlive the issuer, instead of cutting it short without a word.
      values: { issuer_name: issuer.name, leaf_not_after_behavior: 'err', usage: usage.join(',') },
      after,
    });
  }
}

/** ACME and OCSP speak by headers, and a root's certificate may live no longer than the mount allows. */
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

function problemsOf(construct: Construct, props: CertificateAuthorityProps): Problem[] {
  const { signer, issuers, defaultIssuer, ttlSeconds, maxLeafTtlSeconds, mountPath, tuning } = props;
  const names = issuers.map(({ name }) => name);
  const problems: Problem[] = [];
  const refuse = (message: string, given: string | number, fix: string): void => {
    problems.push({ message: `authority ${mountPath}: ${message}`, given: String(given), fix });
  };
  for (const name of new Set(names.filter((one, index) => names.indexOf(one) !== index)))
    refuse('two issuers of one name', name, 'name each generation differently, for example by its year');
  if (!names.includes(defaultIssuer))
    refuse('the default issuer is none of the issuers', defaultIssuer, `name one of: ${names.join(', ')}`);
  const signed = issuers.filter(({ signedCertificate }) => signedCertificate !== undefined);
  if (signer !== 'offline' && signed.length > 0)
    refuse(
      'a certificate is given that the server makes',
      signed[0]!.name,
      'leave signedCertificate to an offline root',
    );
  if (signer === 'offline' && signed.length > 0 && !signed.some(({ name }) => name === defaultIssuer))
    refuse('the default issuer has no certificate yet', defaultIssuer, 'switch to it when it is signed');
  if (maxLeafTtlSeconds >= ttlSeconds)
    refuse('what it issues would outlive it', maxLeafTtlSeconds, `stay below its own life, ${ttlSeconds} seconds`);
  if (tuning?.maxLeaseTtlSeconds !== undefined && tuning.maxLeaseTtlSeconds < ttlSeconds)
    refuse(
      'the mount allows less than its own life',
      tuning.maxLeaseTtlSeconds,
      `allow ${ttlSeconds} seconds, or leave it out`,
    );
  if (typeof signer === 'string') return problems;
  if (ttlSeconds > signer.ttlSeconds)
    refuse(
      'it would outlive what signs it',
      ttlSeconds,
      `at most the life of ${signer.mountPath}, ${signer.ttlSeconds} seconds`,
    );
  if (TerraformStack.of(signer) !== TerraformStack.of(construct))
    refuse('what signs it is of another stack', signer.mountPath, 'make both in one stack, or sign it offline');
  return problems;
}
