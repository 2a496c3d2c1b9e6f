import type { Dialect } from '../../../model/dialect';
import { sshPublicKey } from '../specifications/ssh';
import type { Keys } from './two-teams';

/** A request of a login: what it reads, or what it sends. */
export type Request = readonly [path: string, body?: Keys];

/** What a team may have, in a tenant of its own, next to what it may not. */
export interface Neighbour {
  /** Of the file of the tenant. */
  readonly keys?: Keys;
  /** Grants of the policy of its login, besides its document. */
  readonly grants?: readonly Keys[];
  /** How it logs in. @default - by AppRole */
  readonly login?: Keys;
  /** What the server gives it. */
  readonly gets?: readonly Request[];
  /** What the server refuses, besides what is the other team's. */
  readonly refused?: readonly Request[];
  /** Of its token. @default - nothing in particular */
  readonly token?: Keys;
}

/** What a team writes into its own file to reach beyond itself. */
export interface Attempt {
  /** Names a tenant and a policy. */
  readonly name: string;
  readonly what: string;
  /** Keys of its file. */
  readonly keys: Keys;
  /** Name of the file. @default - the row's name */
  readonly tenant?: string;
  /** What the load says. */
  readonly message: string;
  /** The dialect that has the back end. @default - both */
  readonly dialect?: Dialect;
  /** @default - nothing is next to it */
  readonly neighbour?: Neighbour;
}

const account = 'arn:aws:iam::111122223333:role';
const publicKey = sshPublicKey();
const noEntry = (section: string): string => `no entry of \`owners.${section}\` in devel allows this`;

/** A policy of a tenant with one login. */
export const policyWith = (login: Keys, grants: readonly Keys[] = [], name = 'app'): Keys => ({
  ...{ name, environments: ['devel'], reason: 'The program', logins: [login] },
  grants: [{ path: 'configs', operations: ['read'] }, ...grants],
});
const withLogin = (login: Keys): Keys => ({ policies: [policyWith(login)] });
const withGrant = (grant: Keys): Keys => ({ policies: [policyWith({ type: 'approle' }, [grant])] });

const dynamic = (memberOf: string): Keys => ({
  databases: { books: { connection: 'books', kind: 'dynamic', memberOf: [memberOf], ttl: '1h' } },
});
const fixed = (username: string): Keys => ({
  databases: { nightly: { connection: 'books', kind: 'static', username, rotationPeriod: '1d' } },
});
const certificate = (...domains: string[]): Keys => ({
  certificates: { web: { authority: 'services', use: 'server', ttl: '1d', domains } },
});
const ssh = (principal: string, ttl: string): Keys => ({
  sshRoles: { ops: { certificateType: 'user', principals: [principal], ttl } },
});
const aws = (role: string): Keys => ({
  awsRoles: { up: { kind: 'assumed-role', roleArns: [`${account}/${role}`] } },
});
const pods = (namespace: string, serviceAccount: string): Keys => ({
  ...{ type: 'kubernetes', namespaces: [namespace], serviceAccounts: [serviceAccount] },
});
const jwt = (boundClaims: Keys, more: Keys = {}): Keys => ({ type: 'jwt', audiences: ['vault'], boundClaims, ...more });
const people = (group: string): Keys => ({ type: 'ldap', groups: [group] });
const machines = (role: string): Keys => ({
  ...{ type: 'aws', authType: 'iam', iamPrincipalArns: [`${account}/${role}`] },
});
const stag = (path: string): Keys => ({ environment: 'stag', path, operations: ['create', 'read'] });

/** Each kind of what a file of a team could reach, as a harmless attempt, with what the team may have instead. */
export const attempts: readonly Attempt[] = [
  {
    ...{ name: 'ledger-books', what: 'the name of another team’s tenant', tenant: 'ledger', keys: {} },
    message: 'there are two tenants `ledger`',
    neighbour: { refused: [['v1/devel/kv/data/ledger-books/other']] },
  },
  {
    ...{ name: 'purse', what: 'the name of a tenant that left', tenant: 'wallet', keys: {} },
    message: 'the tenant name `wallet` belonged to the tenant wallet of the team payments',
    neighbour: { refused: [['v1/devel/kv/data/wallet/configs']] },
  },
  {
    ...{ name: 'named', what: 'the name on servers of another team’s tenant', keys: { nameOnServer: 'ledger' } },
    message: 'there are two tenants `ledger`',
  },
  {
    ...{ name: 'member', what: 'a role of another team’s database', keys: dynamic('ledger_owner') },
    message: noEntry('databases.books'),
    neighbour: {
      keys: dynamic('basket_reader'),
      grants: [{ database: 'books' }],
      gets: [['v1/devel/database/creds/member.books']],
      refused: [['v1/devel/database/creds/ledger.books']],
    },
  },
  {
    ...{ name: 'static', what: 'the account of another team', keys: fixed('ledger_nightly') },
    message: noEntry('databases.books'),
    neighbour: {
      keys: fixed('basket_nightly'),
      grants: [{ database: 'nightly' }],
      gets: [['v1/devel/database/static-creds/static.nightly']],
      refused: [['v1/devel/database/static-creds/ledger.nightly']],
    },
  },
  {
    ...{ name: 'domain', what: 'certificates of another team’s domain', keys: certificate('ledger.example.com') },
    message: noEntry('authorities.services'),
    neighbour: {
      keys: certificate('basket.shop.example.com'),
      grants: [{ certificate: 'web' }],
      gets: [['v1/devel/pki/services/issue/domain.web', { common_name: 'basket.shop.example.com' }]],
      refused: [
        ['v1/devel/pki/services/issue/domain.web', { common_name: 'ledger.example.com' }],
        ['v1/devel/pki/services/issue/domain.web', { common_name: 'a.basket.shop.example.com' }],
        [
          'v1/devel/pki/services/issue/domain.web',
          { common_name: 'basket.shop.example.com', alt_names: 'ledger.example.com' },
        ],
        ['v1/devel/pki/services/issue/domain.web', { common_name: 'basket.shop.example.com', ip_sans: '10.0.0.1' }],
      ],
    },
  },
  {
    ...{ name: 'hosts', what: 'the root account of hosts', keys: ssh('root', '1h') },
    message: noEntry('ssh'),
    neighbour: {
      keys: ssh('deploy', '1h'),
      grants: [{ ssh: 'ops' }],
      gets: [['v1/devel/ssh/sign/hosts.ops', { public_key: publicKey, valid_principals: 'deploy' }]],
      refused: [
        ['v1/devel/ssh/sign/hosts.ops', { public_key: publicKey, valid_principals: 'root' }],
        ['v1/devel/ssh/sign/hosts.ops', { public_key: publicKey, valid_principals: 'deploy,ledger' }],
        ['v1/devel/ssh/sign/hosts.ops', { public_key: publicKey, valid_principals: 'deploy', ttl: '87600h' }],
        [
          'v1/devel/ssh/sign/hosts.ops',
          { public_key: publicKey, valid_principals: 'deploy', extensions: { 'permit-port-forwarding': '' } },
        ],
      ],
    },
  },
  {
    ...{ name: 'decade', what: 'an account of hosts for ten years', keys: ssh('deploy', '3650d') },
    message: noEntry('ssh'),
  },
  {
    ...{ name: 'cloud', what: 'a role of AWS', keys: aws('ledger'), dialect: 'vault' },
    message: noEntry('aws'),
    neighbour: { keys: aws('basket'), grants: [{ aws: 'up' }], refused: [['v1/devel/aws/creds/ledger.up']] },
  },
  {
    ...{ name: 'pods', what: 'the namespace of another team', keys: withLogin(pods('payments', 'basket')) },
    message: noEntry('authMethods.apps'),
    neighbour: { login: pods('shop', 'basket') },
  },
  {
    ...{ name: 'any-pod', what: 'any ServiceAccount of any namespace', keys: withLogin(pods('*', 'default')) },
    message: '`*` matches every name: everyone who can create a namespace could log in',
  },
  {
    ...{ name: 'pipeline', what: 'the pipeline of another team', keys: withLogin(jwt({ repository: ['pay/ledger'] })) },
    message: noEntry('authMethods.pipelines'),
    neighbour: { login: jwt({ repository: ['shop/basket'] }) },
  },
  {
    ...{ name: 'any-token', what: 'claims that every token has', keys: withLogin(jwt({ aud: ['vault'] })) },
    message: 'these claims bind no client: `aud`',
  },
  {
    ...{ name: 'group', what: 'the directory group of another team', dialect: 'vault' },
    ...{ keys: withLogin(people('ledger-admins')), message: noEntry('authMethods.corporate') },
    neighbour: { login: people('basket-developers') },
  },
  {
    ...{ name: 'machine', what: 'the AWS role of another team’s program', dialect: 'vault' },
    ...{ keys: withLogin(machines('ledger')), message: noEntry('authMethods.cloud') },
    neighbour: { login: machines('basket') },
  },
  {
    ...{ name: 'other-stage', what: 'documents of another environment', keys: withGrant(stag('configs')) },
    message: 'no entry of `owners.grants` in stag allows this',
    neighbour: {
      grants: [stag('tests/*')],
      gets: [['v1/stag/kv/data/other-stage/tests/one', { data: {} }]],
      refused: [
        ['v1/stag/kv/data/other-stage/configs'],
        ['v1/stag/kv/data/other-stage/other', { data: {} }],
        ['v1/stag/kv/data/audit/tests/one', { data: {} }],
      ],
    },
  },
  {
    ...{ name: 'claim', what: 'another name for its clients, such as their e-mail address' },
    keys: withLogin(jwt({ repository: ['shop/basket'] }, { userClaim: 'email' })),
    message: 'the auth method decides what names clients in identity',
    neighbour: { login: jwt({ repository: ['shop/basket'] }, { userClaim: 'sub' }) },
  },
  {
    ...{ name: 'twice', what: 'a client that another tenant has' },
    keys: { identity: {}, ...withLogin(jwt({ sub: ['repo:both/monorepo'] })) },
    message: 'the client `repo:both/monorepo` of pipelines in the cluster west would have two identities',
    neighbour: { keys: { identity: {} }, login: jwt({ sub: ['repo:shop/basket'] }) },
  },
  {
    ...{ name: 'network', what: 'wider networks', keys: { appRole: { tokenBoundCidrs: ['10.0.0.0/8'] } } },
    message: 'beyond the limit of devel',
    neighbour: { keys: { appRole: { tokenBoundCidrs: ['127.0.0.1/32'] } }, token: { bound_cidrs: ['127.0.0.1'] } },
  },
  {
    ...{ name: 'long-token', what: 'tokens of 32 days', keys: { appRole: { tokenMaxTtl: '32d' } } },
    message: 'tokenMaxTtl is beyond the limit of devel',
    neighbour: { keys: { appRole: { tokenTtl: '2m', tokenMaxTtl: '5m' } }, token: { creation_ttl: 120 } },
  },
  {
    ...{ name: 'long-secret', what: 'SecretIDs of 32 days', keys: { appRole: { secretIdTtl: '32d' } } },
    message: 'secretIdTtl is beyond the limit of devel',
    neighbour: { keys: { appRole: { secretIdTtl: '1h', secretIdNumUses: 1 } } },
  },
];

/** What belongs to the other team, of which nobody else gets anything. */
export const ofTheOtherTeam: readonly Request[] = [
  ['v1/devel/kv/data/ledger/configs'],
  ['v1/devel/kv/data/ledger/configs', { data: {} }],
  ['v1/stag/kv/data/audit/configs'],
  ['v1/devel/transit/encrypt/ledger.card', { plaintext: 'eA==' }],
  ['v1/devel/database/creds/ledger.books'],
  ['v1/devel/database/static-creds/ledger.nightly'],
  ['v1/devel/pki/services/issue/ledger.web', { common_name: 'ledger.example.com' }],
  ['v1/devel/ssh/sign/ledger.ops', { public_key: publicKey, valid_principals: 'ledger' }],
  ['auth/approle/role/ledger-devel-rw-role/secret-id', {}],
];
