import { block, certificate } from './pem';
import { richInventory } from './rich-inventory';
import { load, problemsOf } from './small-inventory';
import { edited, specifyEdits } from './specify';
import type { Edit } from './specify';

const west = 'clusters/west.yaml';
const devel = 'environments/devel.yaml';

const inWest = (find: string, replacement: string): Edit => [west, find, replacement];
const kubernetesCa = `    caCertificate: ${block(certificate, 6)}\n`;
const privateKey =
  '    caCertificate: |\n      -----BEGIN PRIVATE KEY-----\n      c2VjcmV0\n      -----END PRIVATE KEY-----\n';

describe('auth methods of a cluster', () => {
  const methods = new Map(load({}, richInventory).clusters[0]?.authMethods.map((method) => [method.name, method]));

  it('are mounted by their name, in the order of the file', () => {
    expect([...methods.values()].map(({ mountPath, type }) => `${mountPath} ${type}`)).toEqual([
      'apps kubernetes',
      'home kubernetes',
      'pipelines jwt',
      'people oidc',
      'corporate ldap',
      'cloud aws',
    ]);
  });

  it('have defaults: no reviewer, RS256 signatures, unique AWS ids', () => {
    expect(methods.get('apps')).toMatchObject({ tokenReview: 'client', caCertificate: certificate });
    expect(methods.get('pipelines')).toMatchObject({ keys: { from: 'static' } });
    expect(methods.get('people')).toMatchObject({ supportedAlgorithms: ['RS256'] });
    expect(methods.get('corporate')).toMatchObject({ userAttribute: 'cn', groupAttribute: 'cn' });
    expect(methods.get('cloud')).toMatchObject({ resolveUniqueIds: true });
  });

  it('have no key for absent settings', () => {
    expect(methods.get('home')).toEqual({
      name: 'home',
      inventoryName: 'home',
      mountPath: 'home',
      description: 'Programs beside the servers',
      type: 'kubernetes',
      host: 'https://10.0.0.1:443',
      audience: 'vault',
      tokenReview: 'server',
      aliasNameSource: 'serviceaccount_uid',
      tuning: {},
    });
    expect(methods.get('apps')?.tuning).toEqual({
      defaultLeaseTtlSeconds: 600,
      maxLeaseTtlSeconds: 3600,
      listingVisibility: 'unauth',
    });
  });

  it.each([
    ['discoveryUrl: https://ci.example.com', { from: 'discovery', url: 'https://ci.example.com' }],
    ['jwksUrl: http://127.0.0.1:8080/keys', { from: 'jwks', url: 'http://127.0.0.1:8080/keys' }],
  ])('verify tokens with the keys of %s', (source, keys) => {
    const text = (richInventory[west] ?? '').replace(/ {4}publicKeys:\n(?: {6}.*\n| {8}.*\n)+/, `    ${source}\n`);
    const [cluster] = load({ [west]: text }, richInventory).clusters;
    expect(cluster?.authMethods.find(({ name }) => name === 'pipelines')).toMatchObject({ keys });
  });

  specifyEdits([
    [
      'a name of a method that is there anyway',
      inWest('  home:', '  token:'),
      'token:',
      '`token` is reserved and cannot name an auth method',
      'choose another name; reserved are approle, cert, provisioner, token, userpass',
    ],
    [
      'a name that cannot be a path',
      inWest('  home:', '  Home Cluster:'),
      'Home Cluster',
      'this cannot name an auth method',
      'choose another name, for example `home-cluster`',
    ],
    [
      'a type that there is not',
      inWest('type: oidc', 'type: saml'),
      'saml',
      'wrong value for `auth.people.type`',
      'write kubernetes, jwt, oidc, ldap or aws',
    ],
    [
      'a type in other letters',
      inWest('type: oidc', 'type: OIDC'),
      'OIDC',
      'wrong value for `auth.people.type`',
      'write `oidc`',
    ],
    [
      'Kubernetes without a CA',
      inWest(kubernetesCa, ''),
      'type: kubernetes\n    description: Programs in a cluster',
      'the key `caCertificate` is missing: without it the API server cannot be verified',
      'add `caCertificate:`; `kubectl config view --raw --minify` shows it, in base64',
    ],
    [
      'Kubernetes without an audience',
      inWest('    audience: vault\n    caCertificate', '    caCertificate'),
      'type: kubernetes\n    description: Programs in a cluster',
      'the key `audience` is missing',
      'add `audience:` with one line of text, at most 300 characters, without ${ and %{',
    ],
    [
      'a private key for a certificate',
      inWest(kubernetesCa, privateKey),
      '|\n      -----BEGIN PRIVATE',
      'this contains a private key',
      'remove it and create a new one: everyone who can read the inventory knows this one',
    ],
    [
      'a certificate that was cut off',
      inWest(certificate.split('\n')[3] ?? '', 'AAAA'),
      '|\n      -----BEGIN',
      'this is not a certificate',
      'copy it again, from its first line to its last',
    ],
    [
      'something else for a certificate',
      inWest(kubernetesCa, '    caCertificate: MIIB\n'),
      'MIIB',
      'this is not PEM',
      'write `|` behind the colon and the text below it, indented',
    ],
    [
      'a certificate for a public key',
      inWest(
        '      - |\n        -----BEGIN PUBLIC KEY',
        `      - ${block(certificate, 8)}\n      - |\n        -----BEGIN PUBLIC KEY`,
      ),
      '|\n        -----BEGIN CERT',
      'this contains a certificate',
      'write a public key alone',
    ],
    [
      'keys from two places',
      inWest('    publicKeys:', '    discoveryUrl: https://ci.example.com\n    publicKeys:'),
      '- |\n        -----BEGIN PUBLIC',
      '`discoveryUrl` and `publicKeys` exclude each other',
      'keep one of them',
    ],
    [
      'a CA for nobody',
      inWest('    publicKeys:', `    caCertificate: ${block(certificate, 6)}\n    publicKeys:`),
      '|\n      -----BEGIN',
      'with `publicKeys` there is no server to verify',
      'remove caCertificate',
    ],
    [
      'a provider without TLS',
      inWest('https://login.example.com', 'http://login.example.com'),
      'http://login',
      'this is not a URL that can be used here',
      'write https://login.example.com/realm',
    ],
    [
      'a password in a URL',
      inWest('https://login.example.com', 'https://me:secret@login.example.com'),
      'https://me',
      'the URL contains a credential',
      'remove the part before the @, and create a new credential, because many people know this one',
    ],
    [
      'a key that no algorithm fits',
      inWest('supportedAlgorithms: [ES256]', 'supportedAlgorithms: [RS256, ES384]'),
      '|',
      'no token can be verified with this key: it fits none of RS256, ES384',
      'add `ES256` to supportedAlgorithms',
    ],
    [
      'a directory without TLS',
      inWest('    startTls: true\n', ''),
      'ldap://',
      'passwords would be sent without TLS',
      'write ldaps://, or add `startTls: true`',
    ],
    [
      'TLS twice',
      inWest('url: ldap://', 'url: ldaps://'),
      'true\n    userDn',
      'ldaps:// uses TLS already',
      'remove startTls',
    ],
    [
      'a default TTL above the maximum',
      inWest('defaultLeaseTtl: 10m', 'defaultLeaseTtl: 2h'),
      '2h',
      'defaultLeaseTtl is longer than maxLeaseTtl',
      'shorten defaultLeaseTtl or lengthen maxLeaseTtl',
    ],
    [
      'secrets in the audit log',
      inWest('listingVisibility: unauth', 'auditNonHmacRequestKeys: [role, jwt]'),
      'jwt]',
      '`jwt` holds a secret, which the audit log would show',
      'remove it',
    ],
    [
      'a header twice',
      inWest('[X-Request-Id]', '[X-Request-Id, x-request-id]'),
      'x-request-id',
      'this repeats entry 1 (x-request-id)',
      'remove one of the two',
    ],
  ]);

  it('does not show a secret in a wrong place', () => {
    for (const edit of [
      inWest(kubernetesCa, privateKey),
      inWest('https://login.example.com', 'https://me:c2VjcmV0@login.example.com'),
    ]) {
      const [problem] = problemsOf({ [west]: edited(edit) }, richInventory);
      expect(problem?.given).toMatch(/^a /);
      expect(JSON.stringify(problem)).not.toContain('c2VjcmV0');
    }
  });
});

describe('auth methods of an environment', () => {
  specifyEdits([
    [
      'a method that the cluster does not have',
      [devel, '[apps, pipelines, people, corporate, cloud]', '[apps, pipelines, people, corporate, cloud, piplines]'],
      'piplines',
      'unknown auth method',
      'write `pipelines`',
    ],
  ]);

  it('cannot have an AppRole mount of its own below another method', () => {
    const [problem, ...others] = problemsOf({ [west]: edited([west, '  home:', '  devel:']) }, richInventory);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      file: `inventory/${devel}`,
      message: 'the cluster west has an auth method `devel`, and no mount can be below another',
    });
  });

  it('does not check methods of a cluster whose `auth` has problems', () => {
    const broken = edited([west, 'type: oidc', 'type: saml']);
    expect(problemsOf({ [west]: broken }, richInventory)).toHaveLength(1);
  });
});
