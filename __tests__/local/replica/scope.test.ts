import { replicaScope } from '../../../local/replica/scope';
import type { Inventory } from '../../../model/inventory';
import { cluster, environment, inventoryOf, tenant, tenantEnvironment } from '../../support/inventory/model';

const [devel, stag, ci] = ['devel', 'stag', 'ci'].map((name) => environment(name));
const prod = environment('prod', { cluster: cluster({ name: 'prod' }) });

const at = (...environments: readonly (typeof prod | undefined)[]): ReturnType<typeof tenantEnvironment>[] =>
  environments.map((each) => tenantEnvironment({ environment: each! }));

const inventory: Inventory = inventoryOf(
  tenant({ name: 'shop', team: 'storefront', environments: at(devel, prod) }),
  tenant({ name: 'pages', team: 'storefront', environments: at(devel) }),
  tenant({ name: 'ledger', team: 'payments', environments: at(stag, devel) }),
  tenant({
    name: 'auth',
    team: 'identity',
    environments: [
      ...at(ci),
      tenantEnvironment({
        environment: stag!,
        policies: [
          {
            name: 'auth.tests.stag',
            inventoryName: 'tests',
            reason: 'Tests',
            logins: [{ type: 'approle' }],
            grants: [{ type: 'documents', environment: ci!, path: 'tests/*', operations: ['read'] }],
          },
        ],
      }),
    ],
  }),
);

const problemsOf = (...names: string[]): unknown => {
  try {
    return replicaScope(inventory, names);
  } catch (error) {
    return error;
  }
};

describe('replicaScope', () => {
  it('contains the platform of the cluster, the engines of the environment, and each of its teams once', () => {
    const scope = replicaScope(inventory, ['devel']);
    expect(scope.cluster.name).toBe('nonprod');
    expect(scope.stacks).toEqual({
      platform: ['nonprod-platform'],
      engines: ['devel-engines'],
      teams: ['devel-storefront', 'devel-payments'],
    });
    expect(scope.tenants.map(({ tenant: { name }, settings }) => [name, settings.environment.name])).toEqual([
      ['shop', 'devel'],
      ['pages', 'devel'],
      ['ledger', 'devel'],
    ]);
  });

  it('contains the engines of environments that its tenants have access to, but not their teams', () => {
    expect(replicaScope(inventory, ['stag']).stacks).toEqual({
      platform: ['nonprod-platform'],
      engines: ['stag-engines', 'ci-engines'],
      teams: ['stag-payments', 'stag-identity'],
    });
  });

  it('contains no stack twice, even if a name is repeated', () => {
    const { environments, stacks } = replicaScope(inventory, ['stag', 'ci', 'stag']);
    expect(environments.map(({ name }) => name)).toEqual(['stag', 'ci']);
    expect(stacks.engines).toEqual(['stag-engines', 'ci-engines']);
    expect(stacks.teams).toEqual(['stag-payments', 'ci-identity', 'stag-identity']);
  });

  it('permits the provisioner every environment of the cluster, not only the requested ones', () => {
    const { clusterEnvironments } = replicaScope(inventory, ['devel']);
    expect(clusterEnvironments.map(({ name }) => name).sort()).toEqual(['ci', 'devel', 'stag']);
  });

  it('refuses every unknown name, and suggests the nearest', () => {
    const allowed = 'devel, prod, stag, ci';
    expect(problemsOf('devl', 'stag', 'prd')).toMatchObject({
      code: 'usage',
      problems: [
        { message: 'unknown environment', given: 'devl', allowed, fix: 'did you mean devel?' },
        { message: 'unknown environment', given: 'prd', allowed, fix: 'did you mean prod?' },
      ],
    });
  });

  it('refuses environments of several clusters, and no environment', () => {
    const message = 'the environments of a replica must be of one cluster';
    expect(problemsOf('devel', 'prod')).toMatchObject({
      code: 'usage',
      problems: [{ message, given: 'devel (nonprod), prod (prod)', fix: 'start them separately' }],
    });
    expect(problemsOf()).toMatchObject({ code: 'usage', problems: [{ message, given: 'no environment' }] });
  });
});
