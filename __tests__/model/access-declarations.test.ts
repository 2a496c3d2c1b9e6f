import { load, problemsOf, smallInventory } from './small-inventory';
import { shop, specify, tenant } from './specify';

const sharing = (more: string): string => `sharing:\n  - ${more}\n`;
const share = 'with: payments/ledger, grants: [{path: prices/*, operations: [read]}], reason: Shown, until: 2027-03-01';
const exception = (more: string): string => `exceptions:\n  - ${more}\n`;
const day = 'this is not a day';

describe('expect', () => {
  const [devel] = load({
    [shop]: `description: Pages
environments: [devel, stag]
policies:
  - name: app
    environments: [devel, stag]
    reason: The program
    grants: [{path: prices/*, operations: [read]}]
expect:
  - policy: ro
    environments: [devel]
    allow: [{path: configs, operations: [read]}]
    deny:
      - {path: configs, operations: [delete]}
      - {api: 'v1/{environment}/kv/data/ledger/*', operations: [read]}
  - policy: app
    allow: [{path: prices/de, operations: [read]}]
`,
  }).tenants.filter(({ name }) => name === 'shop');
  const inDevel = devel?.environments[0];

  it('is filled in for each environment that has the policy', () => {
    expect(inDevel?.expectations.map(({ policy, effect }) => `${effect} ${policy}`)).toEqual([
      'allow shop-devel-ro',
      'deny shop-devel-ro',
      'deny shop-devel-ro',
      'allow shop.app.devel',
    ]);
    expect(inDevel?.expectations[2]?.requests).toEqual({ api: 'v1/devel/kv/data/ledger/*', operations: ['read'] });
    expect(devel?.environments[1]?.expectations.map(({ policy }) => policy)).toEqual(['shop.app.stag']);
  });

  it('keeps its place', () => {
    expect(inDevel?.expectations[1]?.place.position).toEqual({ file: `inventory/${shop}`, line: 13, column: 9 });
  });

  specify([
    [
      'a policy that there is not',
      tenant('expect: [{policy: app, allow: [{path: a, operations: [read]}]}]'),
      `${shop}:3:19`,
      'unknown policy',
      'write one of these, or add it to `policies`',
    ],
    ['no expectation', tenant('expect: [{policy: ro}]'), `${shop}:3:10`, 'this expects nothing', 'add allow or deny'],
    [
      'a path of the API with /v1/',
      tenant('expect: [{policy: ro, deny: [{api: /v1/sys/mounts, operations: [read]}]}]'),
      `${shop}:3:36`,
      'this is not a path of the API',
      'write it as in a policy, for example v1/devel/kv/data/ledger/configs, with `*` at most as its last character',
    ],
    [
      'an environment of others',
      tenant('expect: [{policy: ro, environments: [stag], deny: [{path: a, operations: [read]}]}]'),
      `${shop}:3:38`,
      'the tenant is not in this environment',
      'add `stag` to the tenant’s environments, or remove it here',
    ],
  ]);
});

describe('sharing', () => {
  it('is linked in the environments that it is for, with a day', () => {
    const found = load(tenant(sharing(`{${share}}`))).tenants.find(({ name }) => name === 'shop');
    expect(found?.environments[0]?.sharing).toMatchObject([
      {
        with: { team: 'payments', tenant: 'ledger' },
        until: '2027-03-01',
        grants: [{ type: 'documents', path: 'prices/*' }],
      },
    ]);
  });

  specify([
    [
      'a tenant that there is not',
      tenant(sharing(`{${share.replace('payments/ledger', 'payments/legder')}}`)),
      `${shop}:4:12`,
      'unknown tenant',
      'write `payments/ledger`',
    ],
    [
      'the tenant itself',
      tenant(sharing(`{${share.replace('payments/ledger', 'storefront/shop')}}`)),
      `${shop}:4:12`,
      'a tenant shares nothing with itself',
      'name another tenant, or remove the entry',
    ],
    [
      'a day in words',
      tenant(sharing(`{${share.replace('2027-03-01', 'March')}}`)),
      `${shop}:4:99`,
      day,
      'write year, month and day, for example 2027-03-01',
    ],
    [
      'a day that there is not',
      tenant(sharing(`{${share.replace('2027-03-01', '2027-02-29')}}`)),
      `${shop}:4:99`,
      'there is no such day',
      'write a day of the calendar',
    ],
  ]);
});

describe.each(['clusters/west.yaml', 'environments/devel.yaml'])('exceptions of %s', (file) => {
  const text = smallInventory[file] ?? '';
  const line = text.split('\n').length + 1;
  const entry =
    'check: auth-role, principal: approle:approle/role/shop-devel-ro-role, reason: Hands out SecretIDs, until: 2027-03-01';

  it('keep their place', () => {
    const { clusters, environments } = load({ [file]: `${text}${exception(`{${entry}}`)}` });
    const [found] = [...clusters, ...environments].flatMap(({ exceptions }) => exceptions);
    expect(found).toMatchObject({ check: 'auth-role', until: '2027-03-01' });
    expect(found?.place.position).toEqual({ file: `inventory/${file}`, line, column: 5 });
  });

  it('have a reason and a day', () => {
    const problems = problemsOf({ [file]: `${text}${exception('{check: auth-role, principal: x}')}` });
    expect(problems.map(({ message }) => message)).toEqual([
      'the key `reason` is missing',
      'the key `until` is missing',
    ]);
  });
});
