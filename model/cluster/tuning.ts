import { duration, ttlFault } from '../language/duration';
import { fieldRule, headerRule } from '../language/rules/words';
import { list, map, optional, refineRule, refuse, text, word, type Output, type Rule } from '../language/schema';

const maxDays = 3650;

/** Maximum of both servers where a mount has none of its own: 768 hours. */
export const serverMaxSeconds = 768 * 3600;

/** Fields that hold a secret in the requests and responses of the engines and auth methods of this model. */
const secretFields = [
  ...['client_token', 'credential', 'csr', 'data', 'jwt', 'key', 'password', 'plaintext', 'private_key', 'role_id'],
  ...['secret_id', 'secret_key', 'security_token', 'session_token', 'token'],
];

/** A field that the audit log may show in plain text. */
const plainFieldRule: Rule = {
  ...refineRule(fieldRule, (field) =>
    secretFields.includes(field)
      ? { message: `\`${field}\` holds a secret, which the audit log would show`, fix: 'remove it' }
      : undefined,
  ),
  allowed: `fields without a secret, such as role_name; not ${secretFields.join(', ')}`,
};

const fields = (what: string) =>
  optional(list(text(plainFieldRule), 'a list of fields')).describe(
    `Fields of ${what} that the audit log shows in plain text. Default: none, all are hashed.`,
  );

const headers = (which: string) =>
  optional(
    list(text(headerRule), 'a list of headers', (header) => header.toLowerCase()).meta({ uniqueItems: true }),
  ).describe(`${which}. Default: none.`);

/** What is not set stays at the server's default. @see https://openbao.org/api-docs/system/mounts/#tune-mount-configuration */
const tuningSchema = map(
  {
    defaultLeaseTtl: optional(duration(maxDays)).describe(
      'Lifetime (TTL) of a lease or token unless its role sets one. Default: the server’s, 768h.',
    ),
    maxLeaseTtl: optional(duration(maxDays)).describe(
      'Maximum lifetime (TTL) of a lease or token. Default: the server’s, 768h.',
    ),
    listingVisibility: optional(word(['hidden', 'unauth'])).describe(
      'unauth: listed to clients that are not logged in, as a login page needs. Default: hidden.',
    ),
    auditNonHmacRequestKeys: fields('requests'),
    auditNonHmacResponseKeys: fields('responses'),
    passthroughRequestHeaders: headers('Request headers that reach the plugin'),
    allowedResponseHeaders: headers('Response headers that the plugin may set'),
  },
  ({ defaultLeaseTtl, maxLeaseTtl }, context) => {
    if (typeof defaultLeaseTtl !== 'number' || !['number', 'undefined'].includes(typeof maxLeaseTtl)) return;
    const fault = ttlFault(defaultLeaseTtl, maxLeaseTtl ?? serverMaxSeconds, 'defaultLeaseTtl', 'maxLeaseTtl');
    if (fault !== undefined) refuse(context, ['defaultLeaseTtl'], 'defaultLeaseTtl up to maxLeaseTtl', fault);
  },
);

/** How an engine or auth method is mounted; empty: all as the server has it. */
export type MountTuning = Output<typeof tuningSchema>;

/** The longest that a lease or a token of a mount is valid; the server cuts what is longer. */
export const mountLimitSeconds = ({ maxLeaseTtlSeconds }: MountTuning): number =>
  maxLeaseTtlSeconds ?? serverMaxSeconds;

/** The key under which an engine or auth method says how it is mounted. */
export const tuning = optional(tuningSchema, {}).describe('Tuning of the mount.');
