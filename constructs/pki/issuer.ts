import { GenericEndpoint } from '@cdktf/provider-vault/lib/generic-endpoint';
import { PkiSecretBackendIntermediateCertRequest } from '@cdktf/provider-vault/lib/pki-secret-backend-intermediate-cert-request';
import { PkiSecretBackendRootSignIntermediate } from '@cdktf/provider-vault/lib/pki-secret-backend-root-sign-intermediate';
import { Fn, propertyAccess, Token, type ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';

import type { AuthorityIssuer } from '../../model/environment/authority';
import type { ISecretEngine } from '../engines/secret-engine';
import type { KeySettings } from './key';

/** Who signs an issuer: itself, somebody outside, or an issuer of another authority, which may not be there yet. */
export type IssuerSigner =
  | 'self'
  | 'offline'
  | {
      readonly engine: ISecretEngine;
      /** @default - it waits for a signature itself */
      readonly issuerId?: string;
      /** What has to be in place before it signs, such as the addresses that it writes into certificates. */
      readonly after: ITerraformDependable;
    };

export interface IssuerProps extends AuthorityIssuer, Required<KeySettings> {
  readonly engine: ISecretEngine;
  readonly signer: IssuerSigner;
  readonly commonName: string;
  readonly organization: string;
  readonly ttlSeconds: number;
}

/** An issuer that has its certificate. */
export type SignedIssuer = Issuer & { readonly issuerId: string };

/** An issuer is made once. What would have to change in it is the next generation's. */
const madeOnce = { preventDestroy: true, ignoreChanges: 'all' } as const;

/**
 * One generation of an authority: a key that is made in the server and stays there, and the certificate for it.
 *
 * Whatever becomes of the configuration, Terraform never makes it anew, near its end or because a setting changed, and never
 * deletes it; when it leaves the configuration, Terraform forgets it and the server keeps it.
 *
 * @see https://openbao.org/api-docs/secret/pki/
 */
export class Issuer extends Construct {
  public readonly name: string;
  /** The server's id; undefined as long as the certificate is missing. */
  public readonly issuerId: string | undefined;
  /** PEM of the request for a certificate; a root of its own has none. */
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

  /** Whether it has its certificate. */
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

  /** @returns PEM of the certificate and of those above it */
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

  /** The server says which issuer has which key, and the one with ours is this one; those above it have none here. */
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
