import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Inventory } from '../../model/inventory';
import type { InventoryFiles } from '../../model/load';
import { planRename, type Rename, type RenamePlan } from '../../model/rename/plan-rename';
import { planStacks } from '../../stacks/create-stacks';
import { resourcesOfJson } from '../../synthesis/moves';
import { renderStacks } from '../../synthesis/render-stacks';
import { synthesize } from '../../synthesis/synthesize';
import { synthesizeMoves } from '../../synthesis/synthesize-moves';
import { richInventory } from '../model/rich-inventory';
import { inventoryFiles } from '../model/small-inventory';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'renames-'))));
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Terraform JSON of every stack. */
const stacksOf = (inventory: Inventory): Record<string, string> =>
  Object.fromEntries(
    [...renderStacks(planStacks(inventory), folder).stacks].map(({ file, text }) => [
      path.dirname(file),
      text.toString(),
    ]),
  );

function renameAll(files: InventoryFiles, renames: readonly Rename[]): Pick<RenamePlan, 'before' | 'after'> {
  let [current, first, last] = [files, undefined as Inventory | undefined, undefined as Inventory | undefined];
  for (const rename of renames) {
    const plan = planRename(current, rename);
    const changed = new Map(plan.files.map((file) => [file.path, file]));
    current = current.map((file) => {
      const { newPath: path = file.path, ...found } = changed.get(file.path) ?? {};
      return 'bytes' in found ? { path, bytes: found.bytes } : file;
    });
    first ??= plan.before;
    last = plan.after;
  }
  return { before: first!, after: last! };
}

const rename = (kind: Rename['kind'], from: string, to: string): Rename => ({ kind, from, to });

test('Terraform JSON is the same after tenants, environments, engines and methods were renamed', () => {
  const { before, after } = renameAll(inventoryFiles({}, richInventory), [
    rename('tenant', 'streaming/bus', 'streaming/zz-events'),
    rename('environment', 'devel', 'zz-development'),
    rename('environment', 'stag', 'aa-staging'),
    ...['kafka', 'root', 'vault'].map((name) => rename('engine', name, `${name}-authority`)),
    ...['apps', 'home', 'pipelines', 'people', 'corporate', 'cloud'].map((name) =>
      rename('method', name, `${name}-in`),
    ),
  ]);
  expect(stacksOf(after)).toEqual(stacksOf(before));
});

test('every resource of a renamed team moves, and nothing else does', () => {
  const change = renameAll(inventoryFiles({}, richInventory), [rename('team', 'streaming', 'events')]);
  const resources = (stack: string): string[] => [
    ...resourcesOfJson(JSON.parse(stacksOf(change.before)[`stacks/${stack}`] ?? '{}')).keys(),
  ];
  expect(synthesizeMoves(change)).toEqual(
    ['devel', 'stag'].map((environment) => ({
      from: `${environment}-streaming`,
      to: `${environment}-events`,
      addresses: resources(`${environment}-streaming`).sort(),
    })),
  );
});

test('no state moves where no tenant changes its team', () => {
  const change = renameAll(inventoryFiles({}, richInventory), [rename('tenant', 'streaming/bus', 'streaming/events')]);
  expect(synthesizeMoves(change)).toEqual([]);
});

test('expectations and sharing are proven after everything was renamed', () => {
  const files = inventoryFiles(
    {},
    {
      'clusters/west.yaml': 'description: A cluster\naddress: https://west.example.com\nstate: {backend: local}\n',
      'environments/devel.yaml': 'description: One\ncluster: west\nstate: {backend: local}\n',
      'tenants/pay/ledger.yaml': 'description: Books\nenvironments: [devel]\n',
      'tenants/shop/basket.yaml': `description: Baskets
environments: [devel]
expect:
  - policy: ro
    environments: [devel]
    allow: [{path: configs, operations: [read]}]
    deny: [{api: 'v1/{environment}/kv/data/ledger/configs', operations: [read]}]
sharing:
  - {with: pay/ledger, grants: [{path: configs, operations: [read]}], reason: Prices, until: 2099-01-01}
`,
    },
  );
  const { after } = renameAll(files, [
    rename('environment', 'devel', 'development'),
    rename('tenant', 'pay/ledger', 'pay/books'),
    rename('tenant', 'shop/basket', 'shop/cart'),
    rename('team', 'shop', 'store'),
  ]);
  expect(synthesize(after, { outputDirectory: folder, proof: { now: 0, warn: () => undefined } })).toContain(
    'devel-store',
  );
});
