import { isIP } from 'node:net';

import { duration, showDuration } from '../language/duration';
import { listNames } from '../language/nearest';
import { documentPathRule, fileNameRule } from '../language/rules/file-name';
import { domainRule } from '../language/rules/words';
import { filledList, map, optional, orNone, patternRule, reference, text, word, type Output } from '../language/schema';
import { shorten } from '../language/show';
import { agentSecret, agentSecretTemplate, agentWorkload, certificateFiles, fillIn } from '../names';
import type { ValuePath } from '../source/source-file';
import type { AgentPlace } from './agent';
import type { CertificateRole } from './certificate';
import { chosenPattern } from './chosen-pattern';
import type { DocumentGrant } from './grants/documents';
import type { CustomPolicy } from './policy';

const ipRule = patternRule(
  /^[0-9a-f.:]+$/,
  'an IP address such as 10.20.0.7',
  { message: 'this is not an IP address', fix: 'write one address, without a length behind it' },
  (address) => isIP(address) !== 0,
);

const certificate = map({
  name: reference('a name in `certificates`').describe('A certificate of the tenant, by its name; it names the files.'),
  commonName: text(domainRule).describe(
    'Common name, one of the domains of the certificate. `{environment}` is filled in.',
  ),
  altNames: orNone(filledList(text(domainRule), 'a list of names')).describe(
    'Alternative names (SANs), of the same domains. `{environment}` is filled in.',
  ),
  ipAddresses: orNone(filledList(text(ipRule), 'a list of IP addresses')).describe('IP addresses (IP SANs).'),
  ttl: optional(duration(3650)).describe(
    'Lifetime (TTL); renewed after two thirds of it (OpenBao: nine tenths). Default: the TTL of the certificate.',
  ),
  format: optional(word(['pem', 'java']), 'pem').describe(
    'Which CAs <name>.ca.pem has, beside <name>.pem with key and certificate. pem: all up to the root, for OpenSSL. java: the signing authority alone, for Kafka.',
  ),
});

const document = map({
  path: text(documentPathRule).describe('The document, relative to the tenant’s folder.'),
  file: text(fileNameRule).describe('Name of the file.'),
});

/** Keys of an agent that say which files it writes. */
export const agentFileKeys = {
  certificates: orNone(filledList(certificate, 'a list of certificates', ({ name }) => name)).describe(
    'Certificates that it keeps fresh.',
  ),
  documents: orNone(filledList(document, 'a list of documents', ({ file }) => file)).describe(
    'Documents that it writes into files.',
  ),
};

type CertificateEntry = Output<typeof certificate>;
type DocumentEntry = Output<typeof document>;

/**
 * A file that an agent writes. Of a certificate: key, certificate and issuer in one file, since two files cannot be replaced
 * at once, and the CAs to verify others with in another ({@link certificateFiles}).
 */
export type AgentFile =
  | (Omit<CertificateEntry, 'ttlSeconds'> & {
      readonly type: 'certificate';
      readonly role: CertificateRole;
      readonly ttlSeconds: number;
    })
  | { readonly type: 'document'; readonly path: string; readonly name: string };

/** The files of an agent, each of which its policy has to allow. */
export function linkAgentFiles(place: AgentPlace): AgentFile[] {
  const { file, path } = place;
  const files = [
    ...file.certificates.map((entry, index) => linkCertificate(entry, [...path, 'certificates', index], place)),
    ...file.documents.map((entry, index) => linkDocument(entry, [...path, 'documents', index], place)),
  ];
  return files.filter((linked) => linked !== undefined);
}

function linkCertificate(entry: CertificateEntry, path: ValuePath, place: AgentPlace): AgentFile | undefined {
  const { home, policy, scope } = place;
  const { name, ipAddresses } = entry;
  const named = [...path, 'name'];
  claim(Object.values(certificateFiles(name)), name, `the certificate ${name}`, named, place);
  const role = place.engines.certificates.lookUp(name, home, named);
  if (role === undefined) return undefined;
  const isGranted = policy.grants.some(
    (grant) => grant.type === 'certificate' && grant.role === role && grant.operations.includes('issue'),
  );
  if (!isGranted) reportDenied(`issue the certificate \`${name}\``, name, named, `certificate: ${name}`, place);
  const commonName = checkedName(entry.commonName, role, [...path, 'commonName'], place);
  const altNames = entry.altNames.map((other, index) => checkedName(other, role, [...path, 'altNames', index], place));
  if (ipAddresses.length > 0 && !role.ipAddresses) {
    scope.report([...path, 'ipAddresses'], {
      message: `the certificate \`${name}\` does not allow IP addresses`,
      given: listNames(ipAddresses),
      allowed: 'names alone',
      fix: `remove them, or write \`ipAddresses: true\` in certificates.${name}`,
    });
  }
  const { ttlSeconds = role.ttlSeconds } = entry;
  if (ttlSeconds > role.maxTtlSeconds) {
    scope.report([...path, 'ttl'], {
      message: `ttl exceeds the maxTtl of the certificate \`${name}\``,
      given: showDuration(ttlSeconds),
      allowed: `up to ${showDuration(role.maxTtlSeconds)}`,
      fix: `shorten it, or lengthen maxTtl in certificates.${name}`,
    });
  }
  return { ...entry, type: 'certificate', role, commonName, altNames, ttlSeconds };
}

function linkDocument({ path: document, file }: DocumentEntry, path: ValuePath, place: AgentPlace): AgentFile {
  claim([file], file, `the document ${document}`, [...path, 'file'], place);
  if (!canRead(place.policy, place.home.environment.name, document)) {
    const shown = shorten(document);
    reportDenied(`read \`${shown}\``, document, [...path, 'path'], `path: ${shown}`, place);
  }
  return { type: 'document', path: document, name: file };
}

const maxSecretName = 253;

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names */
const secretNameRule = {
  pattern: /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/,
  message: 'Kubernetes accepts no Secret of this name, which ends in the name of the file',
  allowed: `letters, digits, \`-\` and \`.\`, with a letter or digit at both ends, at most ${maxSecretName} characters`,
  fix: 'choose another name for the file, with a letter or a digit in it',
};

/** Takes the names of files and, where the agent may run on Kubernetes, of what they become there. */
function claim(files: readonly string[], secret: string, what: string, path: ValuePath, place: AgentPlace): void {
  const { name, home, directory, policy, names } = place;
  const { inventoryName: environment } = home.environment;
  const { entry } = place.scope;
  const claimed = { who: `${what} of the agent ${name}`, source: entry.source, path };
  const free = files.filter((file) => names.files.add(`${environment}:${directory}`, file, claimed));
  if (!policy.logins.some(({ type }) => type === 'kubernetes')) return;
  const secretName = agentSecret(agentWorkload(place.scope.tenant, name), secret);
  if (!secretNameRule.pattern.test(secretName) || secretName.length > maxSecretName) {
    const { allowed, message, fix } = secretNameRule;
    place.scope.report(path, { message, given: shorten(secretName), allowed, fix });
    return;
  }
  if (!names.secrets.add(environment, secretName, claimed)) return;
  for (const template of [...free, agentSecretTemplate(secret)]) {
    names.templates.add(`${environment}:${name}`, template, claimed);
  }
}

/** A name that the certificate may have. */
function checkedName(text: string, role: CertificateRole, path: ValuePath, { home, scope }: AgentPlace): string {
  const name = fillIn(text, home.environment);
  if (role.domains.some((domain) => name === domain || (role.subdomains && name.endsWith(`.${domain}`)))) return name;
  scope.report(path, {
    message: `the certificate \`${role.name}\` does not allow this name`,
    given: shorten(name),
    allowed: `${listNames(role.domains)}${role.subdomains ? ', and names below them' : ''}`,
    fix: `write one of these, or add it to the domains of certificates.${role.name}`,
  });
  return name;
}

function reportDenied(what: string, given: string, path: ValuePath, grant: string, place: AgentPlace): void {
  const { policy, scope } = place;
  // A grant that could not be linked has been reported already.
  const entry = scope.file.policies.find(({ name }) => name === policy.inventoryName);
  if (entry?.grants.length !== policy.grants.length) return;
  scope.report(path, {
    message: `the policy of the agent does not allow it to ${what}`,
    given: shorten(given),
    allowed: `what ${shorten(policy.inventoryName)} grants`,
    fix: `add \`${grant}\` to the grants of the policy${grant.startsWith('path') ? ', with `operations: [read]`' : ''}`,
  });
}

/** Whether a policy lets one read a document, as a server decides it: by the pattern that it chooses, and by no other. */
function canRead({ grants }: CustomPolicy, environment: string, document: string): boolean {
  const isData = (operation: string): boolean => ['create', 'read', 'update', 'patch', 'delete'].includes(operation);
  const rules = grants.filter(
    (grant): grant is DocumentGrant =>
      grant.type === 'documents' && grant.environment.name === environment && grant.operations.some(isData),
  );
  const chosen = chosenPattern(
    rules.map(({ path }) => path),
    document,
  );
  return rules.some(({ path, operations }) => path === chosen && operations.includes('read'));
}
