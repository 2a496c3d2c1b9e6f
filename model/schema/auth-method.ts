import { z } from 'zod';

import { addressRule, regionRule } from '../rules/address';
import { certificateRule, publicKeyRule } from '../rules/pem';
import { textRule } from '../rules/text';
import { ldapUrlRule, redirectRule, urlRule } from '../rules/url';
import { headerRule } from '../rules/words';
import { custom, filledList, flag, itself, map, namedMap, text, word } from './parts';
import { tuning } from './tuning';

const algorithms = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512', 'PS256', 'PS384', 'PS512', 'EdDSA'] as const;

const shared = <Type extends string>(type: Type, what: string) => ({
  type: z.literal(type).describe(what),
  description: text(textRule).describe('Who logs in by it, in one sentence.'),
  tuning: tuning(),
});

const caCertificate = (of: string) =>
  text(certificateRule).optional().describe(`Certificate in PEM of the CA that ${of} is trusted by.`);

const supportedAlgorithms = () =>
  filledList(word(algorithms), 'a list of signature algorithms', itself)
    .meta({ uniqueItems: true })
    .optional()
    .describe('Signature algorithms that are accepted. Default RS256 alone.');

const kubernetes = map({
  ...shared('kubernetes', 'Programs in one Kubernetes cluster, by the token of their ServiceAccount.'),
  host: text(addressRule).describe('URL of the API server.'),
  caCertificate: caCertificate('the API server').describe(
    'Certificate in PEM of the CA of the API server. Can be left out with `tokenReview: server`: that of the server’s own pod.',
  ),
  issuer: text(textRule)
    .optional()
    .describe('Must be the issuer of the token. Default: not checked, the review of the token does that.'),
  audience: text(textRule).describe(
    'Audience that tokens must be made out to. Without one every token of the cluster would do, also those for other programs.',
  ),
  tokenReview: word(['server', 'reviewer', 'client'])
    .optional()
    .describe(
      'Who asks the API server about a token. client (the default): the token itself, whose account needs system:auth-delegator; nothing is stored, and `audience` has to be one of the API server’s own. reviewer: an account of that cluster, whose token an operator hands over. server: the server’s own account, in the cluster that it runs in.',
    ),
}).superRefine(({ tokenReview, caCertificate: certificate }, context) => {
  if (certificate !== undefined || tokenReview === 'server') return;
  context.addIssue({
    ...custom({
      message: 'the API server could not be told from another: the key `caCertificate` is missing',
      fix: 'add `caCertificate:`; kubectl config view --raw --minify shows it, in base64',
    }),
    message: 'caCertificate, or tokenReview: server',
  });
});

const jwt = map({
  ...shared('jwt', 'Programs with a signed token of somebody else, such as a CI system.'),
  boundIssuer: text(textRule).describe('Must be the token’s `iss`.'),
  discoveryUrl: text(urlRule).optional().describe('Where OpenID Connect Discovery tells the keys that verify a token.'),
  jwksUrl: text(urlRule).optional().describe('Where the keys are that verify a token; instead of discoveryUrl.'),
  publicKeys: filledList(text(publicKeyRule), 'a list of public keys in PEM', itself)
    .meta({ uniqueItems: true })
    .optional()
    .describe('The keys that verify a token; instead of discoveryUrl.'),
  caCertificate: caCertificate('what answers at discoveryUrl or jwksUrl'),
  supportedAlgorithms: supportedAlgorithms(),
}).superRefine((method, context) => {
  const sources = (['discoveryUrl', 'jwksUrl', 'publicKeys'] as const).filter((key) => method[key] !== undefined);
  const message = 'exactly one of discoveryUrl, jwksUrl and publicKeys';
  const [, second] = sources;
  if (second !== undefined) {
    const fault = { message: `the keys have two sources, ${sources.join(' and ')}`, fix: 'keep one of them' };
    context.addIssue({ ...custom(fault), message, path: [second] });
  }
  if (sources.length === 0) {
    const fault = {
      message: 'it is not said which keys verify a token',
      fix: 'add `discoveryUrl:` with the issuer’s URL',
    };
    context.addIssue({ ...custom(fault), message });
  }
  if (method.publicKeys !== undefined && method.caCertificate !== undefined) {
    const fault = { message: 'there is nobody to trust: the keys stand here', fix: 'remove caCertificate' };
    context.addIssue({
      ...custom(fault),
      message: 'caCertificate with discoveryUrl or jwksUrl',
      path: ['caCertificate'],
    });
  }
});

const oidc = map({
  ...shared('oidc', 'People, by a browser. An operator hands over the client secret.'),
  discoveryUrl: text(urlRule).describe('Where OpenID Connect Discovery is.'),
  caCertificate: caCertificate('what answers at discoveryUrl'),
  clientId: text(textRule).describe('Name that the provider knows the cluster by.'),
  redirectUris: filledList(text(redirectRule), 'a list of URLs', itself)
    .meta({ uniqueItems: true })
    .describe('Where the browser may be sent back to.'),
  supportedAlgorithms: supportedAlgorithms(),
});

const ldap = map({
  ...shared('ldap', 'People and machines in a directory, by name and password.'),
  url: text(ldapUrlRule).describe('Where the directory is.'),
  startTls: flag().optional().describe('Whether TLS begins after the connection; a must for ldap://. Default false.'),
  caCertificate: caCertificate('the directory'),
  userDn: text(textRule).describe('Where users are, for example ou=people,dc=example,dc=com.'),
  userAttribute: text(textRule).optional().describe('Attribute that holds the name people log in with. Default cn.'),
  groupDn: text(textRule).describe('Where groups are.'),
  groupFilter: text(textRule)
    .optional()
    .describe(
      'Finds a user’s groups. Default (|(memberUid={{.Username}})(member={{.UserDN}})(uniqueMember={{.UserDN}})).',
    ),
  groupAttribute: text(textRule).optional().describe('Attribute that holds a group’s name. Default cn.'),
  bindDn: text(textRule)
    .optional()
    .describe('Account that searches; an operator hands over its password. Default: the user that logs in.'),
}).superRefine(({ url, startTls }, context) => {
  if (url.startsWith('ldaps:') === (startTls ?? false)) {
    const plain = url.startsWith('ldap:');
    const fault = {
      message: plain ? 'passwords would travel without TLS' : 'ldaps:// begins with TLS already',
      fix: plain ? 'write ldaps://, or add `startTls: true`' : 'remove startTls',
    };
    context.addIssue({ ...custom(fault), message: ldapUrlRule.allowed, path: [plain ? 'url' : 'startTls'] });
  }
});

const endpoint = (service: string) => text(urlRule).optional().describe(`URL of ${service}. Default: AWS’s own.`);

const aws = map({
  ...shared('aws', 'Programs on AWS, by the identity that AWS gave them. With `dialect: vault` only.'),
  region: text(regionRule).describe('Region of the STS endpoint.'),
  serverIdHeader: text(textRule).describe(
    'What a signed login request must carry, mostly the cluster’s host name, so that one for another server is worth nothing.',
  ),
  stsEndpoint: endpoint('STS'),
  iamEndpoint: endpoint('IAM'),
  ec2Endpoint: endpoint('EC2'),
  resolveUniqueIds: flag()
    .optional()
    .describe(
      'Whether a principal that was removed and made again is another one (the default). Needs iam:GetRole and iam:GetUser.',
    ),
});

const method = z.discriminatedUnion('type', [kubernetes, jwt, oidc, ldap, aws], {
  error: 'a map with `type`: kubernetes, jwt, oidc, ldap or aws',
});

/** Auth methods of a cluster, by name. */
export const authSchema = namedMap('auth method', method, 'a map from names to auth methods');

export const auditedHeadersSchema = filledList(text(headerRule), 'a list of headers', (header) =>
  header.toLowerCase(),
).meta({ uniqueItems: true });

export type AuthMethodFile = z.output<typeof method>;
