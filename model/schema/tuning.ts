import type { z } from 'zod';

import { durationRule, durationSeconds } from '../rules/duration';
import { fieldRule, headerRule } from '../rules/words';
import { custom, list, map, text, word } from './parts';

const maxDays = 3650;

/** What holds a secret in the requests and answers of the engines and methods that there are here. */
const secretFields = [
  ...['client_token', 'credential', 'csr', 'data', 'jwt', 'key', 'password', 'plaintext', 'private_key', 'role_id'],
  ...['secret_id', 'secret_key', 'security_token', 'session_token', 'token'],
];

const fields = (what: string) =>
  list(text(fieldRule), 'a list of fields', (field) => field)
    .superRefine((entries, context) => {
      entries.forEach((field, index) => {
        if (!secretFields.includes(field)) return;
        const message = `\`${field}\` holds a secret, which the audit log would show`;
        context.addIssue({
          ...custom({ message, fix: 'remove it' }),
          message: `fields without a secret; not ${secretFields.join(', ')}`,
          path: [index],
        });
      });
    })
    .meta({ uniqueItems: true })
    .optional()
    .describe(`Fields of ${what} that the audit log shows as they are. Default: none, all are hashed.`);

const headers = () =>
  list(text(headerRule), 'a list of headers', (header) => header.toLowerCase())
    .meta({ uniqueItems: true })
    .optional();

/** @see https://openbao.org/api-docs/system/mounts/#tune-mount-configuration */
export const tuningSchema = map({
  defaultLeaseTtl: text(durationRule(maxDays))
    .optional()
    .describe('How long a lease or token is good for when nothing else says so. Default: the server’s, 768h.'),
  maxLeaseTtl: text(durationRule(maxDays))
    .optional()
    .describe('Longest life of a lease or token. Default: the server’s, 768h.'),
  listingVisibility: word(['hidden', 'unauth'])
    .optional()
    .describe('unauth: shown to clients that are not logged in, as a login page needs. Default hidden.'),
  auditNonHmacRequestKeys: fields('requests'),
  auditNonHmacResponseKeys: fields('answers'),
  passthroughRequestHeaders: headers().describe('Headers of requests that reach the plugin. Default: none.'),
  allowedResponseHeaders: headers().describe('Headers that the plugin may answer with. Default: none.'),
}).superRefine(({ defaultLeaseTtl = '', maxLeaseTtl = '' }, context) => {
  if ((durationSeconds(defaultLeaseTtl) ?? 0) <= (durationSeconds(maxLeaseTtl) ?? Infinity)) return;
  context.addIssue({
    ...custom({
      message: 'defaultLeaseTtl is longer than maxLeaseTtl',
      fix: 'shorten defaultLeaseTtl or lengthen maxLeaseTtl',
    }),
    message: 'defaultLeaseTtl up to maxLeaseTtl',
    path: ['defaultLeaseTtl'],
  });
});

/** The key under which an engine or a method says how it is mounted. */
export const tuning = (): z.ZodOptional<typeof tuningSchema> =>
  tuningSchema.optional().describe('How it is mounted. Default: as the server has it.');

export type TuningFile = ReturnType<typeof tuningSchema.parse>;
