import { problemsOf, smallInventory } from './small-inventory';

const west = 'clusters/west.yaml';
const auth = `auth:
  apps: {type: kubernetes, description: x, host: https://10.0.0.1, audience: vault, tokenReview: server, aliasNameSource: serviceaccount_name}
  uids: {type: kubernetes, description: x, host: https://10.0.0.1, audience: vault, tokenReview: server}
  ci: {type: jwt, description: x, boundIssuer: https://ci.example.com, jwksUrl: https://ci.example.com/keys, userClaim: repository}
  other: {type: jwt, description: x, boundIssuer: https://o.example.com, jwksUrl: https://o.example.com/keys, userClaim: repository}
  sub: {type: jwt, description: x, boundIssuer: https://s.example.com, jwksUrl: https://s.example.com/keys}
`;
const trusts = 'trusts: [apps, uids, ci, other, sub]\n';
const environments = Object.fromEntries(
  ['devel', 'stag'].map((name) => [
    `environments/${name}.yaml`,
    `description: An environment\ncluster: west\nstate: {backend: local}\n${trusts}`,
  ]),
);

const kubernetes = (namespace = 'shop', method = 'apps', account = 'basket'): string =>
  `{type: kubernetes, method: ${method}, serviceAccounts: [${account}], namespaces: ['${namespace}']}`;
const jwt = (method = 'ci', claims = 'repository: [shop/monorepo]'): string =>
  `{type: jwt, method: ${method}, audiences: [vault], boundClaims: {${claims}}}`;

/** A tenant with identity, and a policy of its own with one login. */
const tenant = (login: string, inEnvironments = 'devel', identity = 'identity: {}\n'): string => `description: x
environments: [${inEnvironments}]
${identity}policies:
  - name: app
    environments: [${inEnvironments}]
    reason: The program
    grants: [{path: configs, operations: [read]}]
    logins: [${login}]
`;

const told = (tenants: Readonly<Record<string, string>>): string[] => {
  const files = Object.entries(tenants).map(([name, text]): [string, string] => [`tenants/team/${name}.yaml`, text]);
  const all = { [west]: `${smallInventory[west]}${auth}`, ...environments, ...Object.fromEntries(files) };
  return problemsOf(all).map(
    ({ file, line, column, message, allowed }) => `${file}:${line}:${column} ${message} | ${allowed}`,
  );
};

describe('a client of an auth method', () => {
  it('has one identity, although two tenants let it log in; the place in the other file is named', () => {
    const message = 'the client `shop/monorepo` of ci in the cluster west would have two identities';
    expect(told({ basket: tenant(jwt()), books: tenant(jwt()) })).toEqual([
      `inventory/tenants/team/books.yaml:9:14 ${message} | each name once; the other one is at inventory/tenants/team/basket.yaml:9:14, of the policy basket.app.devel of team/basket`,
    ]);
  });

  it.each([
    ['a ServiceAccount', kubernetes(), kubernetes()],
    ['one of several ServiceAccounts', kubernetes('shop', 'apps', 'wishlist, basket'), kubernetes()],
    ['one of several namespaces', kubernetes("pay', 'shop"), kubernetes()],
    ['a namespace in which the environment is filled in', kubernetes('{environment}'), kubernetes('devel')],
    ['a value among others', jwt('ci', 'repository: [shop/a, shop/monorepo]'), jwt()],
    [
      'a value in which the environment is filled in',
      jwt('ci', "repository: ['{environment}/x']"),
      jwt('ci', 'repository: [devel/x]'),
    ],
    [
      'a claim with others beside it',
      jwt('ci', 'repository: [shop/monorepo], ref: [main]'),
      jwt('ci', 'ref: [v1], repository: [shop/monorepo]'),
    ],
    ['a claim by a JSON pointer', jwt('ci', '/repository: [shop/monorepo]'), jwt()],
    ['names that differ in case, which servers do not compare', jwt('ci', 'repository: [Shop/Monorepo]'), jwt()],
  ])('has one identity, although two tenants pin %s', (_, one, other) => {
    expect(told({ basket: tenant(one), wishlist: tenant(other) })).toHaveLength(1);
    // In another environment of the cluster.
    expect(
      told({
        basket: tenant(one),
        wishlist: tenant(other.replace('devel', 'stag').replace('devel/x', 'stag/x'), 'stag'),
      }),
    ).toHaveLength(one.includes('{environment}') ? 0 : 1);
    // The identity of one tenant would be that of the other's logins, and a login would create the alias that the apply then finds.
    expect(told({ basket: tenant(one), wishlist: tenant(other, 'devel', '') })).toHaveLength(1);
    expect(told({ basket: tenant(one, 'devel', ''), wishlist: tenant(other) })).toHaveLength(1);
    expect(told({ basket: tenant(one, 'devel', ''), wishlist: tenant(other, 'devel', '') })).toEqual([]);
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
        basket: `${tenant(kubernetes())}${tenant(kubernetes()).slice(tenant('').indexOf('  - name')).replace('name: app', 'name: x')}`,
      },
    ],
    ['names that differ by environment', { basket: tenant(kubernetes('shop-{environment}'), 'devel, stag') }],
    ['another claim that names it', { basket: tenant(jwt('sub')), books: tenant(jwt('sub')) }],
    ['another auth method', { basket: tenant(jwt()), books: tenant(jwt('other')) }],
    ['names that differ', { basket: tenant(jwt()), books: tenant(jwt('ci', 'repository: [shop/mono]')) }],
    ['a name that is its UID', { a: tenant(kubernetes('shop', 'uids')), b: tenant(kubernetes('shop', 'uids')) }],
  ])('has one identity with %s', (_, tenants) => {
    expect(told(tenants)).toEqual([]);
  });
});
