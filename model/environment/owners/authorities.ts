import { filledList, flag, map, namedMap, optional, patternRule, text, type Output } from '../../language/schema';
import { entries, sharedKey, whoKeys, type OwnerSection } from './entry';
import { matchesHost } from './pattern';

const hostPatternRule = patternRule(
  /^(?=.{1,253}$)[a-z0-9*]([a-z0-9*-]*[a-z0-9*])?(\.[a-z0-9*]([a-z0-9*-]*[a-z0-9*])?)*$/,
  'a name such as ledger.example.com; `*` stands for characters of one label, without dots',
  { message: 'this is not the name of a host', fix: 'write lower-case letters, digits, dashes and `*` between dots' },
);

const entry = map({
  ...whoKeys,
  domains: filledList(text(hostPatternRule), 'a list of names').describe('Names that certificates may have.'),
  subdomains: optional(flag, false).describe('Whether names below the domains, of any depth, are allowed too.'),
  ipAddresses: optional(flag, false).describe('Whether certificates may have IP addresses, which may be any.'),
  ...sharedKey,
});

const schema = optional(namedMap('authority', entries(entry), 'a map from authorities to entries'), {});

/** Who may have certificates of which names. */
export type AuthorityOwner = Output<typeof entry>;

export const authorities: OwnerSection<typeof schema, AuthorityOwner> = {
  schema,
  covers: (allowed, { domains, subdomains, ipAddresses }) =>
    (allowed.subdomains || !subdomains) &&
    (allowed.ipAddresses || !ipAddresses) &&
    domains.every((domain) => allowed.domains.some((pattern) => isAllowed(pattern, domain, allowed.subdomains))),
  // Beginning with the last label, so that what is below a domain begins with it.
  identities: ({ domains, subdomains }) =>
    domains.flatMap((domain) => {
      const reversed = domain.split('.').reverse().join('.');
      return subdomains ? [[reversed], [`${reversed}.*`]] : [[reversed]];
    }),
};

/** Whether a domain is one that the pattern stands for, or below one. */
function isAllowed(pattern: string, domain: string, subdomains: boolean): boolean {
  if (matchesHost(pattern, domain)) return true;
  const labels = domain.split('.');
  const { length } = pattern.split('.');
  return subdomains && labels.length > length && matchesHost(pattern, labels.slice(-length).join('.'));
}
