import path from 'node:path/posix';

import type { Authority } from '../model/environment/authority';
import type { Environment } from '../model/environment/environment';
import { certificateFiles, kvMount } from '../model/names';
import type { AgentFile } from '../model/tenant/agent-files';
import type { Tenant } from '../model/tenant/tenant';
import type { AgentProps } from './agent-files';
import type { ConfiguredTemplate } from './configuration';

type Certificate = Extract<AgentFile, { type: 'certificate' }>;

/** One template of an agent, and the file that it renders, relative to the agent's folder. */
export interface AgentTemplate {
  readonly file: string;
  readonly text: string;
}

interface Place {
  readonly tenant: Pick<Tenant, 'name'>;
  readonly environment: Pick<Environment, 'name'>;
}

/** A JSON string is also a Go string. */
const quote = (text: string): string => JSON.stringify(text);

/**
 * `pkiCert` with the parameters of a certificate. It reuses the certificate in the template's destination while that is valid, so
 * that a restart or a new login does not issue another one; therefore the destination has to contain the key too. A changed name
 * or TTL takes effect at the next renewal.
 *
 * @see https://developer.hashicorp.com/vault/docs/agent-and-proxy/agent/template#using-the-pkicert-function
 */
function pkiCert({ role, commonName, altNames, ipAddresses, ttlSeconds }: Certificate): string {
  const parameters = [
    `common_name=${commonName}`,
    ...(altNames.length === 0 ? [] : [`alt_names=${altNames.join(',')}`]),
    ...(ipAddresses.length === 0 ? [] : [`ip_sans=${ipAddresses.join(',')}`]),
    `ttl=${ttlSeconds}s`,
    'private_key_format=pkcs8',
  ];
  return ['pkiCert', `${role.authority.mountPath}/issue/${role.roleName}`, ...parameters]
    .map((word, index) => (index === 0 ? word : quote(word)))
    .join(' ');
}

/**
 * Collects the certificates of an authority in `own` and those of its parents in `parents`. All generations are included, so that
 * agents trust two while one replaces the other and need no new configuration. Neither path requires a token.
 */
const collectIssuers = ({ mountPath }: Pick<Authority, 'mountPath'>): string =>
  [
    `{{- range $id := secrets ${quote(`${mountPath}/issuers`)} }}`,
    `{{- with secret (printf ${quote(`${mountPath}/issuer/%s/json`)} $id) }}`,
    '{{- scratch.MapSetX (or (and .Data.issuer_name "own") "parents") .Data.certificate .Data.certificate }}',
    '{{- end }}',
    '{{- end }}',
  ].join('\n');

/**
 * Collects the certificates to trust in `trust`. Java accepts the authority itself as trust anchor, so certificates of other
 * authorities below the same root are not trusted. OpenSSL requires the root too.
 */
function collectTrust({ role, format }: Certificate): string {
  const append = (group: string): string =>
    `{{- range scratch.MapValues ${group} }}{{- scratch.Set "trust" (printf "%s%s\\n" (scratch.Get "trust") (trimSpace .)) }}{{- end }}`;
  const appendIfAny = (group: string): string => `{{- if scratch.Key ${group} }}${append(group)}{{- end }}`;
  return [
    collectIssuers(role.authority),
    '{{- scratch.Set "trust" "" }}',
    ...(format === 'java'
      ? [append('(or (and (scratch.Key "own") "own") "parents")')]
      : [appendIfAny('"own"'), appendIfAny('"parents"')]),
  ].join('\n');
}

const documentPath = ({ tenant, environment }: Place, document: string): string =>
  `${kvMount(environment)}/data/${tenant.name}/${document}`;

/** Templates of one file of an agent. For a certificate, the trusted certificates come first. */
export function fileTemplates(place: Place, file: AgentFile): AgentTemplate[] {
  if (file.type === 'document') {
    const document = quote(documentPath(place, file.path));
    return [
      {
        file: file.name,
        text: `{{ with secret ${document} -}}\n{{ .Data.data | toUnescapedJSONPretty }}\n{{ end -}}\n`,
      },
    ];
  }
  const names = certificateFiles(file.name);
  return [
    { file: names.trust, text: `${collectTrust(file)}\n{{- scratch.Get "trust" -}}\n` },
    {
      file: names.bundle,
      text: `{{ with ${pkiCert(file)} -}}\n{{ .Data.Key }}{{ .Data.Cert }}{{ .Data.CA }}\n{{- end -}}\n`,
    },
  ];
}

/** Templates of all files of an agent, with their destinations. */
export const agentTemplates = ({ tenant, settings, agent }: AgentProps): (ConfiguredTemplate & { text: string })[] =>
  agent.files.flatMap((agentFile) =>
    fileTemplates({ tenant, environment: settings.environment }, agentFile).map(({ file, text }) => ({
      name: file,
      destination: path.join(agent.directory, file),
      text,
    })),
  );

/** Keys of a Kubernetes Secret, and expressions of their values. */
type SecretData = readonly (readonly [key: string, expression: string])[];

/**
 * The manifest of a Kubernetes Secret for one file of an agent. A certificate in it is issued separately: key, certificate and
 * trusted certificates are in one object.
 */
export function secretTemplate(place: Place, file: AgentFile, metadata: Readonly<Record<string, unknown>>): string {
  const manifest = (type: string, data: SecretData): string => {
    const values = data.map(([key, expression]) => `${quote(key)}:"{{ ${expression} | base64Encode }}"`).join(',');
    const head = JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata, type });
    return `${head.slice(0, -1)},"data":{${values}}}`;
  };
  if (file.type === 'document') {
    const data = [[file.name, '.Data.data | toUnescapedJSONPretty']] as const;
    return `{{ with secret ${quote(documentPath(place, file.path))} -}}\n${manifest('Opaque', data)}\n{{ end -}}\n`;
  }
  const names = certificateFiles(file.name);
  const trust = 'scratch.Get "trust"';
  const chain = 'printf "%s%s" .Data.Cert .Data.CA';
  const body =
    file.format === 'java'
      ? manifest('Opaque', [
          [names.bundle, 'printf "%s%s%s" .Data.Key .Data.Cert .Data.CA'],
          [names.trust, trust],
        ])
      : manifest('kubernetes.io/tls', [
          ['tls.key', '.Data.Key'],
          ['tls.crt', chain],
          ['ca.crt', trust],
        ]);
  return `${collectTrust(file)}\n{{- with ${pkiCert(file)} }}\n${body}\n{{ end -}}\n`;
}
