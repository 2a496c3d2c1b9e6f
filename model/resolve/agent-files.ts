import type { AgentFile, CertificateRole, CustomPolicy, DocumentGrant } from '../inventory';
import { fillIn } from '../names';
import { chosenPattern } from '../rules/covers';
import { showDuration } from '../rules/duration';
import { listNames } from '../rules/nearest';
import { shorten } from '../rules/show';
import type { AgentFile as AgentEntry } from '../schema/agent';
import type { ValuePath } from '../source/source-file';
import type { AgentPlace } from './agents';
import { optionalSeconds } from './seconds';
import type { TenantEngines } from './tenant-engines';
import type { TenantScope } from './tenant-scope';

type CertificateEntry = NonNullable<AgentEntry['certificates']>[number];
type DocumentEntry = NonNullable<AgentEntry['documents']>[number];

/** The files of an agent, each of which its policy has to allow. */
export function resolveAgentFiles(place: AgentPlace, scope: TenantScope, engines: TenantEngines): AgentFile[] {
  const resolver = new FileResolver(place, scope, engines);
  const { certificates = [], documents = [] } = place.file;
  const files = [
    ...certificates.map((entry, index) => resolver.certificate(entry, [...place.path, 'certificates', index])),
    ...documents.map((entry, index) => resolver.document(entry, [...place.path, 'documents', index])),
  ];
  return files.filter((file) => file !== undefined);
}

/** What the files of a certificate are called. */
const certificateFiles = { pem: ['.key', '.crt', '.ca'], java: ['.pem', '.ca.pem'] } as const;

class FileResolver {
  private readonly names = new Map<string, string>();

  constructor(
    private readonly place: AgentPlace,
    private readonly scope: TenantScope,
    private readonly engines: TenantEngines,
  ) {}

  certificate(entry: CertificateEntry, path: ValuePath): AgentFile | undefined {
    const { home, policy } = this.place;
    const { name, altNames = [], ipAddresses = [], format = 'pem' } = entry;
    for (const ending of certificateFiles[format]) this.names.set(`${name}${ending}`, `the certificate ${name}`);
    const role = this.engines.certificates.lookUp(name, home, [...path, 'name']);
    if (role === undefined) return undefined;
    const isGranted = policy.grants.some(
      (grant) => grant.type === 'certificate' && grant.role === role && grant.operations.includes('issue'),
    );
    if (!isGranted)
      this.reportDenied(`issue the certificate \`${name}\``, name, [...path, 'name'], `certificate: ${name}`);
    const commonName = this.checkedName(entry.commonName, role, [...path, 'commonName']);
    const others = altNames.map((other, index) => this.checkedName(other, role, [...path, 'altNames', index]));
    if (ipAddresses.length > 0 && !role.ipAddresses) {
      this.scope.report([...path, 'ipAddresses'], {
        message: `the certificate \`${name}\` may not name IP addresses`,
        given: listNames(ipAddresses),
        allowed: 'names alone',
        fix: `remove them, or write \`ipAddresses: true\` in certificates.${name}`,
      });
    }
    const ttlSeconds = optionalSeconds(entry.ttl) ?? role.ttlSeconds;
    if (ttlSeconds > role.maxTtlSeconds) {
      this.scope.report([...path, 'ttl'], {
        message: `the certificate \`${name}\` is not good for so long`,
        given: showDuration(ttlSeconds),
        allowed: `up to ${showDuration(role.maxTtlSeconds)}`,
        fix: `shorten it, or lengthen maxTtl in certificates.${name}`,
      });
    }
    return { type: 'certificate', name, role, commonName, altNames: others, ipAddresses, ttlSeconds, format };
  }

  document({ path: document, file }: DocumentEntry, path: ValuePath): AgentFile {
    const other = this.names.get(file);
    if (other !== undefined) {
      this.scope.report([...path, 'file'], {
        message: `a file of ${other} has this name already`,
        given: file,
        allowed: 'each name once',
        fix: 'choose another name',
      });
    }
    if (!canRead(this.place.policy, this.place.home.environment.name, document)) {
      this.reportDenied(`read \`${shorten(document)}\``, document, [...path, 'path'], `path: ${shorten(document)}`);
    }
    return { type: 'document', path: document, name: file };
  }

  /** A name that the certificate may be made out to. */
  private checkedName(text: string, role: CertificateRole, path: ValuePath): string {
    const name = fillIn(text, this.place.home.environment);
    const isAllowed = role.domains.some(
      (domain) => name === domain || (role.subdomains && name.endsWith(`.${domain}`)),
    );
    if (!isAllowed) {
      const below = role.subdomains ? ', and what is below' : '';
      this.scope.report(path, {
        message: `the certificate \`${role.name}\` cannot be made out to this name`,
        given: shorten(name),
        allowed: `${listNames(role.domains)}${below}`,
        fix: `write one of these, or add it to the domains of certificates.${role.name}`,
      });
    }
    return name;
  }

  private reportDenied(what: string, given: string, path: ValuePath, grant: string): void {
    const { policy, home } = this.place;
    // What was granted and could not be resolved has been reported where it was.
    const entry = this.scope.file.policies?.find(({ name }) => fillIn(name, home.environment) === policy.name);
    if (entry?.grants.length !== policy.grants.length) return;
    this.scope.report(path, {
      message: `the policy of the agent does not allow it to ${what}`,
      given: shorten(given),
      allowed: `what ${shorten(policy.name)} grants`,
      fix: `add \`${grant}\` to the grants of the policy${grant.startsWith('path') ? ', with `capabilities: [read]`' : ''}`,
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
