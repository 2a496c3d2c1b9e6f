import { problemsOf, smallInventory } from './small-inventory';

const auth =
  'auth: {ci: {type: jwt, description: Pipelines, boundIssuer: https://ci.example.com, jwksUrl: https://ci.example.com/keys}}\n';
const devel = 'description: An environment\ncluster: west\nstate: {backend: local}\ntrusts: [ci]\n';
const shop = (more: string): string => `description: Pages
environments: [devel]
quotas: {loginsPerSecond: 5}
policies:
  - name: ci
    environments: [devel]
    reason: Pipelines
    grants: [{path: configs, operations: [read]}]
    logins: [{type: jwt, audiences: [vault], boundClaims: {repository: [shop/basket]}}]
${more}`;

const told = (more: string): string[] =>
  problemsOf({
    'clusters/west.yaml': `${smallInventory['clusters/west.yaml']}${auth}`,
    'environments/devel.yaml': devel,
    'tenants/storefront/shop.yaml': shop(more),
  }).map(({ line, column, message }) => `${line}:${column} ${message}`);

describe('a limit of logins', () => {
  it('is refused if no server can count one of them by role', () => {
    expect(told('keySet: none\n')).toEqual(['3:27 no server can count the logins of the tenant in devel by role']);
  });

  it('is accepted if it limits some', () => {
    expect(told('')).toEqual([]);
  });
});
