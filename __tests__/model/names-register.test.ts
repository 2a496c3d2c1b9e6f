import { loadInventory } from '../../model/load';
import { planDeparture } from '../../model/register/plan-departure';
import { planKeep } from '../../model/register/plan-keep';
import { inventoryFiles, load, problemsOf, smallInventory, type Files } from './small-inventory';

const shop = (more: string): Files => ({
  'tenants/storefront/shop.yaml': `description: Pages\nenvironments: [devel]\n${more}`,
});
const policy = (name: string): string =>
  `  - name: ${name} # a comment\n    environments: [devel]\n    reason: x\n    grants: [{path: a, operations: [read]}]\n`;
const departed = (more = ''): string =>
  `departed:\n  basket:\n    team: shop\n    on: 2026-11-02\n    reason: It was replaced\n    environments: [devel]\n    names: [basket-customer-data]\n${more}`;
const released = '    released: {to: storefront, on: 2026-12-01, reason: Destroyed}\n';
const basket = 'description: x\nenvironments: [devel]\n';
const headlines = (files: Files): string[] =>
  problemsOf(files).map(({ file, line, column, message }) => `${file}:${line}:${column}  ${message}`);

describe('a departed tenant', () => {
  it('has a name that no other team gets, in the inventory or on servers', () => {
    const names = { 'names.yaml': departed() };
    const message = 'the tenant name `basket` belonged to the tenant basket of the team shop, which left on 2026-11-02';
    expect(headlines({ ...names, 'tenants/storefront/basket.yaml': basket })).toEqual([
      `inventory/tenants/storefront/basket.yaml:1:1  ${message}`,
    ]);
    expect(headlines({ ...names, 'tenants/storefront/cart.yaml': `nameOnServer: basket\n${basket}` })).toEqual([
      `inventory/tenants/storefront/cart.yaml:1:15  ${message}`,
    ]);
  });

  it('has names on servers that no other team keeps', () => {
    const names = `${departed()}kept:\n  basket-customer: {policies: {app: basket-customer-data}}\n`;
    const tenant = `${basket}policies:\n${policy('app')}`;
    expect(headlines({ 'names.yaml': names, 'tenants/storefront/basket-customer.yaml': tenant })).toEqual([
      'inventory/names.yaml:9:37  the name `basket-customer-data` belonged to the tenant basket of the team shop, which left on 2026-11-02',
    ]);
  });

  it('has a name that another team gets after a release', () => {
    const files = { 'names.yaml': departed(released), 'tenants/storefront/basket.yaml': basket };
    expect(problemsOf(files)).toEqual([]);
    expect(
      headlines({ ...files, 'tenants/web/basket.yaml': basket, 'tenants/storefront/basket.yaml': undefined }),
    ).toHaveLength(1);
  });

  it('does not exist any more', () => {
    expect(headlines({ 'names.yaml': departed(), 'tenants/shop/basket.yaml': basket })).toEqual([
      'inventory/names.yaml:2:3  this tenant is listed as departed, and shop/basket exists',
    ]);
  });

  it('is released after it left', () => {
    const early = released.replace('2026-12-01', '2026-10-01');
    expect(headlines({ 'names.yaml': departed(early) })).toEqual([
      'inventory/names.yaml:8:36  names are not released before the tenant left',
    ]);
  });
});

describe('a kept name', () => {
  it.each([
    ['a tenant', 'kept: {sho: {policies: {app: a}}}', '1:8', 'write `shop`'],
    ['a policy', 'kept: {shop: {policies: {ap: a}}}', '1:26', 'write `app`'],
    ['a key', 'kept: {shop: {keys: {card: a}}}', '1:22', 'remove the entry'],
    ['an identity', 'kept: {shop: {identity: a}}', '1:15', 'remove the entry'],
  ])('is the name of something: %s', (_, text, at, fix) => {
    const [problem, ...others] = problemsOf({ ...shop(`policies:\n${policy('app')}`), 'names.yaml': text });
    expect(others).toEqual([]);
    expect(`${problem?.line}:${problem?.column}`).toBe(at);
    expect(problem?.message).toMatch(/^this keeps the name of nothing/);
    expect(problem?.fix).toBe(fix);
  });
});

const former: Files = {
  'environments/devel.yaml': `${smallInventory['environments/stag.yaml']!.split('engines')[0]}engines: {transit: {}}\n`,
  'environments/b-devel.yaml': smallInventory['environments/stag.yaml']!.split('engines')[0],
  'tenants/payments/ledger.yaml': undefined,
  ...shop(
    `nameOnServer: store\nidentity: {}\nkeys: {card: {type: aes256-gcm96}}\npolicies:\n${policy("'shop-{environment}-app'")}${policy('shop-app')}${policy('devel-tests')}agents:\n  a: {policy: 'shop-{environment}-app', directory: /run/a, documents: [{path: a, file: x}]}\nexpect:\n  - {policy: shop-devel-app, allow: [{path: a, operations: [read]}]}\n  - {policy: ro, allow: [{path: configs, operations: [read]}]}\n`,
  ),
};

describe('an inventory of the version before', () => {
  const files = inventoryFiles(former);
  const changes = planKeep(files);
  const textOf = (file: string): string =>
    Buffer.from(changes.find(({ path }) => path === file)?.bytes ?? []).toString();
  const after = loadInventory([
    ...files.filter(({ path }) => !changes.some((change) => change.path === path)),
    ...changes.map(({ path, bytes }) => ({ path, bytes })),
  ]);
  const [settings] = after.tenants.find(({ inventoryName }) => inventoryName === 'shop')?.environments ?? [];

  it('keeps every name on servers', () => {
    expect(settings?.policies.map(({ name }) => name)).toEqual(['shop-devel-app', 'shop-app', 'devel-tests']);
    expect(settings?.keys.map(({ keyName }) => keyName)).toEqual(['store-card']);
    expect(settings?.identity?.groupName).toBe('store-devel');
    expect(settings?.agents[0]?.policy.name).toBe('shop-devel-app');
    expect(settings?.expectations.map(({ policy: of }) => of)).toEqual(['shop-devel-app', 'store-devel-ro']);
  });

  it('gets short names in place, with comments, and a register', () => {
    const text = textOf('tenants/storefront/shop.yaml');
    expect(text).toContain("  - name: 'app' # a comment\n");
    expect(text).toContain('  - name: app-2 # a comment\n');
    expect(text).toContain('{policy: app, allow');
    expect(textOf('names.yaml')).toContain('    policies:\n      app: shop-{environment}-app\n');
    expect(textOf('names.yaml')).toContain('overlappingEnvironments:\n  - b-devel\n');
  });

  it('is not one whose names are joined by dots', () => {
    expect(() => planKeep(files, 'dots')).toThrow(
      /shop\.yaml:\d+:\d+ {2}the name of a policy is one of those that are joined by dashes/,
    );
  });

  it('is changed once', () => {
    expect(() => planKeep(inventoryFiles({ ...former, 'names.yaml': '{}\n' }))).toThrow(
      /has a register of names already/,
    );
  });
});

describe('an inventory that shows no names on servers', () => {
  const files = inventoryFiles({
    'environments/devel.yaml': former['environments/devel.yaml'],
    'tenants/payments/ledger.yaml': undefined,
    ...shop(`keys: {card: {type: aes256-gcm96}}\npolicies:\n${policy('app')}`),
  });
  const register = (joint: 'dots' | 'dashes'): string =>
    planKeep(files, joint)
      .map(({ path, bytes }) => `${path} ${Buffer.from(bytes).toString()}`)
      .join();

  it('is refused until somebody says what joins them', () => {
    expect(() => planKeep(files)).toThrow(
      /dashes or dots cannot be seen.*\n.*`--joined-by dashes`.*`--joined-by dots`/,
    );
    expect(register('dashes')).toMatch(/^names\.yaml [^]*card: shop-card\n/);
    expect(register('dots')).toMatch(/^names\.yaml [^]*\n\{\}\n$/);
  });

  it('needs no answer with nothing to keep', () => {
    const bare = inventoryFiles({ ...former, ...shop('') });
    expect(planKeep(bare).map(({ path }) => path)).toEqual(['names.yaml']);
  });
});

describe('a tenant that is removed', () => {
  it('leaves an entry with all of its names, among the others and their comments', () => {
    const files = {
      ...shop(`policies:\n${policy('app')}`),
      'names.yaml': '# Reviewed\nkept:\n  shop: {policies: {app: "shop-{environment}-app"}} # old\n',
    };
    expect(load(files).tenants).toHaveLength(2);
    const { register, removed } = planDeparture(inventoryFiles(files), {
      identity: 'storefront/shop',
      on: '2026-11-02',
      reason: 'It was replaced',
    });
    expect(removed).toBe('tenants/storefront/shop.yaml');
    expect(Buffer.from(register.bytes).toString()).toBe(
      '# Reviewed\ndeparted:\n  shop:\n    team: storefront\n    on: 2026-11-02\n    reason: It was replaced\n    environments:\n      - devel\n    names:\n      - shop-devel-app\n',
    );
  });

  it('is known', () => {
    expect(() =>
      planDeparture(inventoryFiles(), { identity: 'storefront/sho', on: '2026-11-02', reason: 'x' }),
    ).toThrow(/unknown tenant/);
  });
});
