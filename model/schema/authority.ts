import { z } from 'zod';

import { durationRule } from '../rules/duration';
import { certificateRule } from '../rules/pem';
import { textRule } from '../rules/text';
import { issuerNameRule } from '../rules/words';
import { choice, custom, filledList, flag, map, namedMap, reference, text, word } from './parts';
import { tuning } from './tuning';

/** An authority may be good for decades, what it issues for a few years. */
const maxAuthorityDays = 10_950;
const maxLeafDays = 3650;

const bits = { ec: [256, 384, 521], rsa: [2048, 3072, 4096, 8192] } as const;

/** Key type and size, of an authority or of what it issues. */
export const keyKeys = {
  keyType: word(['ec', 'rsa']).optional().describe('Kind of key. Default ec.'),
  keyBits: z
    .int({ error: 'a number of bits' })
    .optional()
    .describe(
      'Bits of the key: 256, 384 or 521 for ec, 2048, 3072, 4096 or 8192 for rsa. Default 256, and 3072 for rsa.',
    ),
};

/** Whether a size fits its kind of key. */
export function checkKey(
  { keyType = 'ec', keyBits }: { keyType?: 'ec' | 'rsa' | undefined; keyBits?: number | undefined },
  context: Pick<z.RefinementCtx, 'addIssue'>,
): void {
  const allowed: readonly number[] = bits[keyType];
  if (keyBits === undefined || allowed.includes(keyBits)) return;
  const fault = {
    message: `an ${keyType} key cannot have ${keyBits} bits`,
    fix: `write one of ${allowed.join(', ')}`,
  };
  context.addIssue({ ...custom(fault), message: allowed.join(', '), path: ['keyBits'] });
}

const issuerMap = map({
  name: text(issuerNameRule).describe('Name of the generation.'),
  signedCertificate: text(certificateRule)
    .optional()
    .describe(
      'With `signedBy: offline`: the certificate in PEM that the root signed, and its chain behind it. Default: not signed yet, the request waits.',
    ),
});

const issuer = choice([text(issuerNameRule), issuerMap], (value, report) => {
  if (typeof value === 'string') return text(issuerNameRule);
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isMap ? issuerMap : report("a name such as '2026' in quotes, or a map with name and signedCertificate");
});

const authority = map({
  description: text(textRule).describe('What it issues certificates for, in one sentence.'),
  commonName: text(textRule).describe('Common name of its certificate; the name of the issuer is put behind it.'),
  organization: text(textRule).optional().describe('Organization in its certificate. Default: none.'),
  signedBy: reference('self, offline, or the name of another authority here')
    .optional()
    .describe(
      'self (the default): a root of its own. offline: a root outside any server, which signs its request by hand. Else the name of another authority of this environment.',
    ),
  ...keyKeys,
  ttl: text(durationRule(maxAuthorityDays, '1h')).describe('How long its own certificate is good for.'),
  maxLeafTtl: text(durationRule(maxLeafDays)).describe('How long a certificate that it issues is good for at most.'),
  issuers: filledList(issuer, 'a list of issuers', (entry) => (typeof entry === 'string' ? entry : entry.name))
    .optional()
    .describe(
      'Its generations, oldest first. While there are two, certificates of both verify. Default: one, named first.',
    ),
  defaultIssuer: text(issuerNameRule)
    .optional()
    .describe('The generation that signs. Default: the last one that has a certificate.'),
  crlTtl: text(durationRule(90))
    .optional()
    .describe('How long a list of revoked certificates is good for; it is made anew before that. Default 72h.'),
  acme: flag().optional().describe('Whether certificates can be had by ACME. Default false.'),
  tuning: tuning(),
}).superRefine(checkKey);

/** Certificate authorities of an environment, by name. */
export const authoritiesSchema = namedMap('authority', authority, 'a map from names to certificate authorities');

export type AuthorityFile = z.output<typeof authority>;
