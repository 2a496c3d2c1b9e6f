import { TransitSecretBackendKey } from '@cdktf/provider-vault/lib/transit-secret-backend-key';
import { Construct } from 'constructs';

import { PlatformError } from '../../model/errors';
import type { TransitKey as TransitKeyModel, TransitKeyType } from '../../model/tenant/key';
import { nameOf } from './name-in-engine';
import type { ITransitEngine, ITransitKey } from './transit-engine';

export interface TransitKeyProps extends Pick<TransitKeyModel, 'autoRotateSeconds' | 'keyName' | 'type'> {
  readonly engine: ITransitEngine;
  /**
   * Whether one plaintext always gives one ciphertext. It shows which plaintexts are equal, so it is for what has to be found
   * by its ciphertext. The server makes it of a key derived anew from a `context`, which every request has to bring along.
   * @default false
   */
  readonly convergent?: boolean;
  /**
   * Whether Terraform may destroy it, and with it everything that it encrypted.
   * @default false
   */
  readonly deletable?: boolean;
}

const convergentTypes: readonly TransitKeyType[] = ['aes256-gcm96', 'chacha20-poly1305'];
const hour = 3600;

/**
 * A key that encrypts, signs or authenticates. It cannot be exported or backed up in plaintext, which once allowed could
 * never be forbidden again. Unless it is `deletable` it is guarded twice: Terraform refuses to destroy it, and when it has left
 * the configuration, and Terraform's guard with it, the server refuses.
 *
 * @see https://registry.terraform.io/providers/hashicorp/vault/latest/docs/resources/transit_secret_backend_key
 */
export class TransitKey extends Construct implements ITransitKey {
  public readonly keyName: string;

  /** @throws PlatformError `construct` for a kind of key that cannot be convergent, or rotation within an hour */
  constructor(scope: Construct, id: string, props: TransitKeyProps) {
    super(scope, id);
    const { engine, type, autoRotateSeconds = 0, convergent = false, deletable = false } = props;
    this.keyName = nameOf('key', props.keyName);
    checkConvergent(type, convergent);
    checkRotation(autoRotateSeconds);
    new TransitSecretBackendKey(this, 'Resource', {
      backend: engine.backend,
      name: this.keyName,
      type,
      // Convergent encryption is defined for derived keys alone.
      derived: convergent,
      convergentEncryption: convergent,
      exportable: false,
      allowPlaintextBackup: false,
      // Said even when 0, which is never: a value that is left out stays as it was.
      autoRotatePeriod: autoRotateSeconds,
      deletionAllowed: deletable,
      // The provider sends 0 where it is left out, and the server then refuses the key.
      ...(type === 'hmac' && { keySize: 32 }),
      ...(!deletable && { lifecycle: { preventDestroy: true } }),
    });
  }
}

function checkConvergent(type: TransitKeyType, convergent: boolean): void {
  if (!convergent || convergentTypes.includes(type)) return;
  throw new PlatformError('construct', [
    {
      message: 'a key of this type cannot be convergent',
      given: type,
      allowed: convergentTypes.join(', '),
      fix: 'choose one of these types, or leave `convergent` out',
    },
  ]);
}

function checkRotation(seconds: number): void {
  if (seconds === 0 || seconds >= hour) return;
  throw new PlatformError('construct', [
    {
      message: 'a key is not rotated that often',
      given: `${seconds} seconds`,
      allowed: `${hour} seconds or more`,
      fix: 'choose a longer time, or leave it out and rotate by hand',
    },
  ]);
}
