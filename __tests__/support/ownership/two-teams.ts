import type { Dialect } from '../../../model/dialect';
import { certificate } from '../../model/pem';
import type { Files } from '../../model/small-inventory';

/** Keys of a file of the inventory. */
export type Keys = Readonly<Record<string, unknown>>;

/** What is outside of the inventory: the keys of a CI system, and a database. */
export interface Surroundings {
  /** PEM. */
  readonly ciPublicKey: string;
  /** PostgreSQL on this machine, and its authority: PEM, and the file of it. */
  readonly database: { readonly port: number; readonly ca: string; readonly caFile: string };
}

/** A file of JSON is one of YAML. */
const file = (keys: Keys): string => JSON.stringify(keys);

export const ciIssuer = 'https://ci.example.com';
const account = 'arn:aws:iam::111122223333:role';

/** Files of a team's tenants, by name: description, environment, and what is given. */
export const tenantFiles = (team: string, tenants: Readonly<Record<string, Keys>>): Files =>
  Object.fromEntries(
    Object.entries(tenants).map(([name, keys]) => [
      `tenants/${team}/${name}.yaml`,
      file({ description: name, environments: ['devel'], ...keys }),
    ]),
  );

const methods = (dialect: Dialect, { ciPublicKey }: Surroundings): Keys => ({
  pipelines: {
    ...{ type: 'jwt', description: 'Pipelines', boundIssuer: ciIssuer },
    ...{ publicKeys: [ciPublicKey], supportedAlgorithms: ['ES256'] },
  },
  apps: {
    ...{ type: 'kubernetes', description: 'Programs', host: 'https://kubernetes.example.com' },
    ...{ audience: 'vault', caCertificate: certificate },
  },
  ...(dialect === 'vault' && {
    corporate: {
      ...{ type: 'ldap', description: 'People', url: 'ldaps://ldap.example.com' },
      ...{ userDn: 'dc=example,dc=com', groupDn: 'dc=example,dc=com', tuning: { maxLeaseTtl: '1d' } },
    },
    cloud: {
      ...{ type: 'aws', description: 'Machines', region: 'eu-west-1', serverIdHeader: 'west.example.com' },
      // The server cannot ask AWS for it in a test.
      resolveUniqueIds: false,
    },
  }),
});

const connection = (dialect: Dialect, { database: { port, ca, caFile } }: Surroundings): Keys => {
  const url = `postgresql://{{username}}:{{password}}@127.0.0.1:${port}/postgres?sslmode=verify-full`;
  const settings = { plugin: 'postgresql', username: 'vault' };
  return dialect === 'vault'
    ? { ...settings, url, caCertificate: ca }
    : { ...settings, url: `${url}&sslrootcert=${caFile}` };
};

/** Who may have what: the team `payments` its own, and `shop` its own, and one client and its claims for both. */
const owners = (dialect: Dialect): Keys => {
  const payments = (allowed: Keys): Keys => ({ for: ['payments'], ...allowed });
  const shop = (allowed: Keys): Keys => ({ for: ['shop'], ...allowed });
  return {
    databases: {
      books: [
        payments({ memberOf: ['ledger_owner'] }),
        payments({ accounts: ['ledger_*'] }),
        shop({ memberOf: ['basket_reader'] }),
        shop({ accounts: ['basket_*'] }),
      ],
    },
    authorities: {
      services: [payments({ domains: ['ledger.example.com'] }), shop({ domains: ['*.shop.example.com'] })],
    },
    ssh: [payments({ principals: ['ledger'], maxTtl: '8h' }), shop({ principals: ['deploy'], maxTtl: '1h' })],
    authMethods: {
      pipelines: [
        payments({ boundClaims: { repository: ['pay/ledger'] } }),
        shop({ boundClaims: { repository: ['shop/basket'] } }),
        {
          ...{ for: ['payments', 'shop'], boundClaims: { sub: ['repo:both/monorepo'] } },
          shared: 'One repository of both teams',
        },
        shop({ boundClaims: { sub: ['repo:shop/basket'] } }),
      ],
      apps: [
        payments({ namespaces: ['payments'], serviceAccounts: ['*'] }),
        shop({ namespaces: ['shop'], serviceAccounts: ['basket'] }),
      ],
      ...(dialect === 'vault' && {
        corporate: [payments({ groups: ['ledger-admins'] }), shop({ groups: ['basket-*'] })],
        cloud: [
          payments({ iamPrincipalArns: [`${account}/ledger`] }),
          shop({ iamPrincipalArns: [`${account}/basket`] }),
        ],
      }),
    },
    ...(dialect === 'vault' && {
      aws: [payments({ roleArns: [`${account}/ledger`] }), shop({ roleArns: [`${account}/basket`] })],
    }),
  };
};

/** What the other team has: one of each. */
const ledger = (dialect: Dialect): Keys => ({
  identity: {},
  keys: { card: { type: 'aes256-gcm96' } },
  databases: {
    books: { connection: 'books', kind: 'dynamic', memberOf: ['ledger_owner'], ttl: '1h' },
    nightly: { connection: 'books', kind: 'static', username: 'ledger_nightly', rotationPeriod: '1d' },
  },
  certificates: { web: { authority: 'services', use: 'server', domains: ['ledger.example.com'], ttl: '1d' } },
  sshRoles: { ops: { certificateType: 'user', principals: ['ledger'], ttl: '1h' } },
  ...(dialect === 'vault' && { awsRoles: { up: { kind: 'assumed-role', roleArns: [`${account}/ledger`] } } }),
  policies: [
    {
      ...{ name: 'program', environments: ['devel'], reason: 'The program' },
      grants: [{ path: 'configs', operations: ['read'] }],
      logins: [
        { type: 'jwt', audiences: ['vault'], boundClaims: { repository: ['pay/ledger'] } },
        { type: 'kubernetes', namespaces: ['payments'], serviceAccounts: ['ledger'] },
        ...(dialect === 'vault' ? [{ type: 'ldap', groups: ['ledger-admins'] }] : []),
      ],
    },
    {
      ...{ name: 'monorepo', environments: ['devel'], reason: 'The pipeline' },
      grants: [{ path: 'configs', operations: ['read'] }],
      logins: [{ type: 'jwt', audiences: ['vault'], boundClaims: { sub: ['repo:both/monorepo'] } }],
    },
  ],
});

/** A cluster with two environments and every back end that teams share, and tenants of `payments`: `ledger`, which uses each in devel, and `audit` in stag. */
export const twoTeams = (dialect: Dialect, surroundings: Surroundings): Files => ({
  'clusters/west.yaml': file({
    ...{ description: 'A cluster', dialect, address: 'https://west.example.com', state: { backend: 'local' } },
    auth: methods(dialect, surroundings),
  }),
  'environments/devel.yaml': file({
    ...{ description: 'Development', cluster: 'west', state: { backend: 'local' } },
    trusts: Object.keys(methods(dialect, surroundings)),
    limits: { networks: ['127.0.0.0/8'], sshTtl: '3650d' },
    engines: {
      ...{ transit: {}, ssh: {}, ...(dialect === 'vault' && { aws: { region: 'eu-west-1' } }) },
      database: {
        connections: {
          books: connection(dialect, surroundings),
        },
      },
    },
    authorities: {
      services: { description: 'Services', commonName: 'Services', ttl: '3650d', maxLeafTtl: '90d' },
    },
    owners: owners(dialect),
  }),
  'environments/stag.yaml': file({
    ...{ description: 'Staging', cluster: 'west', state: { backend: 'local' } },
    owners: { grants: [{ for: ['shop'], from: 'devel', paths: ['tests/*'], operations: ['create', 'read'] }] },
  }),
  'names.yaml': file({
    departed: {
      wallet: {
        ...{ team: 'payments', on: '2026-11-02', reason: 'It was replaced' },
        ...{ environments: ['devel'], names: ['wallet-devel-ro'] },
      },
    },
  }),
  ...tenantFiles('payments', { ledger: ledger(dialect), audit: { environments: ['stag'] } }),
});
