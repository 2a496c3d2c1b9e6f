import type { KeyGrant, KeyOperation } from '../model/tenant/grants/key';
import type { CommandGroup } from './command-group';

const text = 'base64 -w0 < plain';

/** Commands to use a key, in an order in which each has the files that it reads; plaintext is never an argument. */
export function commandsOfKey({ key, operations }: KeyGrant, mount: string, cli: string): CommandGroup {
  const { keyName, type, convergent } = key;
  // The server derives a convergent key from a context, which every request has to contain.
  const context = convergent ? ' context="$(base64 -w0 < context)"' : '';
  const path = (operation: string): string => `${mount}/${operation}/${keyName}`;
  const isSigned = /^(ed25519|ecdsa|rsa)/.test(type) && (operations.includes('sign') || !operations.includes('hmac'));
  const proof = isSigned ? 'signature=@signature' : 'hmac=@hmac';
  const commands: Readonly<Record<KeyOperation, string>> = {
    encrypt: `${text} | ${cli} write -field=ciphertext ${path('encrypt')}${context} plaintext=- > cipher`,
    decrypt: `${cli} write -field=plaintext ${path('decrypt')}${context} ciphertext=@cipher | base64 -d > plain`,
    rewrap: `${cli} write -field=ciphertext ${path('rewrap')}${context} ciphertext=@cipher > rewrapped`,
    sign: `${text} | ${cli} write -field=signature ${path('sign')} input=- > signature`,
    hmac: `${text} | ${cli} write -field=hmac ${path('hmac')} input=- > hmac`,
    verify: `${text} | ${cli} write ${path('verify')} ${proof} input=-`,
    datakey: `${cli} write -f -format=json ${path('datakey/wrapped')}${context}`,
    rotate: `${cli} write -f ${path('keys')}/rotate`,
    read: `${cli} read ${path('keys')}`,
  };
  const file = convergent ? '; the file `context` contains what the key is derived from' : '';
  return {
    title: `Key ${keyName}: ${operations.join(', ')}${file}`,
    commands: Object.entries(commands).flatMap(([operation, command]) =>
      operations.includes(operation as KeyOperation) ? [command] : [],
    ),
  };
}
