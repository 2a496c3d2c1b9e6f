import { isIP } from 'node:net';

import { duration, showDuration } from '../language/duration';
import { filledList, orNone } from '../language/list';
import { map, type Output } from '../language/map';
import { listNames } from '../language/nearest';
import type { Rule } from '../language/rule';
import { documentPathRule, fileNameRule } from '../language/rules/file-name';
import { domainRule } from '../language/rules/words';
import { shorten } from '../language/show';
import { optional, reference, text, word } from '../language/values';
import { agentSecret, agentSecretTemplate, agentWorkload, certificateFiles, fillIn } from '../names';
import type { ValuePath } from '../source/source-file';
import type { AgentPlace, AgentNames } from './agent';
import type { CertificateRole } from './certificate';
import { chosenPattern } from './chosen-pattern';
import type { DocumentGrant } from './grants/documents';
import type { CustomPolicy } from './policy';
import type { TenantEngines } from './tenant-engines';
import type { TenantScope } from './tenant-scope';

const ipRule: Rule = {
  allowed: 'an IP address such as 10.20.0.7',
  pattern: /^[0-9a-f.:]+$/,
  fault: (address) =>
    isIP(address) === 0
      ? { message: 'this is not an IP address', fix: 'write one address, without a length behind it' }
      : undefined,
};

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
export function linkAgentFiles(
  place: AgentPlace,
  scope: TenantScope,
  engines: TenantEngines,
  names: AgentNames,
): AgentFile[] {
  const linker = new FileLinker(place, scope, engines, names);
  const { certificates, documents } = place.file;
  const files = [
    ...certificates.map((entry, index) => linker.certificate(entry, [...place.path, 'certificates', index])),
    ...documents.map((entry, index) => linker.document(entry, [...place.path, 'documents', index])),
  ];
  return files.filter((file) => file !== undefined);
}

class FileLinker {
  constructor(
    private readonly place: AgentPlace,
    private readonly scope: TenantScope,
    private readonly engines: TenantEngines,
    private readonly names: AgentNames,
  ) {}

  certificate(entry: CertificateEntry, path: ValuePath): AgentFile | undefined {
    const { home, policy } = this.place;
    const { name, ipAddresses } = entry;
    this.claim(Object.values(certificateFiles(name)), name, `the certificate ${name}`, [...path, 'name']);
    const role = this.engines.certificates.lookUp(name, home, [...path, 'name']);
    if (role === undefined) return undefined;
    const isGranted = policy.grants.some(
      (grant) => grant.type === 'certificate' && grant.role === role && grant.operations.includes('issue'),
    );
    if (!isGranted)
      this.reportDenied(`issue the certificate \`${name}\``, name, [...path, 'name'], `certificate: ${name}`);
    const commonName = this.checkedName(entry.commonName, role, [...path, 'commonName']);
    const altNames = entry.altNames.map((other, index) => this.checkedName(other, role, [...path, 'altNames', index]));
    if (ipAddresses.length > 0 && !role.ipAddresses) {
      this.scope.report([...path, 'ipAddresses'], {
        message: `the certificate \`${name}\` does not allow IP addresses`,
        given: listNames(ipAddresses),
        allowed: 'names alone',
        fix: `remove them, or write \`ipAddresses: true\` in certificates.${name}`,
      });
    }
    const { ttlSeconds = role.ttlSeconds } = entry;
    if (ttlSeconds > role.maxTtlSeconds) {
      this.scope.report([...path, 'ttl'], {
        message: `ttl exceeds the maxTtl of the certificate \`${name}\``,
        given: showDuration(ttlSeconds),
        allowed: `up to ${showDuration(role.maxTtlSeconds)}`,
        fix: `shorten it, or lengthen maxTtl in certificates.${name}`,
      });
    }
    return { ...entry, type: 'certificate', role, commonName, altNames, ttlSeconds };
  }

  document({ path: document, file }: DocumentEntry, path: ValuePath): AgentFile {
    this.claim([file], file, `the document ${document}`, [...path, 'file']);
    if (!canRead(this.place.policy, this.place.home.environment.name, document)) {
      this.reportDenied(`read \`${shorten(document)}\``, document, [...path, 'path'], `path: ${shorten(document)}`);
    }
    return { type: 'document', path: document, name: file };
  }

  /** Takes the names of files and, where the agent may run on Kubernetes, of what they become there. */
  private claim(files: readonly string[], secret: string, what: string, path: ValuePath): void {
    const { name, home, directory, policy } = this.place;
    const { name: environment } = home.environment;
    const { entry } = this.scope;
    const claim = { who: `${what} of the agent ${name}`, source: entry.source, path };
    const free = files.filter((file) => this.names.files.add(`${environment}:${directory}`, file, claim));
    if (!policy.logins.some(({ type }) => type === 'kubernetes')) return;
    if (!this.names.secrets.add(environment, agentSecret(agentWorkload(entry, name), secret), claim)) return;
    for (const template of [...free, agentSecretTemplate(secret)]) {
      this.names.templates.add(`${environment}:${name}`, template, claim);
    }
  }

  /** A name that the certificate may have. */
  private checkedName(text: string, role: CertificateRole, path: ValuePath): string {
    const name = fillIn(text, this.place.home.environment);
    const isAllowed = role.domains.some(
      (domain) => name === domain || (role.subdomains && name.endsWith(`.${domain}`)),
    );
    if (!isAllowed) {
      const below = role.subdomains ? ', and names below them' : '';
      this.scope.report(path, {
        message: `the certificate \`${role.name}\` does not allow this name`,
        given: shorten(name),
        allowed: `${listNames(role.domains)}${below}`,
        fix: `write one of these, or add it to the domains of certificates.${role.name}`,
      });
    }
    return name;
  }

  private reportDenied(what: string, given: string, path: ValuePath, grant: string): void {
    const { policy, home } = this.place;
    // A grant that could not be linked has been reported already.
    const entry = this.scope.file.policies.find(({ name }) => fillIn(name, home.environment) === policy.name);
    if (entry?.grants.length !== policy.grants.length) return;
    this.scope.report(path, {
      message: `the policy of the agent does not allow it to ${what}`,
      given: shorten(given),
      allowed: `what ${shorten(policy.name)} grants`,
      fix: `add \`${grant}\` to the grants of the policy${grant.startsWith('path') ? ', with `operations: [read]`' : ''}`,
    });
  }
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
