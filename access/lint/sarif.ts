import { createHash } from 'node:crypto';

import type { Finding, Severity } from './finding';
import { lintRules } from './rules';

/** A log in SARIF 2.1.0, for code hosts. */
export interface SarifLog {
  readonly $schema: string;
  readonly version: '2.1.0';
  readonly runs: readonly object[];
}

export interface SarifOptions {
  /** Address of the folder with the pages of the rules, with a trailing slash. @default - rules have no links */
  readonly pages?: string;
}

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', note: 'note' };

/** A message without placeholders: braces are doubled, as section 3.11.5 of SARIF 2.1.0 requires of a viewer that finds `{0}`. */
const messageOf = (text: string): object => ({ text: text.replaceAll(/[{}]/g, '$&$&') });

const rulesOf = ({ pages }: SarifOptions): readonly object[] => [
  ...lintRules.map(({ id, severity, title }) => ({
    id,
    shortDescription: messageOf(title),
    defaultConfiguration: { level: levels[severity] },
    ...(pages !== undefined && { helpUri: `${pages}${id}.md` }),
  })),
  {
    id: 'suppression',
    shortDescription: { text: 'a suppression that is wrong, expired or not needed' },
    defaultConfiguration: { level: 'warning' },
  },
];

/** File and line; of a file that is the policy text itself, the line of the stanza. */
const physicalLocation = ({ source, position }: Finding): object | undefined => {
  if (source?.file === undefined) {
    return undefined;
  }
  const line = source.line ?? position?.line;
  const column = source.line === undefined ? position?.column : undefined;
  return {
    artifactLocation: { uri: source.file.split('/').map(encodeURIComponent).join('/') },
    ...(line !== undefined && { region: { startLine: line, ...(column !== undefined && { startColumn: column }) } }),
  };
};

const locationOf = (finding: Finding): object => {
  const { cluster, policy, principal, path, source } = finding;
  const physical = physicalLocation(finding);
  const name = [cluster, policy ?? principal, path].filter((part) => part !== undefined).join(' ');
  return {
    ...(physical !== undefined && { physicalLocation: physical }),
    ...(name !== '' && { logicalLocations: [{ fullyQualifiedName: name, kind: 'resource' }] }),
    ...(source?.address !== undefined && { message: messageOf(source.address) }),
  };
};

/** The same for the same finding in another line of its file. */
const fingerprint = ({ rule, cluster, policy, principal, path, message }: Finding): string =>
  createHash('sha256')
    .update(JSON.stringify([rule, cluster, policy, principal, path, message]))
    .digest('hex')
    .slice(0, 32);

/** Findings as SARIF. Lines are those of the inventory, or of a policy's file. */
export const toSarif = (findings: readonly Finding[], options: SarifOptions = {}): SarifLog => {
  const rules = rulesOf(options);
  const ids = [...lintRules.map(({ id }) => id), 'suppression'];
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'vault-platform access lint', rules } },
        columnKind: 'unicodeCodePoints',
        results: findings.map((finding) => ({
          ruleId: finding.rule,
          ruleIndex: ids.indexOf(finding.rule),
          level: levels[finding.severity],
          message: messageOf(finding.message),
          locations: [locationOf(finding)],
          partialFingerprints: { 'finding/v1': fingerprint(finding) },
        })),
      },
    ],
  };
};
