import type { InventoryFiles } from '../../../model/load';
import { readInventoryFiles } from '../../../model/read';
import { planRename, type Rename } from '../../../model/rename/plan-rename';
import { renameKinds, type RenameKind } from '../../../model/rename/references';
import { exampleInventories } from '../../support/inventory/examples';
import { richInventory } from '../rich-inventory';
import { inventoryFiles, type Files } from '../small-inventory';
import { base, problemsOf, tenant } from './named-inventory';

const textsOf = (files: InventoryFiles): Record<string, string> =>
  Object.fromEntries(
    files.flatMap((file) => ('bytes' in file ? [[file.path, Buffer.from(file.bytes).toString()]] : [])).sort(),
  ) as Record<string, string>;

/** All files after a rename. */
function after(files: InventoryFiles, rename: Rename): InventoryFiles {
  const changed = new Map(planRename(files, rename).files.map((file) => [file.path, file]));
  return files.map((file) => {
    const found = changed.get(file.path);
    return found === undefined ? file : { path: found.newPath, bytes: found.bytes };
  });
}

const plan = (kind: RenameKind, from: string, to: string, files: Files = {}) =>
  planRename(inventoryFiles(files, base), { kind, from, to });

/** Edits as `file:line:column before -> after`. */
function editsOf(kind: RenameKind, from: string, to: string, files: Files = {}): string[] {
  return plan(kind, from, to, files).files.flatMap(({ path, newPath, edits }) => [
    ...(path === newPath ? [] : [`${path} -> ${newPath}`]),
    ...edits.map((edit) => `${path}:${edit.line}:${edit.column} ${edit.before} -> ${edit.after}`),
  ]);
}

describe('edits', () => {
  test('of a tenant: its file, its name on the server, and references to it', () => {
    expect(editsOf('tenant', 'shop/basket', 'shop/cart')).toEqual([
      'tenants/shop/basket.yaml -> tenants/shop/cart.yaml',
      'tenants/shop/basket.yaml:2:1  -> nameOnServer: basket\n',
      'tenants/pay/ledger.yaml:12:11 shop/basket -> shop/cart',
    ]);
  });

  test('of a tenant that moves to another team: its file and references', () => {
    expect(editsOf('tenant', 'shop/basket', 'store/basket')).toEqual([
      'tenants/shop/basket.yaml -> tenants/store/basket.yaml',
      'tenants/pay/ledger.yaml:12:11 shop/basket -> store/basket',
    ]);
  });

  test('of a team: all of its files, and references', () => {
    expect(editsOf('team', 'shop', 'store', { 'tenants/shop/README.md': '' })).toEqual([
      'tenants/shop/basket.yaml -> tenants/store/basket.yaml',
      'tenants/pay/ledger.yaml:12:11 shop/basket -> store/basket',
      'tenants/shop/README.md -> tenants/store/README.md',
    ]);
  });

  test('of an environment', () => {
    expect(editsOf('environment', 'devel', 'development')).toEqual([
      'environments/devel.yaml -> environments/development.yaml',
      'environments/devel.yaml:1:1  -> nameOnServer: devel\n',
      'tenants/shop/basket.yaml:3:16 devel -> development',
      'tenants/pay/ledger.yaml:2:16 devel -> development',
      'tenants/pay/ledger.yaml:7:20 devel -> development',
      'tenants/pay/ledger.yaml:14:9 devel -> development',
    ]);
  });

  test('of an engine, with its quotes', () => {
    expect(editsOf('engine', 'root', 'top')).toEqual([
      'environments/devel.yaml:6:3 root -> top',
      'environments/devel.yaml:6:10  -> nameOnServer: root, ',
      "environments/devel.yaml:7:60 'root' -> 'top'",
      'environments/devel.yaml:10:5 root -> top',
      'tenants/pay/ledger.yaml:4:20 root -> top',
    ]);
  });

  test('of an auth method, with its indentation', () => {
    expect(editsOf('method', 'ci', 'pipelines')).toEqual([
      'clusters/west.yaml:6:3 "ci" -> "pipelines"',
      'clusters/west.yaml:7:5  -> nameOnServer: ci\n    ',
      'environments/devel.yaml:4:11 ci -> pipelines',
      'environments/devel.yaml:14:5 ci -> pipelines',
      'tenants/pay/ledger.yaml:10:34 ci -> pipelines',
    ]);
  });
});

/** Everything with a name in an inventory. */
function renamesOf(files: InventoryFiles): Rename[] {
  const { before } = planRename(files, firstRename(files));
  const names: Record<RenameKind, string[]> = {
    tenant: before.tenants.map(({ team, inventoryName }) => `${team}/${inventoryName}`),
    team: before.tenants.map(({ team }) => team),
    environment: before.environments.map(({ inventoryName }) => inventoryName),
    engine: before.environments.flatMap(({ authorities }) => authorities.map(({ inventoryName }) => inventoryName)),
    method: before.clusters.flatMap(({ authMethods }) => authMethods.map(({ inventoryName }) => inventoryName)),
  };
  return renameKinds.flatMap((kind) =>
    [...new Set(names[kind])].map((from) => ({ kind, from, to: `${from}-renamed` })),
  );
}

/** A rename that every inventory has. */
function firstRename(files: InventoryFiles): Rename {
  const file = files.find(({ path }) => path.startsWith('environments/'))!.path;
  const from = file.replace(/^environments\/|\.yaml$/g, '');
  return { kind: 'environment', from, to: `${from}-renamed` };
}

const inventories: [string, InventoryFiles][] = [
  ['a small one', inventoryFiles({}, base)],
  ['one with every key', inventoryFiles({}, richInventory)],
  [
    'one with Windows line ends',
    inventoryFiles(
      {},
      Object.fromEntries(
        Object.entries(base).map(([path, text]) => [path, `\uFEFF${String(text).replaceAll('\n', '\r\n')}`]),
      ),
    ),
  ],
  ...exampleInventories().map(({ name, directory }): [string, InventoryFiles] => [name, readInventoryFiles(directory)]),
];

describe.each(inventories)('in %s', (_, files) => {
  // `planRename` itself fails if an object on a server would change.
  test('every name can be renamed and renamed back, byte by byte', () => {
    for (const rename of renamesOf(files)) {
      const there = after(files, rename);
      expect(textsOf(there)).not.toEqual(textsOf(files));
      const back = after(there, { kind: rename.kind, from: rename.to, to: rename.from });
      expect(textsOf(back)).toEqual(textsOf(files));
    }
  });

  test('all names together can be renamed', () => {
    let renamed = files;
    // Teams last: the names of tenants contain them.
    for (const rename of renamesOf(files).sort((a, b) => Number(a.kind === 'team') - Number(b.kind === 'team'))) {
      renamed = after(renamed, rename);
    }
    expect(Object.keys(textsOf(renamed)).filter((path) => /^(tenants|environments)\/.*\.yaml$/.test(path))).toEqual(
      expect.not.arrayContaining([expect.not.stringContaining('-renamed')]),
    );
  });
});

test('a second rename keeps the name on the server, and the first name removes it', () => {
  const files = inventoryFiles({}, base);
  const cart = after(files, { kind: 'tenant', from: 'shop/basket', to: 'shop/cart' });
  const bag = after(cart, { kind: 'tenant', from: 'shop/cart', to: 'pay/bag' });
  expect(textsOf(bag)['tenants/pay/bag.yaml']).toContain('nameOnServer: basket\n');
  const back = after(bag, { kind: 'tenant', from: 'pay/bag', to: 'shop/basket' });
  expect(textsOf(back)).toEqual(textsOf(files));
});

test('a name on the server that someone wrote stays where it is', () => {
  const written = { 'tenants/shop/basket.yaml': `${tenant}nameOnServer: cart\n` };
  expect(editsOf('tenant', 'shop/basket', 'shop/cart', written)).toEqual([
    'tenants/shop/basket.yaml -> tenants/shop/cart.yaml',
    'tenants/pay/ledger.yaml:12:11 shop/basket -> shop/cart',
  ]);
});

describe('refuses', () => {
  test.each<[RenameKind, string, string, string]>([
    ['tenant', 'shop/baskets', 'shop/cart', 'unknown tenant\n  given:   shop/baskets'],
    ['team', 'shops', 'store', 'unknown team'],
    ['environment', 'develop', 'development', 'did you mean devel?'],
    ['engine', 'transits', 'keys', 'unknown engine\n  given:   transits\n  allowed: root, kafka'],
    [
      'engine',
      'transit',
      'keys',
      'one path in each environment and no name of its own\n  given:   transit\n  allowed: root, kafka\n  fix:     keep it',
    ],
    ['method', 'approle', 'programs', 'unknown method'],
    ['tenant', 'shop/basket', 'shop/Cart', 'choose another name, for example `cart`'],
    ['tenant', 'shop/basket', 'cart', '<team>/<tenant>'],
    ['tenant', 'shop/basket', 'shop/data', '`data` is reserved'],
    ['engine', 'root', 'self', '`self` is reserved'],
  ])('%s %s %s', (kind, from, to, text) => {
    expect(problemsOf(() => plan(kind, from, to))).toContain(text);
  });

  test('names that exist, each with its place', () => {
    expect(problemsOf(() => plan('tenant', 'shop/basket', 'pay/ledger'))).toMatch(
      /^inventory\/tenants\/pay\/ledger\.yaml:1:1 {2}this tenant exists already/,
    );
    expect(problemsOf(() => plan('team', 'shop', 'pay'))).toMatch(/^inventory\/tenants\/pay\/ledger\.yaml:1:1 /);
    expect(problemsOf(() => plan('engine', 'root', 'kafka'))).toMatch(/^inventory\/environments\/devel\.yaml:7:3 /);
    expect(problemsOf(() => plan('tenant', 'shop/basket', 'shop/basket'))).toContain('this tenant exists already');
  });

  test('a name of another team’s tenant', () => {
    expect(problemsOf(() => plan('tenant', 'shop/basket', 'shop/ledger'))).toContain('there are two tenants `ledger`');
  });

  test('stacks that would have the same name, at the places where the files are now', () => {
    const devel = String(base['environments/devel.yaml']).replace(/owners:[^]*/, '');
    const files = {
      'environments/devel.yaml': devel,
      'environments/devel-eu.yaml': devel,
      'tenants/eu-store/news.yaml': 'description: News\nenvironments: [devel]\n',
      'tenants/shop/basket.yaml': tenant.replace('[devel]', '[devel-eu]'),
      'tenants/pay/ledger.yaml': undefined,
    };
    expect(problemsOf(() => plan('team', 'shop', 'store', files))).toMatch(
      /inventory\/tenants\/shop\/basket\.yaml:3:16 {2}the stack `devel-eu-store` would exist twice/,
    );
  });

  test('an alias that stands for the name and for something else', () => {
    const files = {
      'tenants/shop/basket.yaml': `${tenant.replace('[devel]', '[&name devel]')}sshRoles: {}\nidentity: {}\n`,
    };
    expect(problemsOf(() => plan('environment', 'devel', 'development', files))).toContain('there twice');
    const shared = {
      'tenants/shop/basket.yaml': 'description: &name devel\nenvironments: [*name]\n',
    };
    expect(problemsOf(() => plan('environment', 'devel', 'development', shared))).toContain(
      'the rename would also change the tenant basket',
    );
  });

  test('names with escapes, and inventories with problems', () => {
    const escaped = { 'tenants/shop/basket.yaml': tenant.replace('[devel]', String.raw`["d\u0065vel"]`) };
    expect(problemsOf(() => plan('environment', 'devel', 'development', escaped))).toContain(
      'inventory/tenants/shop/basket.yaml:3:16  this name is written in a way that cannot be edited',
    );
    const broken = { 'tenants/shop/basket.yaml': tenant.replace('[devel]', '[nowhere]') };
    expect(problemsOf(() => plan('team', 'shop', 'store', broken))).toContain('unknown environment');
  });
});
