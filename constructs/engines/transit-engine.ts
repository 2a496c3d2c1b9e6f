import type { Construct } from 'constructs';

import type { KeyOperation } from '../../model/tenant/grants/key';
import { keyOperations } from '../policy/operations';
import type { IGrantable } from '../policy/policy-document';
import { imported, SecretEngineBase, type SecretEngineProps } from './secret-engine';

/** A key in a transit engine of this or another stack. */
export interface ITransitKey {
  /** Name in the engine, for example `checkout-card`. */
  readonly keyName: string;
}

/**
 * A transit engine of this or another stack. Programs send it data to encrypt or sign; keys never leave it. Grants take a key as a
 * construct or by name; a name is never a pattern.
 */
export class TransitEngineBase extends SecretEngineBase {
  /** @param reason comment in the policy. @default - none */
  public grant(
    grantee: IGrantable,
    key: ITransitKey | string,
    operations: readonly KeyOperation[],
    reason?: string,
  ): void {
    const name = typeof key === 'string' ? key : key.keyName;
    this.write(grantee, { table: keyOperations, operations, kind: 'key', name, reason });
  }

  public grantEncrypt(grantee: IGrantable, key: ITransitKey | string): void {
    this.grant(grantee, key, ['encrypt']);
  }

  public grantDecrypt(grantee: IGrantable, key: ITransitKey | string): void {
    this.grant(grantee, key, ['decrypt']);
  }

  /** Encrypt, decrypt, and re-encrypt with the newest version of the key. */
  public grantEncryptDecrypt(grantee: IGrantable, key: ITransitKey | string): void {
    this.grant(grantee, key, ['encrypt', 'decrypt', 'rewrap']);
  }

  /** Sign, and verify signatures. */
  public grantSign(grantee: IGrantable, key: ITransitKey | string): void {
    this.grant(grantee, key, ['sign', 'verify']);
  }

  public grantVerify(grantee: IGrantable, key: ITransitKey | string): void {
    this.grant(grantee, key, ['verify']);
  }

  /** Create a new version of the key, which later encryptions use. */
  public grantRotate(grantee: IGrantable, key: ITransitKey | string): void {
    this.grant(grantee, key, ['rotate']);
  }
}

export type ITransitEngine = TransitEngineBase;

/**
 * A transit engine: encryption as a service. Terraform refuses to destroy it, because data that is encrypted with its keys would be lost.
 *
 * @see https://openbao.org/docs/secrets/transit/
 */
export class TransitEngine extends TransitEngineBase {
  /** An engine of another stack; access to it can be granted. */
  public static readonly fromTransitEngineAttributes = imported(TransitEngineBase);

  constructor(scope: Construct, id: string, props: SecretEngineProps) {
    super(scope, id, props);
    this.mount({ type: 'transit' }, props);
  }
}
