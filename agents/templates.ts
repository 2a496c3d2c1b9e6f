import type { Authority } from '../model/environment/authority';
import type { Environment } from '../model/environment/environment';
import { certificateFiles, kvMount } from '../model/names';
import type { AgentFile } from '../model/tenant/agent-files';
import type { Tenant } from '../model/tenant/tenant';

type Certificate = Extract<AgentFile, { type: 'certificate' }>;

/** One template of an agent, and the file that it becomes, relative to the agent's folder. */
export interface AgentTemplate {
  readonly file: string;
  readonly text: string;
}

interface Place {
  readonly tenant: Pick<Tenant, 'name'>;
  readonly environment: Pick<Environment, 'name'>;
}

/** JSON's texts are Go's as well. */
const quote = (text: string): string => JSON.stringify(text);

/**
 * `pkiCert` with all that a certificate is asked for. It takes the certificate that stands in the template's own
 * destination as long as that is good, so an agent that restarts, or logs in again, causes no new one; therefore the key
 * has to stand there as well. The name and the TTL decide nothing before the next renewal.
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
 * Collects the certificates of an authority under `own`, those above it under `parents`: all generations, so that two
 * of them are trusted while one replaces the other, without new files for any agent. Both paths are open to everybody.
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
 * Leaves the certificates to trust in `trust`. Java is content with the authority itself, which keeps certificates of
 * other authorities below the same root out. OpenSSL wants the root as well.
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

const documentPath = ({ tenant, environment }: Place, path: string): string =>
  `${kvMount(environment)}/data/${tenant.name}/${path}`;

/** The files that an agent writes, what verifies others before what is shown to them. */
export function fileTemplates(place: Place, file: AgentFile): AgentTemplate[] {
  if (file.type === 'document') {
    const path = quote(documentPath(place, file.path));
    return [
      { file: file.name, text: `{{ with secret ${path} -}}\n{{ .Data.data | toUnescapedJSONPretty }}\n{{ end -}}\n` },
    ];
  }
  const { bundle, trust } = certificateFiles(file.name);
  return [
    { file: trust, text: `${collectTrust(file)}\n{{- scratch.Get "trust" -}}\n` },
    {
      file: bundle,
      text: `{{ with ${pkiCert(file)} -}}\n{{ .Data.Key }}{{ .Data.Cert }}{{ .Data.CA }}\n{{- end -}}\n`,
    },
  ];
}

/** Keys of a Kubernetes Secret, and expressions of their values. */
type SecretData = readonly (readonly [key: string, expression: string])[];

/**
 * The manifest of a Kubernetes Secret that holds a file of an agent. A certificate in it is an issue of its own, complete in
 * one object.
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
  const trusted = 'scratch.Get "trust"';
  const { bundle, trust } = certificateFiles(file.name);
  const chain = 'printf "%s%s" .Data.Cert .Data.CA';
  const body =
    file.format === 'java'
      ? manifest('Opaque', [
          [bundle, 'printf "%s%s%s" .Data.Key .Data.Cert .Data.CA'],
          [trust, trusted],
        ])
      : manifest('kubernetes.io/tls', [
          ['tls.key', '.Data.Key'],
          ['tls.crt', chain],
          ['ca.crt', trusted],
        ]);
  return `${collectTrust(file)}\n{{- with ${pkiCert(file)} }}\n${body}\n{{ end -}}\n`;
}
