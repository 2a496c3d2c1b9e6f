import { GenericEndpoint } from '@cdktf/provider-vault/lib/generic-endpoint';
import { PkiSecretBackendIntermediateCertRequest } from '@cdktf/provider-vault/lib/pki-secret-backend-intermediate-cert-request';
import { PkiSecretBackendRootSignIntermediate } from '@cdktf/provider-vault/lib/pki-secret-backend-root-sign-intermediate';
import { Fn, propertyAccess, Token, type ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';

import type { AuthorityIssuer } from '../../model/environment/authority';
import type { ISecretEngine } from '../engines/secret-engine';
import type { KeySettings } from './key';

/** Signer of an issuer: itself, an offline root, or an issuer of another authority, which may not have a certificate yet. */
export type IssuerSigner =
  | 'self'
  | 'offline'
  | {
      readonly engine: ISecretEngine;
      /** @default - it has no certificate yet */
      readonly issuerId?: string;
      /** Element that Terraform creates before it signs: the addresses in certificates. */
      readonly after: ITerraformDependable;
    };

export interface IssuerProps extends AuthorityIssuer, Required<KeySettings> {
  readonly engine: ISecretEngine;
  readonly signer: IssuerSigner;
  readonly commonName: string;
  readonly organization: string;
  readonly ttlSeconds: number;
}

/** An issuer with a certificate. */
export type SignedIssuer = Issuer & { readonly issuerId: string };

/** An issuer is created once. Changed settings apply to the next generation. */
const madeOnce = { preventDestroy: true, ignoreChanges: 'all' } as const;

/**
 * One generation of an authority: a key that the server generates and keeps, and the certificate for it.
 *
 * Terraform never replaces it, neither before it expires nor because a setting changed, and never deletes it. If it is removed from the
 * configuration, Terraform removes it from the state and the server keeps it.
 *
 * @see https://openbao.org/api-docs/secret/pki/
 */
export class Issuer extends Construct {
  public readonly name: string;
  /** The server's id; undefined until it has a certificate. */
  public readonly issuerId: string | undefined;
  /** PEM of the certificate request; undefined for a root. */
  public readonly certificateRequest: string | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: IssuerProps,
  ) {
    super(scope, id);
    const { signer, signedCertificate } = props;
    this.name = props.name;
    if (signer === 'self') {
      this.issuerId = this.addRoot();
      return;
    }
    const request = this.addRequest();
    this.certificateRequest = request.csr;
    const certificates = signer === 'offline' ? signedCertificate : this.addSignature(request.csr, signer);
    if (certificates !== undefined) this.issuerId = this.addCertificates(certificates, request.keyId);
  }

  /** Whether it has a certificate. */
  public isSigned(): this is SignedIssuer {
    return this.issuerId !== undefined;
  }

  private get subject(): { readonly commonName: string; readonly organization: string } {
    return { commonName: `${this.props.commonName} ${this.props.name}`, organization: this.props.organization };
  }

  private addRoot(): string {
    const { engine, name, keyType, keyBits, ttlSeconds } = this.props;
    const { commonName, organization } = this.subject;
    const root = new GenericEndpoint(this, 'Resource', {
      path: `${engine.backend}/issuers/generate/root/internal`,
      dataJson: JSON.stringify({
        common_name: commonName,
        organization,
        exclude_cn_from_sans: true,
        issuer_name: name,
        key_name: name,
        key_type: keyType,
        key_bits: keyBits,
        ttl: ttlSeconds,
      }),
      writeFields: ['issuer_id', 'certificate'],
      disableRead: true,
      disableDelete: true,
      lifecycle: madeOnce,
    });
    return root.writeData.lookup('issuer_id');
  }

  private addRequest(): PkiSecretBackendIntermediateCertRequest {
    const { engine, name, keyType, keyBits } = this.props;
    return new PkiSecretBackendIntermediateCertRequest(this, 'request', {
      backend: engine.backend,
      type: 'internal',
      ...this.subject,
      excludeCnFromSans: true,
      keyName: name,
      keyType,
      keyBits,
      lifecycle: madeOnce,
    });
  }

  /** @returns PEM of the certificate and its chain */
  private addSignature(csr: string, signer: Exclude<IssuerSigner, string>): string | undefined {
    const { engine, issuerId, after } = signer;
    if (issuerId === undefined) return undefined;
    const signed = new PkiSecretBackendRootSignIntermediate(this, 'signature', {
      backend: engine.backend,
      issuerRef: issuerId,
      csr,
      ...this.subject,
      excludeCnFromSans: true,
      ttl: String(this.props.ttlSeconds),
      dependsOn: [after],
      lifecycle: madeOnce,
    });
    return Fn.join('\n', Fn.concat([[signed.certificate], signed.caChain]) as string[]);
  }

  /** The server returns the key of each imported issuer. This one is the issuer with our key; its parents have no key here. */
  private addCertificates(certificates: string, keyId: string): string {
    const imported = new GenericEndpoint(this, 'Resource', {
      path: `${this.props.engine.backend}/intermediate/set-signed`,
      dataJson: Fn.jsonencode({ certificate: certificates }),
      writeFields: ['mapping'],
      disableRead: true,
      disableDelete: true,
      lifecycle: { preventDestroy: true },
    });
    const keyOfIssuer: unknown = Fn.jsondecode(imported.writeData.lookup('mapping'));
    const issuerOfKey: unknown = Fn.zipmap(Fn.values(keyOfIssuer) as string[], Fn.keys(keyOfIssuer));
    return Token.asString(propertyAccess(issuerOfKey, [keyId]));
  }
}
