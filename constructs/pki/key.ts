import { defaultKeyType, keyBitsOf, type KeyType } from '../../model/environment/authority';

/** Type and size of the key of an authority or a certificate. */
export interface KeySettings {
  /** @default ec */
  readonly keyType?: KeyType;
  /** 256, 384 or 521 for `ec`; 2048 to 8192 for `rsa`. @default 256 for `ec`, 3072 for `rsa` */
  readonly keyBits?: number;
}

/** Settings of a key with defaults filled in. */
export function resolveKey({ keyType = defaultKeyType, keyBits }: KeySettings): Required<KeySettings> {
  return { keyType, keyBits: keyBitsOf({ keyType, keyBits }) };
}
