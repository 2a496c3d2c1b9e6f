import { withAddress, withDialect } from '../../../local/replica/adapt';
import type { Cluster } from '../../../model/cluster/cluster';
import { PlatformError } from '../../../model/errors';
import type { Inventory } from '../../../model/inventory';
import { readInventory } from '../../../model/read';
import { richInventory } from '../../model/rich-inventory';
import { load } from '../../model/small-inventory';

const replica = 'https://127.0.0.1:8200';

/** Every cluster that something in an inventory leads to, wherever it is. */
function clustersIn(value: unknown, found = new Set<Cluster>(), seen = new Set<unknown>()): Set<Cluster> {
  if (typeof value !== 'object' || value === null || seen.has(value)) return found;
  seen.add(value);
  if ('dialect' in value) found.add(value as Cluster);
  for (const inner of Object.values(value)) clustersIn(inner, found, seen);
  return found;
}

/** Every policy that something in an inventory leads to. */
const agentsPolicies = ({ tenants }: Inventory) =>
  tenants.flatMap(({ environments }) =>
    environments.flatMap(({ agents, policies }) => agents.map(({ policy }) => policies.includes(policy))),
  );

describe('withDialect', () => {
  it('changes one cluster in all references', () => {
    const inventory = withDialect(load(), 'west', 'openbao');
    const west = inventory.clusters.find(({ name }) => name === 'west');
    expect(west?.dialect).toBe('openbao');
    expect([...clustersIn(inventory)]).toEqual(inventory.clusters);
    expect(JSON.stringify(withDialect(inventory, 'west', 'vault'))).toBe(JSON.stringify(load()));
  });

  it('omits the deployment of the other program', () => {
    const inventory = load({}, richInventory);
    const serverOf = ({ clusters }: Inventory) => clusters.find(({ name }) => name === 'zurich')?.server;
    expect(serverOf(withDialect(inventory, 'zurich', 'vault'))).toBe(serverOf(inventory));
    expect(serverOf(inventory)?.seal.kind).toBe('awskms');
    expect(serverOf(withDialect(inventory, 'zurich', 'openbao'))).toBeUndefined();
  });

  it('refuses a cluster that does not exist', () => {
    expect(() => withDialect(load(), 'wst', 'vault')).toThrow(
      'unknown cluster\n  given:   wst\n  allowed: east, west\n  fix:     write `west`',
    );
  });

  it('refuses everything that the other program does not support, with its file', () => {
    const inventory = load({}, richInventory);
    expect(withDialect(inventory, 'west', 'vault')).toEqual(inventory);
    const refusal = refusalOf(() => withDialect(inventory, 'west', 'openbao'));
    expect(refusal.code).toBe('usage');
    expect(refusal.problems.map(({ file, message }) => `${file}: ${message}`)).toEqual([
      'inventory/clusters/west.yaml: OpenBao has no auth method of the type ldap built in',
      'inventory/clusters/west.yaml: OpenBao has no auth method of the type aws built in',
      'inventory/environments/devel.yaml: OpenBao has no AWS engine built in',
    ]);
  });
});

describe('withAddress', () => {
  it('changes the address of one cluster in all references', () => {
    const inventory = withAddress(load({}, richInventory), 'west', replica);
    expect([...clustersIn(inventory)]).toEqual(inventory.clusters);
    expect(inventory.environments.map(({ cluster }) => cluster.address)).toEqual([replica, replica]);
  });

  it('leaves out how its servers are deployed, whose exposure needs a host name', () => {
    const inventory = readInventory('examples/kubernetes-server/inventory');
    const servers = withAddress(inventory, 'nonprod', replica).clusters.map(({ name, server }) => [name, server]);
    expect(servers).toEqual([
      ['nonprod', undefined],
      ['prod', inventory.clusters[1]?.server],
    ]);
  });

  it('changes nothing else', () => {
    const inventory = load({}, richInventory);
    const there = withAddress(inventory, 'west', replica);
    expect(agentsPolicies(there)).toEqual([true, true]);
    expect(withAddress(there, 'west', inventory.clusters[0]?.address ?? '')).toEqual(inventory);
  });
});

function refusalOf(run: () => unknown): PlatformError {
  try {
    run();
  } catch (error) {
    if (error instanceof PlatformError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
