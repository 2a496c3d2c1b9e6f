import { block, certificate } from './pem';
import { richInventory } from './rich-inventory';
import { load, problemsOf } from './small-inventory';
import type { Files } from './small-inventory';
import { specifyEdits } from './specify';
import type { Edit } from './specify';

const devel = 'environments/devel.yaml';
const inDevel = (find: string, replacement: string): Edit => [devel, find, replacement];
const postgresql = 'postgresql://{{username}}:{{password}}@db.example.com:5432/warehouse?sslmode=verify-full';
const connection = (url: string): Edit => inDevel(postgresql, url);

const headlines = (files: Files): string[] =>
  problemsOf(files, richInventory).map(({ file, message }) => `${file?.replace('inventory/', '')}: ${message}`);

describe('engines of an environment', () => {
  const { environments } = load({}, richInventory);
  const [first, second] = environments;

  it('are those that the file names', () => {
    expect(first?.engines).toMatchObject({
      keyValue: { maxVersions: 5, casRequired: true, deleteVersionAfterSeconds: 7_776_000 },
      keyValue1: { tuning: {} },
      transit: { tuning: { maxLeaseTtlSeconds: 3600 } },
      ssh: { tuning: {} },
      aws: { region: 'eu-west-1', defaultTtlSeconds: 3600, maxTtlSeconds: 21_600 },
    });
    expect(first?.appRoleMount).toBe('devel/approle');
    expect(first?.quotas).toEqual({ requestsPerSecond: 1000 });
  });

  it('are only the key-value engine by default', () => {
    expect(second?.engines).toEqual({
      keyValue: { maxVersions: 10, casRequired: false, tuning: {} },
    });
    expect(second?.appRoleMount).toBe('approle');
  });

  it('refer to databases by name, without a password', () => {
    expect(first?.engines.database?.connections).toEqual([
      { name: 'warehouse', plugin: 'postgresql', url: postgresql, username: 'vault', maxOpenConnections: 4 },
      {
        name: 'shop',
        plugin: 'mysql',
        url: '{{username}}:{{password}}@tcp(db.example.com:3306)/?tls=true',
        username: 'vault',
        maxOpenConnections: 8,
      },
    ]);
  });

  it.each([
    ['a database of the same machine without TLS', '127.0.0.1:5432/warehouse'],
    [
      'whichever of several hosts takes writes',
      'db-1:5432,db-2:5432/warehouse?sslmode=verify-full&target_session_attrs=read-write',
    ],
    ['a database with options', 'db/warehouse?sslmode=verify-full&options=-c%20statement_timeout=1000'],
  ])('reach %s', (_, rest) => {
    const url = `postgresql://{{username}}:{{password}}@${rest}`;
    const text = (richInventory[devel] ?? '').replace(postgresql, url);
    const [replica] = load({ [devel]: text }, richInventory).environments;
    expect(replica?.engines.database?.connections[0]?.url).toBe(url);
  });

  specifyEdits([
    [
      'a password in the connection',
      connection('postgresql://vault:secret@db.example.com/warehouse?sslmode=verify-full'),
      'postgresql://',
      'the URL must have placeholders for the account and its password',
      'write `{{username}}:{{password}}@` before the host; if there was a password, change it, because many people know it',
    ],
    [
      'a password among the parameters',
      connection(`${postgresql}&password=secret`),
      'postgresql://',
      'the URL contains `password`',
      'remove it: the server inserts account and password',
    ],
    ...['host=other', 'hostaddr=192.0.2.1', 'p%6frt=1'].map(
      (parameter) =>
        [
          `another server among the parameters, ${parameter}`,
          connection(`${postgresql}&${parameter}`),
          'postgresql://',
          `\`${parameter.replace('%6f', 'o').replace(/=.*/, '')}\` leads to another server than the URL`,
          'write host and port behind the `@`; several hosts, with commas',
        ] as const,
    ),
    [
      'several hosts without TLS, one of them on another machine',
      connection(postgresql.replace(/db.*/, 'localhost:5432,db:5432/warehouse')),
      'postgresql://',
      'passwords would be sent without TLS',
      'write sslmode=verify-full behind the question mark',
    ],
    ...['?sslmode=disable', '?sslmode=prefer', '?sslmode=verify-full&sslmode=disable', ''].map(
      (query) =>
        [
          `PostgreSQL without TLS, ${query || 'not a word about it'}`,
          connection(postgresql.replace(/\?.*/, query)),
          'postgresql://',
          'passwords would be sent without TLS',
          'write sslmode=verify-full behind the question mark',
        ] as const,
    ),
    ...['', '?tls=preferred'].map(
      (query) =>
        [
          `MySQL without TLS, ${query || 'not a word about it'}`,
          inDevel('/?tls=true', `/${query}`),
          "'{{username}}",
          'passwords would be sent without TLS',
          'write tls=true behind the question mark',
        ] as const,
    ),
    ...['require', 'verify-ca'].map(
      (mode) =>
        [
          `PostgreSQL whose name is not verified: ${mode}`,
          connection(postgresql.replace('verify-full', mode)),
          'postgresql://',
          `with sslmode=${mode}, another host could pose as the database and get its passwords`,
          'write sslmode=verify-full behind the question mark',
        ] as const,
    ),
    [
      'MySQL whose certificate is not verified',
      inDevel('/?tls=true', '/?tls=skip-verify'),
      "'{{username}}",
      'with tls=skip-verify, another host could pose as the database and get its passwords',
      'write tls=true behind the question mark',
    ],
    [
      'MySQL with a way around TLS',
      inDevel('/?tls=true', '/?tls=true&allowFallbackToPlaintext=true'),
      "'{{username}}",
      'with `allowFallbackToPlaintext`, passwords could be sent without TLS',
      'remove it',
    ],
    [
      'the form of the other database',
      inDevel('plugin: postgresql', 'plugin: mysql'),
      'postgresql://',
      'this is not a connection of mysql',
      'write {{username}}:{{password}}@tcp(host:3306)/?tls=true',
    ],
    [
      'an engine that there is not',
      inDevel('  transit:', '  transits:'),
      'transits',
      'unknown key `transits`',
      'write `transit`',
    ],
    [
      'the key that this one replaced',
      inDevel('appRoleMount: own', 'kvMaxVersions: 2'),
      'kvMaxVersions',
      'unknown key `kvMaxVersions`',
      'remove it',
    ],
    [
      'AWS credentials of minutes',
      inDevel('maxTtl: 6h', 'maxTtl: 5m'),
      '5m',
      'the duration is too short',
      'write 15m or more',
    ],
  ]);
  it('do not show possible passwords', () => {
    for (const url of [
      'postgresql://vault:c2VjcmV0@db/x',
      `${postgresql}&password=c2VjcmV0`,
      `c2VjcmV0-${postgresql}`,
    ]) {
      const text = (richInventory[devel] ?? '').replace(postgresql, url);
      expect(JSON.stringify(problemsOf({ [devel]: text }, richInventory))).not.toContain('c2VjcmV0');
    }
  });
});

describe('features that a server does not have', () => {
  const west = 'clusters/west.yaml';
  const openbao = (richInventory[west] ?? '').replace('dialect: vault', 'dialect: openbao');

  it('is reported where it is asked for', () => {
    const found = headlines({ [west]: openbao });
    expect(found).toEqual([
      'clusters/west.yaml: OpenBao has no auth method of the type ldap built in',
      'clusters/west.yaml: OpenBao has no auth method of the type aws built in',
      'environments/devel.yaml: OpenBao has no AWS engine built in',
    ]);
  });

  specifyEdits([
    [
      'a limit on leases, of an environment',
      inDevel('{requestsPerSecond: 1000}', '{maxLeases: 1000}'),
      '1000',
      'Vault cannot limit the number of leases: only Vault Enterprise can',
      'remove maxLeases; short TTLs and requestsPerSecond keep the number down',
    ],
    [
      'a limit on leases, of a tenant',
      ['tenants/streaming/bus.yaml', 'requestsPerSecond: 100,', 'maxLeases: 100,'],
      '100,',
      'Vault cannot limit the number of leases: only Vault Enterprise can',
      'remove maxLeases; short TTLs and requestsPerSecond keep the number down',
    ],
  ]);

  it('refuses the CA of a PostgreSQL on OpenBao, which ignores it', () => {
    const withCa = (richInventory[devel] ?? '').replaceAll(
      '        username: vault\n',
      `        username: vault\n        caCertificate: ${block(certificate, 10)}\n`,
    );
    const said = (dialect: string): string[] =>
      headlines({
        [devel]: withCa,
        [west]: (richInventory[west] ?? '').replace('dialect: vault', `dialect: ${dialect}`),
      });
    expect(said('vault')).toEqual([]);
    expect(said('openbao').filter((line) => line.includes('CA'))).toEqual([
      'environments/devel.yaml: OpenBao ignores the CA of a PostgreSQL connection',
    ]);
    expect(load({ [devel]: withCa }, richInventory).environments[0]?.engines.database?.connections).toEqual([
      expect.objectContaining({
        name: 'warehouse',
        caCertificate: expect.stringContaining('BEGIN CERTIFICATE') as string,
      }),
      expect.objectContaining({ name: 'shop', caCertificate: expect.stringContaining('BEGIN CERTIFICATE') as string }),
    ]);
  });

  it('is not reported for a cluster with an invalid dialect', () => {
    const unknown = (richInventory[west] ?? '').replace('dialect: vault', 'dialect: consul');
    expect(headlines({ [west]: unknown })).toEqual(['clusters/west.yaml: wrong value for `dialect`']);
  });
});
