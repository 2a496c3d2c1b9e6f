import { createPublicKey, X509Certificate } from 'node:crypto';

import { succeeds, type Fault, type Rule } from '../rule';

const block = /-----BEGIN ([A-Z0-9 ]+)-----[^-]+-----END \1-----/g;

/** Certificates in PEM, one or a chain. */
export const certificateRule = pemRule(
  'CERTIFICATE',
  'one or more certificates in PEM, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----',
  (pem) => new X509Certificate(pem),
);

/** One public key in PEM. */
export const publicKeyRule = pemRule(
  'PUBLIC KEY',
  'a public key in PEM, from -----BEGIN PUBLIC KEY----- to -----END PUBLIC KEY-----',
  (pem) => createPublicKey(pem),
);

function pemRule(label: string, allowed: string, parse: (pem: string) => unknown): Rule {
  const fault = (text: string): Fault | undefined => {
    if (text.includes('PRIVATE KEY')) {
      return {
        message: 'this contains a private key',
        given: 'a private key',
        fix: 'remove it and create a new one: everyone who can read the inventory knows this one',
      };
    }
    const blocks = [...text.matchAll(block)];
    if (blocks.length === 0 || text.replace(block, '').trim() !== '') {
      // The text is not shown, because it may be a key.
      return {
        message: 'this is not PEM',
        given: `a text of ${text.length} characters`,
        fix: 'write `|` behind the colon and the text below it, indented',
      };
    }
    const [other] = blocks.map(([, found = '']) => found).filter((found) => found !== label);
    if (other !== undefined) {
      return { message: `this contains a ${other.toLowerCase()}`, fix: `write a ${label.toLowerCase()} alone` };
    }
    return blocks.every(([pem]) => succeeds(() => parse(pem)))
      ? undefined
      : { message: `this is not a ${label.toLowerCase()}`, fix: 'copy it again, from its first line to its last' };
  };
  return { allowed, pattern: new RegExp(`^\\s*-----BEGIN ${label}-----`), fault };
}
