import { map, reference, type Output } from '../../language/schema';
import type { ValuePath } from '../../source/source-file';
import type { TransitKey } from '../key';
import { operationList, type GrantPlace } from './grant-place';

const schema = map({
  key: reference('a name in `keys`').describe('A key of the tenant, by its name.'),
  operations: operationList([
    ...(['encrypt', 'decrypt', 'rewrap', 'sign', 'verify', 'hmac', 'datakey', 'rotate', 'read'] as const),
  ]).describe('Allowed operations with the key; read returns its versions, not the key itself.'),
});

type Entry = Output<typeof schema>;
export type KeyOperation = Entry['operations'][number];
export type KeyGrant = Pick<Entry, 'operations'> & { readonly type: 'key'; readonly key: TransitKey };

function link({ key: name, operations }: Entry, path: ValuePath, place: GrantPlace): KeyGrant | undefined {
  const found = place.engines.keys.lookUp(name, place.home, [...path, 'key']);
  if (found === undefined) return undefined;
  const { type } = found;
  const encrypts = /^(aes|chacha|rsa)/.test(type);
  const signs = /^(ed25519|ecdsa|rsa)/.test(type);
  const impossible = [...(encrypts ? [] : ['encrypt', 'decrypt', 'rewrap', 'datakey']), ...(signs ? [] : ['sign'])];
  operations.forEach((operation, index) => {
    if (!impossible.includes(operation)) return;
    place.scope.report([...path, 'operations', index], {
      message: `a key of the type ${type} cannot ${operation === 'datakey' ? 'wrap a datakey' : operation}`,
      given: operation,
      allowed: `operations other than ${impossible.join(', ')}`,
      fix: 'remove it, or choose another type of key',
    });
  });
  return { type: 'key', key: found, operations };
}

export const key = { schema, link };
