import { problemsOf, smallInventory } from './small-inventory';

const west = 'clusters/west.yaml';
const auth = `auth:
  apps: {type: kubernetes, description: Programs, host: https://10.0.0.1, audience: vault, tokenReview: server}
  ci: {type: jwt, description: Pipelines, boundIssuer: https://ci.example.com, jwksUrl: https://ci.example.com/keys}
  other: {type: jwt, description: Pipelines, boundIssuer: https://o.example.com, jwksUrl: https://o.example.com/keys}
`;
const trusts = 'trusts: [apps, ci, other]\n';
const environments = Object.fromEntries(
  ['devel', 'stag'].map((name) => [
    `environments/${name}.yaml`,
    `description: An environment\ncluster: west\nstate: {backend: local}\n${trusts}`,
  ]),
);

const kubernetes = (namespace = 'shop'): string =>
  `{type: kubernetes, serviceAccounts: [basket], namespaces: ['${namespace}'], aliasNameSource: serviceaccount_name}`;
const jwt = (more = 'userClaim: repository', method = 'ci'): string =>
  `{type: jwt, method: ${method}, audiences: [vault], boundClaims: {repository: [shop/monorepo]}, ${more}}`;

/** A tenant with identity, and a policy of its own with one login. */
const tenant = (login: string, inEnvironments = 'devel', identity = 'identity: {}\n'): string => `description: x
environments: [${inEnvironments}]
${identity}policies:
  - name: own-{environment}-app
    environments: [${inEnvironments}]
    reason: The program
    grants: [{path: configs, operations: [read]}]
    logins: [${login}]
`;

const told = (tenants: Readonly<Record<string, string>>): string[] => {
  const files = Object.entries(tenants).map(([name, text]): [string, string] => [
    `tenants/team/${name}.yaml`,
    text.replace('own-', `${name}-`),
  ]);
  const all = { [west]: `${smallInventory[west]}${auth}`, ...environments, ...Object.fromEntries(files) };
  return problemsOf(all).map(
    ({ file, line, column, message, allowed }) => `${file}:${line}:${column} ${message} | ${allowed}`,
  );
};

describe('a client of an auth method', () => {
  it('has one identity, although two tenants let it log in; the place in the other file is named', () => {
    const message = 'the client `shop/monorepo` of ci in the cluster west would have two identities';
    expect(told({ basket: tenant(jwt()), books: tenant(jwt()) })).toEqual([
      `inventory/tenants/team/books.yaml:9:14 ${message} | each name once; the other one is at inventory/tenants/team/basket.yaml:9:14, of the policy basket-devel-app of team/basket`,
    ]);
    expect(told({ basket: tenant(kubernetes()), wishlist: tenant(kubernetes()) })).toHaveLength(1);
  });

  it('has one identity, although it logs in to two environments of a cluster', () => {
    expect(told({ basket: tenant(kubernetes(), 'devel, stag') })).toEqual([
      expect.stringMatching(
        /^inventory\/tenants\/team\/basket\.yaml:9:14 the client `shop\/basket` of apps in the cluster west would have two/,
      ),
    ]);
  });

  it.each([
    [
      'two policies of one tenant',
      {
        basket: `${tenant(kubernetes())}${tenant(kubernetes()).slice(tenant('').indexOf('  - name')).replace('-app', '-x')}`,
      },
    ],
    ['names that differ by environment', { basket: tenant(kubernetes('shop-{environment}'), 'devel, stag') }],
    ['another claim that names it', { basket: tenant(jwt()), books: tenant(jwt('userClaim: sub')) }],
    ['another auth method', { basket: tenant(jwt()), books: tenant(jwt('userClaim: repository', 'other')) }],
    ['one tenant without identity', { basket: tenant(jwt()), books: tenant(jwt(), 'devel', '') }],
    ['a name that is its UID', { a: tenant(uid(kubernetes())), b: tenant(uid(kubernetes())) }],
  ])('has one identity with %s', (_, tenants) => {
    expect(told(tenants)).toEqual([]);
  });
});

function uid(login: string): string {
  return login.replace('serviceaccount_name', 'serviceaccount_uid');
}
