import { block, certificate } from './pem';
import { richInventory } from './rich-inventory';
import { load, problemsOf } from './small-inventory';
import { edited, specifyEdits } from './specify';
import type { Edit } from './specify';

const devel = 'environments/devel.yaml';
const inDevel = (find: string, replacement: string): Edit => [devel, find, replacement];
const signed = `      - name: '2025'\n        signedCertificate: ${block(certificate, 10)}\n`;

describe('certificate authorities', () => {
  const [environment] = load({}, richInventory).environments;
  const authority = (name: string) => environment?.authorities.find((candidate) => candidate.name === name);

  it('follow the authority that signs them, in any order of the file', () => {
    expect(environment?.authorities.map(({ name }) => name)).toEqual(['root', 'kafka', 'vault']);
    expect(authority('kafka')?.signedBy).toEqual({ kind: 'authority', authority: authority('root') });
    expect(authority('root')?.signedBy).toEqual({ kind: 'self' });
    expect(authority('vault')?.signedBy).toEqual({ kind: 'offline' });
  });

  it('are mounted below pki, with default keys and TTLs', () => {
    expect(authority('root')).toMatchObject({ mountPath: 'v1/devel/pki/root', keyType: 'rsa', keyBits: 4096 });
    expect(authority('kafka')).toMatchObject({ keyType: 'ec', keyBits: 256, organization: '', acme: true });
    expect(authority('root')).toMatchObject({ crlTtlSeconds: 259_200, acme: false, issuers: [{ name: 'first' }] });
  });

  it('sign with the newest generation that has a certificate', () => {
    expect(authority('kafka')).toMatchObject({ issuers: [{ name: '2025' }, { name: '2026' }], defaultIssuer: '2026' });
    expect(authority('vault')?.defaultIssuer).toBe('2025');
    expect(authority('vault')?.issuers).toEqual([{ name: '2025', signedCertificate: certificate }, { name: '2026' }]);
  });

  it('can wait for their first certificate', () => {
    const text = edited(inDevel(signed, `      - '2025'\n`));
    const [waiting] = load({ [devel]: text }, richInventory).environments;
    expect(waiting?.authorities.at(-1)).toMatchObject({ name: 'vault', defaultIssuer: '2026' });
  });

  specifyEdits([
    [
      'signed by one that there is not',
      inDevel('signedBy: root', 'signedBy: rooot'),
      'rooot',
      'unknown authority',
      'write `root`',
    ],
    [
      'signed by itself',
      inDevel('signedBy: root', 'signedBy: kafka'),
      'kafka\n    ttl',
      '`kafka` would be signed by itself',
      'write `self` for the one that is the root',
    ],
    [
      'signed in a circle',
      inDevel('organization: Example', 'signedBy: kafka'),
      'kafka\n    keyType',
      '`kafka` would be signed by itself, by way of root',
      'write `self` for the one that is the root',
    ],
    [
      'a name that means something else',
      inDevel('  vault:\n', '  offline:\n'),
      'offline:',
      '`offline` is reserved and cannot name an authority',
      'choose another name; reserved are offline, self',
    ],
    [
      'leaves that outlive it',
      inDevel('maxLeafTtl: 30d\n    issuers: [', 'maxLeafTtl: 1825d\n    issuers: ['),
      '1825d\n    issuers',
      'a certificate cannot be valid for as long as the authority that issues it',
      'shorten maxLeafTtl or lengthen ttl',
    ],
    [
      'a mount that allows less than its own certificate',
      inDevel('    crlTtl: 24h\n', '    crlTtl: 24h\n    tuning: {maxLeaseTtl: 30d}\n'),
      '30d}',
      'the maximum TTL of the mount is shorter than the lifetime of the authority',
      'lengthen or remove maxLeaseTtl',
    ],
    [
      'a signer that it outlives',
      inDevel('ttl: 1825d', 'ttl: 3651d'),
      '3651d',
      'the TTL exceeds that of `root`, which signs it',
      'shorten it, or lengthen the ttl of root',
    ],
    [
      'more than thirty years',
      inDevel('ttl: 3650d', 'ttl: 10951d'),
      '10951d',
      'the duration is too long',
      'write 10950d or less',
    ],
    [
      'a key that there is not',
      inDevel('keyBits: 4096', 'keyBits: 256'),
      '256',
      'an rsa key cannot have 256 bits',
      'write one of 2048, 3072, 4096, 8192',
    ],
    [
      'a year for a number',
      inDevel("['2025', '2026']", "[2025, '2026']"),
      '2025',
      'wrong value for `authorities.kafka.issuers[0]`',
      "write a name such as '2026' in quotes, or a map with name and signedCertificate",
    ],
    [
      'an issuer twice',
      inDevel("['2025', '2026']", "['2025', {name: '2025'}]"),
      "{name: '2025'}",
      'this repeats entry 1 (2025)',
      'remove one of the two',
    ],
    [
      'an unknown issuer as the default',
      inDevel('    crlTtl: 24h\n', "    crlTtl: 24h\n    defaultIssuer: '2027'\n"),
      "'2027'",
      'unknown issuer',
      'write `2026`, or add it to the issuers',
    ],
    [
      'a default that cannot sign yet',
      inDevel('signedBy: offline\n', "signedBy: offline\n    defaultIssuer: '2026'\n"),
      "'2026'",
      'this issuer has no certificate yet',
      'write `2025`, or add its signedCertificate',
    ],
    [
      'a certificate from outside for a root of its own',
      inDevel('    signedBy: offline\n', ''),
      '|\n          -----BEGIN',
      'this authority is not signed by an offline root',
      'remove it, or write `signedBy: offline`',
    ],
  ]);

  it('does not check references to an entry with problems', () => {
    const circle = edited(inDevel('organization: Example', 'signedBy: kafka'));
    expect(problemsOf({ [devel]: circle }, richInventory)).toHaveLength(1);
    const broken = edited(inDevel('keyBits: 4096', 'keyBits: none'));
    expect(problemsOf({ [devel]: broken }, richInventory)).toHaveLength(1);
  });

  it('are found for any number of authorities in a chain', () => {
    const length = 1500;
    const chain = Array.from(
      { length },
      (_, index) =>
        `  a${index}: {description: x, commonName: x, ttl: 9d, maxLeafTtl: 1d, signedBy: ${index === length - 1 ? 'self' : `a${index + 1}`}}\n`,
    );
    const text = `description: x\ncluster: west\nstate: {backend: local}\nauthorities:\n${chain.join('')}`;
    const { environments } = load({ 'environments/deep.yaml': text }, richInventory);
    expect(environments.find(({ name }) => name === 'deep')?.authorities[0]?.name).toBe(`a${length - 1}`);
  });
});
