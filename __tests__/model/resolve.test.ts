import { dialects } from '../../model/dialect';
import type { Inventory } from '../../model/inventory';
import type { TenantEnvironment } from '../../model/tenant/tenant';
import { load, smallInventory } from './small-inventory';

const shop = 'tenants/storefront/shop.yaml';

function inEnvironment(inventory: Inventory, tenant: string, environment: string): TenantEnvironment | undefined {
  const found = inventory.tenants.find(({ name }) => name === tenant);
  return found?.environments.find((candidate) => candidate.environment.name === environment);
}

describe('the resolved inventory', () => {
  it('is indexed by name, with defaults', () => {
    const { clusters, environments, tenants } = load();
    expect(clusters.map(({ name, dialect }) => `${name} ${dialect}`)).toEqual(['east openbao', 'west vault']);
    expect(environments.map(({ name, engines }) => `${name} ${engines.keyValue.maxVersions}`)).toEqual([
      'devel 10',
      'prod 10',
      'stag 3',
    ]);
    expect(tenants.map(({ name, team }) => `${team}/${name}`)).toEqual(['payments/ledger', 'storefront/shop']);
    expect(environments[0]?.appRole).toEqual({
      tokenTtlSeconds: 1200,
      tokenMaxTtlSeconds: 3600,
      tokenType: 'service',
      tokenBoundCidrs: [],
      secretIdTtlSeconds: 2_592_000,
      secretIdNumUses: 0,
      secretIdBoundCidrs: [],
    });
  });

  it('does not depend on the order of the files', () => {
    const shuffled = Object.fromEntries(Object.entries(smallInventory).reverse());
    expect(JSON.stringify(load(shuffled))).toBe(JSON.stringify(load()));
  });

  it('links objects', () => {
    const inventory = load();
    expect(inEnvironment(inventory, 'ledger', 'stag')?.environment).toBe(inventory.environments[2]);
    expect(inventory.environments[0]?.cluster).toBe(inventory.clusters[1]);
  });

  it('merges AppRole settings: defaults, environment, tenant, the tenant’s override', () => {
    const inventory = load({
      'environments/prod.yaml':
        'description: P\ncluster: east\nstate: {backend: local}\nappRole: {tokenTtl: 1m, tokenMaxTtl: 9h, secretIdNumUses: 1}\n',
      [shop]:
        'description: S\nenvironments: [devel, prod]\nappRole: {tokenTtl: 2m, secretIdNumUses: 2}\noverrides: {prod: {reason: R, appRole: {tokenTtl: 3m}}}\n',
    });
    const settings = (environment: string): unknown[] => {
      const { tokenTtlSeconds, tokenMaxTtlSeconds, secretIdNumUses } =
        inEnvironment(inventory, 'shop', environment)?.appRole ?? {};
      return [tokenTtlSeconds, tokenMaxTtlSeconds, secretIdNumUses];
    };
    expect(settings('devel')).toEqual([120, 3600, 2]);
    expect(settings('prod')).toEqual([180, 32_400, 2]);
  });

  it('gives a policy to its environments only, its grants to its own environment unless they name one', () => {
    const inventory = load();
    expect(inEnvironment(inventory, 'ledger', 'devel')?.policies).toEqual([]);
    const [policy] = inEnvironment(inventory, 'ledger', 'stag')?.policies ?? [];
    expect(
      policy?.grants.map((grant) => grant.type === 'documents' && `${grant.environment.name} ${grant.path}`),
    ).toEqual(['devel tests/*', 'stag +/results']);
  });

  it('uses the key set of an override', () => {
    const inventory = load();
    expect(inEnvironment(inventory, 'ledger', 'devel')?.keySet).toBe('create');
    expect(inEnvironment(inventory, 'ledger', 'prod')?.keySet).toBe('existing');
  });
});

describe('dialects', () => {
  it('share no table and no label', () => {
    const { openbao, vault } = dialects;
    for (const key of ['binary', 'envPrefix', 'storageTable', 'lockTable', 'labelPrefix'] as const)
      expect(openbao[key]).not.toBe(vault[key]);
  });
});
