import type { Authority, CertificateRole } from '../inventory';
import { fillIn, inEngine } from '../names';
import { showDuration } from '../rules/duration';
import { listNames, nearest } from '../rules/nearest';
import { shorten, show } from '../rules/show';
import { defaultKeyBits } from './authorities';
import { namesOf } from './environments';
import { resolveOwned } from './owned';
import type { Owned, OwnedEntry } from './owned';
import { optionalSeconds, seconds } from './seconds';
import type { TenantScope } from './tenant-scope';

/** The roles by which a tenant gets certificates. */
export function resolveCertificates(scope: TenantScope): Owned<CertificateRole> {
  return resolveOwned(scope, {
    key: 'certificates',
    title: 'certificate',
    find: (home, { authority: name }) => {
      const authority = home.authorities.get(name);
      if (authority !== undefined) return { provider: authority };
      return home.unsound.has('authorities') || home.authorities.has(name) ? 'unsound' : 'lacking';
    },
    resolve: resolveCertificate,
    lacking: (homes, { authority }) => {
      const known = [...new Set(homes.flatMap((home) => [...home.authorities.keys()]))];
      const meant = nearest(authority, known);
      return {
        at: ['authority'],
        message: `no authority \`${shorten(authority)}\` in ${namesOf(homes)}`,
        given: show(authority),
        allowed: known.length === 0 ? `none: there are no authorities in ${namesOf(homes)}` : listNames(known),
        fix: meant === undefined ? 'add it to `authorities` in the environment’s file' : `write \`${meant}\``,
      };
    },
  });
}

function resolveCertificate(entry: OwnedEntry<'certificates'>, authority: Authority): CertificateRole {
  const { name, file, home, scope } = entry;
  const { use, domains, subdomains = false, ipAddresses = false, keyType = 'ec', ttl, maxTtl } = file;
  const maxTtlSeconds = optionalSeconds(maxTtl) ?? seconds(ttl);
  if (maxTtlSeconds > authority.maxLeafTtlSeconds) {
    const key = maxTtl === undefined ? 'ttl' : 'maxTtl';
    scope.report([...entry.path, key], {
      message: `the authority \`${authority.name}\` issues nothing for so long in ${home.environment.name}`,
      given: showDuration(maxTtlSeconds),
      allowed: `up to ${showDuration(authority.maxLeafTtlSeconds)}`,
      fix: `shorten ${key}, or lengthen maxLeafTtl in inventory/environments/${home.environment.name}.yaml`,
    });
  }
  return {
    name,
    roleName: inEngine(scope.entry, name),
    authority,
    use,
    domains: domains.map((domain) => fillIn(domain, home.environment)),
    subdomains,
    ipAddresses,
    ttlSeconds: seconds(ttl),
    maxTtlSeconds,
    keyType,
    keyBits: file.keyBits ?? defaultKeyBits[keyType],
  };
}
