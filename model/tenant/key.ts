import type { EnvironmentEngines } from '../environment/engines';
import { someEnvironments } from '../environment/environment';
import { duration } from '../language/duration';
import { flag, map, mapOrNone, optional, refuse, word, type Output } from '../language/schema';
import { requireEngine } from './lack';
import type { OwnedKind } from './owned';

const keyTypes = [
  ...(['aes256-gcm96', 'chacha20-poly1305', 'ed25519', 'ecdsa-p256', 'ecdsa-p384'] as const),
  ...(['rsa-2048', 'rsa-3072', 'rsa-4096', 'hmac'] as const),
] as const;

/** @see https://openbao.org/api-docs/secret/transit/#create-key */
const key = map(
  {
    type: word(keyTypes).describe('Type of the key.'),
    autoRotate: optional(duration(3650, '1h')).describe(
      'Age at which a new version is created; older versions still decrypt. Default: never.',
    ),
    convergent: optional(flag, false).describe(
      'Whether a plaintext always gives the same ciphertext, which reveals equal values.',
    ),
    deletable: optional(flag, false).describe('Whether the key may be destroyed, and with it all that it encrypted.'),
    environments: someEnvironments,
  },
  ({ type, convergent }, context) => {
    if (!convergent || type === 'aes256-gcm96' || type === 'chacha20-poly1305') return;
    refuse(context, ['convergent'], 'convergent with aes256-gcm96 or chacha20-poly1305', {
      message: `a key of the type ${type} cannot be convergent`,
      fix: 'remove convergent',
    });
  },
);

/** Keys of a tenant. */
export const keysSchema = mapOrNone('key', key, 'a map from names to keys');

type KeyFile = Output<typeof key>;
export type TransitKeyType = KeyFile['type'];

/** A key of a tenant in the environment's transit engine, `<tenant>.<name>`; it never leaves the server. */
export type TransitKey = Omit<KeyFile, 'environments'> & { readonly name: string; readonly keyName: string };

export const keyKind: OwnedKind<KeyFile, NonNullable<EnvironmentEngines['transit']>, TransitKey> = {
  key: 'keys',
  title: 'key',
  ...requireEngine('transit'),
  link: ({ name, file, scope }) => ({ ...file, name, keyName: scope.names.inEngine('keys', scope.tenant, name) }),
};
