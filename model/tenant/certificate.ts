import { checkLifetimeLimit } from '../checks/limits';
import { checkKey, keyBitsOf, keyKeys, type Authority } from '../environment/authority';
import { someEnvironments } from '../environment/environment';
import { checkTtls, duration, showDuration } from '../language/duration';
import { domainRule } from '../language/rules/words';
import { filledList, flag, map, mapOrNone, optional, reference, refuse, text, word } from '../language/schema';
import type { Output } from '../language/schema';
import { fillIn } from '../names';
import { unknownIn } from './lack';
import type { OwnedKind } from './owned';

const certificate = map(
  {
    authority: reference('the name of an authority of the environment').describe(
      'Certificate authority of the environment that signs.',
    ),
    use: word(['server', 'client', 'peer']).describe(
      'server, client, or peer for programs that are both to one another. A client’s certificate never serves as a server’s.',
    ),
    domains: filledList(text(domainRule), 'a list of names').describe(
      'Names that certificates may have. `{environment}` is filled in.',
    ),
    subdomains: optional(flag, false).describe('Whether names below the domains are allowed too.'),
    ipAddresses: optional(flag, false).describe('Whether certificates may have IP addresses; not for client.'),
    ttl: duration(3650).describe('Lifetime (TTL) of a certificate unless the request asks for another.'),
    maxTtl: optional(duration(3650)).describe('Maximum lifetime (TTL) of a certificate. Default: ttl.'),
    ...keyKeys,
    environments: someEnvironments,
  },
  checkKey,
  checkTtls('ttl', 'maxTtl'),
  ({ use, ipAddresses }, context) => {
    if (use !== 'client' || !ipAddresses) return;
    refuse(context, ['ipAddresses'], 'ipAddresses with use: server or peer', {
      message: 'a client’s certificate has no IP address',
      fix: 'remove ipAddresses',
    });
  },
);

/** Roles by which a tenant gets certificates. */
export const certificatesSchema = mapOrNone('certificate', certificate, 'a map from names to certificates');

type CertificateFile = Output<typeof certificate>;
export type CertificateUse = CertificateFile['use'];

/** A role by which a tenant gets certificates; `<tenant>.<name>` in the authority's engine. */
export type CertificateRole = Omit<CertificateFile, 'authority' | 'environments' | 'maxTtlSeconds' | 'keyBits'> & {
  /** Name in the tenant's file. */
  readonly name: string;
  readonly roleName: string;
  readonly authority: Authority;
  readonly maxTtlSeconds: number;
  readonly keyBits: number;
};

export const certificateKind: OwnedKind<CertificateFile, Authority, CertificateRole> = {
  key: 'certificates',
  title: 'certificate',
  section: 'authorities',
  find: ({ authorities }, { authority }) =>
    authorities.has(authority) ? (authorities.get(authority) ?? 'unsound') : undefined,
  lacking: (homes, { authority }) =>
    unknownIn(
      homes,
      homes.flatMap((home) => [...home.authorities.keys()]),
      {
        at: 'authority',
        name: authority,
        section: 'authorities',
        none: 'there are no authorities',
      },
    ),
  link: (entry, authority) => {
    const { name, file, path, home, scope } = entry;
    const { ttlSeconds, maxTtlSeconds = ttlSeconds } = file;
    const key = file.maxTtlSeconds === undefined ? 'ttl' : 'maxTtl';
    const isBeyond = checkLifetimeLimit(entry, 'certificateTtl', key, maxTtlSeconds);
    if (!isBeyond && maxTtlSeconds > authority.maxLeafTtlSeconds) {
      const { inventoryName: environment } = home.environment;
      scope.report([...path, key], {
        message: `${key} exceeds the maxLeafTtl of the authority \`${authority.inventoryName}\` in ${environment}`,
        given: showDuration(maxTtlSeconds),
        allowed: `up to ${showDuration(authority.maxLeafTtlSeconds)}`,
        fix: `shorten ${key}, or lengthen maxLeafTtl in inventory/environments/${environment}.yaml`,
      });
    }
    return {
      ...file,
      name,
      roleName: scope.names.inEngine('certificates', scope.tenant, name),
      authority,
      domains: file.domains.map((domain) => fillIn(domain, home.environment)),
      maxTtlSeconds,
      keyBits: keyBitsOf(file),
    };
  },
};
