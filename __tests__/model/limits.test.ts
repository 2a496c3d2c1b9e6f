import { exception, override, problemsOf, tenantFile } from './limited-inventory';

const certificate = (ttl: string): string =>
  `certificates: {web: {authority: services, use: server, domains: [a.example.com], ${ttl}}}\n`;
const ssh = (type: string, ttl: string): string =>
  `sshRoles: {ops: {certificateType: ${type}, principals: [ops], ${ttl}}}\n`;
const database = (ttl: string): string =>
  `databases: {app: {connection: main, kind: dynamic, memberOf: [reader], ${ttl}}}\n`;
const account = (period: string): string =>
  `databases: {app: {connection: main, kind: static, username: app, rotationPeriod: ${period}}}\n`;
const aws = (ttl: string): string =>
  `awsRoles: {up: {kind: assumed-role, roleArns: ['arn:aws:iam::111122223333:role/up'], ${ttl}}}\n`;

/** What a tenant sets, the limit and its default, a value at the limit and one beyond it. */
const lifetimes: readonly [
  what: string,
  limit: string,
  preset: string,
  key: string,
  settings: (ttl: string) => string,
  longer: string,
][] = [
  ['tokens', 'tokenMaxTtl', '24h', 'tokenMaxTtl', (ttl) => `appRole: {tokenMaxTtl: ${ttl}}\n`, '32d'],
  ['tokens in an override', 'tokenMaxTtl', '24h', 'tokenMaxTtl', (ttl) => override(`tokenMaxTtl: ${ttl}`), '25h'],
  ['SecretIDs', 'secretIdTtl', '30d', 'secretIdTtl', (ttl) => `appRole: {secretIdTtl: ${ttl}}\n`, '32d'],
  ['SecretIDs in an override', 'secretIdTtl', '30d', 'secretIdTtl', (ttl) => override(`secretIdTtl: ${ttl}`), '31d'],
  ['certificates', 'certificateTtl', '90d', 'ttl', (ttl) => certificate(`ttl: ${ttl}`), '365d'],
  [
    'certificates on request',
    'certificateTtl',
    '90d',
    'maxTtl',
    (ttl) => certificate(`ttl: 1h, maxTtl: ${ttl}`),
    '91d',
  ],
  ['SSH certificates of users', 'sshTtl', '24h', 'ttl', (ttl) => ssh('user', `ttl: ${ttl}`), '3650d'],
  ['SSH certificates on request', 'sshTtl', '24h', 'maxTtl', (ttl) => ssh('user', `ttl: 1h, maxTtl: ${ttl}`), '25h'],
  ['SSH certificates of hosts', 'sshHostTtl', '90d', 'ttl', (ttl) => ssh('host', `ttl: ${ttl}`), '91d'],
  ['accounts of databases', 'credentialTtl', '24h', 'ttl', (ttl) => database(`ttl: ${ttl}`), '2d'],
  ['accounts that are renewed', 'credentialTtl', '24h', 'maxTtl', (ttl) => database(`ttl: 1h, maxTtl: ${ttl}`), '32d'],
  ['passwords of accounts', 'passwordTtl', '90d', 'rotationPeriod', account, '365d'],
  ['credentials of AWS', 'credentialTtl', '24h', 'ttl', (ttl) => aws(`ttl: ${ttl}`), '2d'],
  [
    'credentials of AWS that are renewed',
    'credentialTtl',
    '24h',
    'maxTtl',
    (ttl) => aws(`ttl: 1h, maxTtl: ${ttl}`),
    '32d',
  ],
];

describe.each(lifetimes)('the limit of %s', (_, limit, preset, key, settings, longer) => {
  it(`is ${preset} where the environment has none`, () => {
    expect(problemsOf('', settings(preset))).toEqual([]);
    expect(problemsOf('', settings(longer))).toMatchObject([
      {
        file: `inventory/${tenantFile}`,
        message: `${key} is beyond the limit of prod`,
        given: longer,
        allowed: `up to ${preset.replace('24h', '1d')}`,
        fix: `shorten ${key}, or have those who own inventory/environments/prod.yaml add {for: [payments/ledger], limit: ${limit}, to: ${longer}, reason: …, until: …} to its \`limits.exceptions\``,
      },
    ]);
  });

  it('is the one of the environment', () => {
    expect(problemsOf(`limits: {${limit}: ${longer}}\n`, settings(longer))).toEqual([]);
    expect(problemsOf(`limits: {${limit}: 15h}\n`, settings('16h')).map(({ message }) => message)).toContain(
      `${key} is beyond the limit of prod`,
    );
  });

  it('is that of an exception for the tenant, and no more', () => {
    expect(problemsOf(`limits:\n${exception(limit, longer)}`, settings(longer))).toEqual([]);
    expect(problemsOf(`limits:\n${exception(limit, preset)}`, settings(longer))).toHaveLength(1);
    expect(problemsOf(`limits:\n${exception(limit, longer, 'payments/other')}`, settings(longer))).toHaveLength(2);
  });
});
