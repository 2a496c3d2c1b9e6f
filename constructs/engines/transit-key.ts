import { TransitSecretBackendKey } from '@cdktf/provider-vault/lib/transit-secret-backend-key';
import { Construct } from 'constructs';

import type { TransitKeyType } from '../../model/tenant/key';
import { validateProps, type PropsRule } from '../validate-props';
import { nameProblem } from './name-in-engine';
import type { ITransitEngine, ITransitKey } from './transit-engine';

export interface TransitKeyProps {
  readonly engine: ITransitEngine;
  /** Name in the engine. */
  readonly keyName: string;
  readonly type: TransitKeyType;
  /** Interval at which the server rotates the key, 3600 seconds or more; 0 for never. @default 0 */
  readonly autoRotateSeconds?: number;
  /**
   * Whether equal plaintexts have equal ciphertexts, so that data can be found by its ciphertext. It discloses which plaintexts are equal.
   * The server derives the key from a `context`, which every request has to contain.
   * @default false
   */
  readonly convergent?: boolean;
  /**
   * Whether Terraform may destroy the key. Data that is encrypted with it would be lost.
   * @default false
   */
  readonly deletable?: boolean;
}

const convergentTypes: readonly TransitKeyType[] = ['aes256-gcm96', 'chacha20-poly1305'];
const minRotationSeconds = 3600;

const rules: readonly PropsRule<TransitKeyProps>[] = [
  ({ keyName }) => nameProblem('key', keyName),
  ({ type, convergent = false }) =>
    convergent && !convergentTypes.includes(type)
      ? {
          message: 'a key of this type cannot be convergent',
          given: type,
          allowed: convergentTypes.join(', '),
          fix: 'choose one of these types, or remove `convergent`',
        }
      : undefined,
  ({ autoRotateSeconds = 0 }) =>
    autoRotateSeconds === 0 || autoRotateSeconds >= minRotationSeconds
      ? undefined
      : {
          message: 'the rotation interval is too short',
          given: `${autoRotateSeconds} seconds`,
          allowed: `${minRotationSeconds} seconds or more, or 0 for never`,
          fix: 'lengthen the interval, or remove it and rotate manually',
        },
];

/**
 * A key that encrypts, signs or authenticates. It can neither be exported nor be backed up in plaintext: the server would never allow to
 * forbid that again. Unless it is `deletable`, it is protected twice: Terraform refuses to destroy it while it is configured, and the server
 * refuses to delete it afterwards.
 *
 * @see https://registry.terraform.io/providers/hashicorp/vault/latest/docs/resources/transit_secret_backend_key
 */
export class TransitKey extends Construct implements ITransitKey {
  public readonly keyName: string;

  /** @throws PlatformError `construct` for an invalid name, a type that cannot be convergent, or a rotation interval below an hour */
  constructor(scope: Construct, id: string, props: TransitKeyProps) {
    super(scope, id);
    validateProps(this, props, rules);
    const { engine, keyName, type, autoRotateSeconds = 0, convergent = false, deletable = false } = props;
    this.keyName = keyName;
    new TransitSecretBackendKey(this, 'Resource', {
      backend: engine.backend,
      name: keyName,
      type,
      // Convergent encryption requires a derived key.
      derived: convergent,
      convergentEncryption: convergent,
      exportable: false,
      allowPlaintextBackup: false,
      // Written even if 0 (never): the server keeps the old value of an omitted setting.
      autoRotatePeriod: autoRotateSeconds,
      deletionAllowed: deletable,
      // The provider sends 0 if it is omitted, and the server then rejects the key.
      ...(type === 'hmac' && { keySize: 32 }),
      ...(!deletable && { lifecycle: { preventDestroy: true } }),
    });
  }
}
