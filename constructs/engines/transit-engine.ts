import type { Construct } from 'constructs';

import type { KeyOperation } from '../../model/tenant/grants/key';
import { grantOperations, keyOperations } from '../policy/operations';
import type { IGrantable } from '../policy/policy-document';
import { nameOf } from './name-in-engine';
import {
  SecretEngineBase,
  type ISecretEngine,
  type SecretEngineAttributes,
  type SecretEngineProps,
} from './secret-engine';

/** A key in a transit engine, made here or elsewhere. */
export interface ITransitKey {
  /** Name in the engine, for example `checkout-card`. */
  readonly keyName: string;
}

/**
 * A transit engine, made here or elsewhere. Programs send it what to encrypt or to sign; keys never leave it. Keys are
 * granted by construct or by name; a name is never a pattern.
 */
export interface ITransitEngine extends ISecretEngine {
  /** Just these operations, with the reason as a comment in the policy. */
  grant(grantee: IGrantable, key: ITransitKey | string, operations: readonly KeyOperation[], reason?: string): void;
  grantEncrypt(grantee: IGrantable, key: ITransitKey | string): void;
  grantDecrypt(grantee: IGrantable, key: ITransitKey | string): void;
  /** Encrypt, decrypt, and bring old ciphertexts to the newest version of the key. */
  grantEncryptDecrypt(grantee: IGrantable, key: ITransitKey | string): void;
  /** Sign, and verify what was signed. */
  grantSign(grantee: IGrantable, key: ITransitKey | string): void;
  grantVerify(grantee: IGrantable, key: ITransitKey | string): void;
  /** Make a new version of the key, which the next encryption uses. */
  grantRotate(grantee: IGrantable, key: ITransitKey | string): void;
}

export type TransitEngineAttributes = SecretEngineAttributes;
export type TransitEngineProps = SecretEngineProps;

abstract class TransitEngineBase extends SecretEngineBase implements ITransitEngine {
  public grant(
    grantee: IGrantable,
    key: ITransitKey | string,
    operations: readonly KeyOperation[],
    reason?: string,
  ): void {
    const name = nameOf('key', typeof key === 'string' ? key : key.keyName);
    const subject = { mountPath: this.mountPath, name, ...(reason !== undefined && { reason }) };
    grantOperations(grantee, keyOperations, operations, subject);
  }

  public grantEncrypt(grantee: IGrantable, key: ITransitKey | string): void {
    this.grant(grantee, key, ['encrypt']);
  }

  public grantDecrypt(grantee: IGrantable, key: ITransitKey | string): void {
    this.grant(grantee, key, ['decrypt']);
  }

  public grantEncryptDecrypt(grantee: IGrantable, key: ITransitKey | string): void {
    this.grant(grantee, key, ['encrypt', 'decrypt', 'rewrap']);
  }

  public grantSign(grantee: IGrantable, key: ITransitKey | string): void {
    this.grant(grantee, key, ['sign', 'verify']);
  }

  public grantVerify(grantee: IGrantable, key: ITransitKey | string): void {
    this.grant(grantee, key, ['verify']);
  }

  public grantRotate(grantee: IGrantable, key: ITransitKey | string): void {
    this.grant(grantee, key, ['rotate']);
  }
}

class ImportedTransitEngine extends TransitEngineBase {}

/**
 * A transit engine: encryption as a service. Terraform refuses to destroy it: with its keys all that they encrypted is lost.
 *
 * @see https://openbao.org/docs/secrets/transit/
 */
export class TransitEngine extends TransitEngineBase {
  /** An engine that another stack owns; nothing is made, access to it can be granted. */
  public static fromTransitEngineAttributes(
    scope: Construct,
    id: string,
    attributes: TransitEngineAttributes,
  ): ITransitEngine {
    return new ImportedTransitEngine(scope, id, attributes);
  }

  constructor(scope: Construct, id: string, props: TransitEngineProps) {
    super(scope, id, props);
    this.mount({ type: 'transit' }, props);
  }
}
