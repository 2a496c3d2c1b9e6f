import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { App } from 'cdktf';

import type { AccessModel, Source } from '../../../access/principals/access-model';
import { accessModels } from '../../../access/principals/from-terraform';
import { InventoryLines } from '../../../cli/access/inventory-lines';
import { stackOrigin } from '../../../cli/access/synthesised-folder';
import { writeRename } from '../../../cli/rename-files';
import { readInventory, readInventoryFiles } from '../../../model/read';
import { planRename } from '../../../model/rename/plan-rename';
import { planStacks } from '../../../stacks/create-stacks';

/** An example's model, its lines, and the text that is at a line. */
function example(directory: string): { model: AccessModel; lines: InventoryLines; at: (source?: Source) => string } {
  const plans = planStacks(readInventory(directory));
  const [model] = accessModels(
    plans.map(({ name: stack, create }) => ({ name: stack, json: create(new App()).toTerraform() as unknown })),
    { originOf: (stack) => plans.flatMap((plan) => (plan.name === stack ? [stackOrigin(plan.origin)] : []))[0] },
  );
  const at = ({ file = '', line = 0 }: Source = {}): string =>
    readFileSync(file.replace('inventory', directory), 'utf8').split('\n')[line - 1]?.trim() ?? '';
  return { model: model!, lines: InventoryLines.read(directory), at };
}

describe('lines of the inventory', () => {
  const { model, lines, at } = example('examples/kubernetes/inventory');
  const policy = (name: string) => model.policies.get(name)!;
  const principal = (id: string) => model.principals.find((candidate) => candidate.id === id)!;

  it('of a policy is the line with its name', () => {
    expect(at(lines.ofPolicy(policy('basket.app.live')))).toBe('- name: app');
  });

  it('of the policies of a key set is the line with the environment', () => {
    expect(at(lines.ofPolicy(policy('basket-live-ro')))).toBe('environments: [live]');
  });

  it('of each stanza is the line of its grant', () => {
    const of = (name: string): [string, string][] =>
      policy(name).policy.stanzas.map(({ path }) => [path, at(lines.ofStanza(policy(name), path))]);
    expect(of('basket.app.live')).toEqual([
      ['v1/live/kv/data/basket/configs', '- path: configs'],
      ['v1/live/transit/encrypt/basket.customer-data', '- key: customer-data'],
      ['v1/live/transit/decrypt/basket.customer-data', '- key: customer-data'],
      ['v1/live/pki/services/issue/basket.server', '- certificate: server'],
    ]);
    expect(of('price-list.app.live')).toEqual([
      ['v1/live/kv/data/price-list/database', '- path: database'],
      ['v1/live/kv1/price-list/legacy/*', '- document1: legacy/*'],
    ]);
  });

  it('of a principal is the line of its login, or of its policy if that is AppRole by default', () => {
    expect(at(lines.ofPrincipal(principal('kubernetes:apps-blue/role/basket.app.live-role')))).toBe(
      '- type: kubernetes',
    );
    expect(at(lines.ofPrincipal(principal('approle:approle/role/price-list.keeper.live-role')))).toBe('- name: keeper');
  });

  it('of what the platform owns does not exist', () => {
    expect(lines.ofPolicy(policy('admin'))).toBeUndefined();
    expect(lines.ofStanza(policy('admin'), 'sys/*')).toBeUndefined();
  });
});

describe('lines of an inventory in which everything was renamed', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'renamed-'));
  cpSync('examples/kubernetes/inventory', directory, { recursive: true });
  for (const [kind, from, to] of [
    ['environment', 'live', 'running'],
    ['tenant', 'shop/basket', 'shop/cart'],
    ['team', 'shop', 'others'],
    ['method', 'apps-blue', 'apps'],
  ] as const) {
    writeRename(directory, planRename(readInventoryFiles(directory), { kind, from, to }));
  }
  const { model, lines, at } = example(directory);
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  it('are those of the new files', () => {
    const policy = model.policies.get('basket-live-ro')!;
    expect(lines.ofPolicy(policy)?.file).toBe('inventory/tenants/others/cart.yaml');
    expect(at(lines.ofPolicy(policy))).toBe('environments: [running]');
    const login = model.principals.find(({ id }) => id === 'kubernetes:apps-blue/role/basket.app.live-role')!;
    expect(at(lines.ofPrincipal(login))).toBe('- type: kubernetes');
  });
});

describe('every stanza and principal of the tenants in the examples', () => {
  it.each(['kafka', 'kubernetes', 'virtual-machines'])('has a line in %s', (name) => {
    const { model, lines } = example(`examples/${name}/inventory`);
    const owned = [...model.policies.values()].filter(({ owner }) => owner !== undefined);
    expect(owned.length).toBeGreaterThan(2);
    for (const placed of owned) {
      const own = lines.ofPolicy(placed);
      for (const { path } of placed.policy.stanzas) {
        const { line = 0 } = lines.ofStanza(placed, path) ?? {};
        const isKeySet = /-(ro|rw)$/.test(placed.policy.name);
        expect([path, isKeySet ? line > 0 : line > (own?.line ?? 0)]).toEqual([path, true]);
      }
    }
    for (const principal of model.principals) {
      expect([principal.id, lines.ofPrincipal(principal)?.line]).toEqual([principal.id, expect.any(Number)]);
    }
  });
});
