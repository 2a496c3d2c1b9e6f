import { duration } from '../../language/duration';
import { sshExtensionRule } from '../../language/rules/words';
import { filledList, map, optional, text, type Output } from '../../language/schema';
import { entries, patterns, requireOne, sharedKey, whoKeys, type OwnerSection } from './entry';
import { areAmong, areWithin } from './pattern';

const entry = map(
  {
    ...whoKeys,
    principals: patterns('accounts').describe('Accounts that certificates of users may have.'),
    hosts: patterns('hosts').describe('Names that certificates of hosts may have.'),
    extensions: optional(filledList(text(sshExtensionRule), 'a list of extensions'), ['permit-pty']).describe(
      'What sessions of users may do.',
    ),
    maxTtl: duration(3650).describe('Maximum lifetime (TTL) of a certificate.'),
    ...sharedKey,
  },
  requireOne('principals', 'hosts'),
);

const schema = optional(entries(entry), []);

/** Who may have SSH certificates of which accounts and hosts. */
export type SshOwner = Output<typeof entry>;

export const ssh: OwnerSection<typeof schema, SshOwner> = {
  schema,
  covers: (allowed, { principals, hosts, extensions, maxTtlSeconds }) =>
    areWithin(allowed.principals, principals) &&
    areWithin(allowed.hosts, hosts) &&
    areAmong(allowed.extensions, extensions) &&
    maxTtlSeconds <= allowed.maxTtlSeconds,
  identities: ({ principals, hosts }) => [
    ...principals.map((name) => [`account ${name}`]),
    ...hosts.map((name) => [`host ${name}`]),
  ],
};
