import { headlinesOf, load, problemsOf, smallInventory } from './small-inventory';
import type { Files } from './small-inventory';

const shop = 'tenants/storefront/shop.yaml';
const shopText = smallInventory[shop] ?? '';
const devel = smallInventory['environments/devel.yaml'] ?? '';

type Row = readonly [what: string, files: Files, ...headlines: string[]];

function specify(rows: readonly Row[]): void {
  const cases = rows.map(([what, files, ...headlines]) => [what, { files, headlines }] as const);
  it.each(cases)('%s', (_, { files, headlines }) => {
    expect(headlinesOf(files)).toEqual(headlines.map((headline) => `inventory/${headline}`));
    for (const { fix } of problemsOf(files)) expect(fix).toMatch(/\S/);
  });
}

describe('a file that is not a YAML map', () => {
  const content = (what: string, bytes: string | Uint8Array, ...headlines: string[]): Row => [
    what,
    { [shop]: bytes },
    ...headlines.map((headline) => `${shop}:${headline}`),
  ];
  const deep = (open: string): string => open.repeat(20_000);
  const bomb = [
    'a: &a [x, x, x, x, x, x, x, x, x]',
    ...'bcdefghi'.split('').map((key, at) => `${key}: &${key} [${Array(9).fill(`*${'abcdefgh'[at]}`).join(', ')}]`),
  ].join('\n');
  specify([
    content('empty', '', '1:1  the file is empty'),
    content('only comments', '# nothing\n\n# here\n', '1:1  the file is empty'),
    content('a scalar', 'shop\n', '1:1  this is not a map'),
    content('a list', '- devel\n- stag\n', '1:1  this is not a map'),
    content('a duplicate key', `${shopText}description: Again\n`, '4:1  the key `description` is there twice'),
    content(
      'a key that JavaScript knows',
      `${shopText}overrides: {__proto__: {reason: x}}\n`,
      '4:13  unknown key `__proto__`',
    ),
    content(
      'keys that JavaScript objects inherit',
      `${shopText}toString: x\noverrides: {constructor: {reason: x, keySet: existing}}\n`,
      '4:1  unknown key `toString`',
      '5:13  unknown environment',
    ),
    content('a tab', 'description: Pages\nenvironments:\n\t- devel\n', '3:1  not valid YAML: tabs cannot indent'),
    content('two documents', `${shopText}---\n${shopText}`, '4:1  the file has more than one YAML document'),
    content(
      'a merge key',
      'description: Pages\nenvironments: [devel]\n<<: {keySet: existing}\n',
      '3:1  unknown key `<<`: merge keys are not a part of YAML 1.2',
    ),
    content('a tag', 'description: !!binary aGk=\nenvironments: [devel]\n', '1:14  not valid YAML: `!` begins a tag'),
    content(
      'an alias without anchor',
      'description: *text\nenvironments: [devel]\n',
      '1:14  the alias `*text` has no anchor before it',
    ),
    content(
      'aliases that unfold to gigabytes',
      `${bomb}\n`,
      '5:8  the aliases of the file (words that begin with `*`) stand for more than 10000 values',
    ),
    content('lists in lists in lists', deep('['), '1:51  the YAML is nested too deeply'),
    content('keys in keys in keys', deep('? '), '1:100  the YAML is nested too deeply'),
    content(
      'not UTF-8',
      Buffer.from('description: Pages\nenvironments: [d\xe9vel]\n', 'latin1'),
      '2:17  the file is not encoded in UTF-8',
    ),
    content('UTF-16', Buffer.from(`\uFEFF${shopText}`, 'utf16le'), '1:1  the file is not encoded in UTF-8'),
    content('ten megabytes', Buffer.alloc(10_000_000, 'x'), '1:1  the file has 10000000 bytes, more than 131072'),
  ]);
});

describe('YAML in its expected reading', () => {
  it('has anchors and aliases', () => {
    const { tenants } = load({
      [shop]:
        'description: &text Pages\nenvironments: [devel]\nappRole: &role {tokenTtl: 3m}\noverrides:\n  devel: {reason: *text, appRole: *role}\n',
    });
    const tenant = tenants.find(({ name }) => name === 'shop');
    expect(tenant?.environments.map(({ appRole }) => appRole.tokenTtlSeconds)).toEqual([180]);
  });

  it.each([
    ['a byte order mark', `\uFEFF${shopText}`],
    ['carriage returns', shopText.replaceAll('\n', '\r\n')],
    ['a document start', `---\n${shopText}`],
    ['an older version of YAML', `%YAML 1.1\n---\n${shopText}`],
  ])('may have %s', (_, text) => {
    expect(load({ [shop]: text })).toEqual(load());
  });

  it.each(['no', 'on', 'y', 'null-and-void'])('may name an environment %s', (name) => {
    const { environments } = load({
      [`environments/${name}.yaml`]: devel,
      [shop]: `description: 2024-01-01\nenvironments: [${name}]\n`,
    });
    expect(environments.map((environment) => environment.name)).toContain(name);
  });
});

describe('names and places of files', () => {
  const named = (path: string): Files => ({ [path]: path.startsWith('tenants') ? shopText : devel });
  specify([
    ['upper case', named('environments/Devel.yaml'), 'environments/Devel.yaml:1:1  this cannot name an environment'],
    ...['a b', 'a..b', 'a*', 'a+b', '{{a}}', '${a}', '%{a}', 'a--b', 'a-', '1a', 'é', 'x'.repeat(64)].map(
      (name): Row => [
        `tenant ${name}`,
        named(`tenants/storefront/${name}.yaml`),
        `tenants/storefront/${name}.yaml:1:1  this cannot name a tenant`,
      ],
    ),
    [
      'a newline',
      named('tenants/storefront/a\nb.yaml'),
      'tenants/storefront/a\\u000ab.yaml:1:1  this cannot name a tenant',
    ],
    ['no name', named('tenants/storefront/x.yml'), 'tenants/storefront/x.yml:1:1  nothing reads this file'],
    ...['root', 'default', 'admin', 'provisioner'].map((name): Row => [
      `tenant ${name}`,
      named(`tenants/storefront/${name}.yaml`),
      `tenants/storefront/${name}.yaml:1:1  \`${name}\` is reserved and cannot name a tenant`,
    ]),
    ['team of upper case', named('tenants/Web/a.yaml'), 'tenants/Web/a.yaml:1:1  this cannot name a team'],
    ['tenant without a team', named('tenants/a.yaml'), 'tenants/a.yaml:1:1  nothing reads this file'],
    ['tenant too deep', named('tenants/web/shop/a.yaml'), 'tenants/web/shop/a.yaml:1:1  nothing reads this file'],
    [
      'environment in a folder',
      named('environments/west/a.yaml'),
      'environments/west/a.yaml:1:1  nothing reads this file',
    ],
    ['file at the top', named('a.yaml'), 'a.yaml:1:1  nothing reads this file'],
    [
      'no clusters',
      { 'clusters/west.yaml': undefined, 'clusters/east.yaml': undefined },
      ...[
        'clusters:1:1  there are no clusters',
        'environments/devel.yaml:2:10  unknown cluster',
        'environments/prod.yaml:2:10  unknown cluster',
        'environments/stag.yaml:2:10  unknown cluster',
      ],
    ],
  ]);

  it.each(['engines', 'infrastructure', 'platform', 'server'])('does not let a team be called %s', (team) => {
    expect(headlinesOf(named(`tenants/${team}/a.yaml`))).toContain(
      `inventory/tenants/${team}/a.yaml:1:1  \`${team}\` is reserved and cannot name a team`,
    );
  });

  it.each(['node-1', 'node-12'])('an environment %s is not allowed, since a start takes it for a server', (name) => {
    const [problem] = problemsOf({ [`environments/${name}.yaml`]: smallInventory['environments/stag.yaml'] });
    expect(problem?.message).toBe(`\`${name}\` is the name of a server and cannot name an environment`);
  });

  it('ignores files that are not part of the inventory', () => {
    expect(
      load({
        'README.md': 'x',
        'tenants/web/README.md': 'x',
        'schema/tenant.schema.json': '{',
        'tenants/.gitkeep': '',
      }),
    ).toEqual(load());
  });

  it('does not check references to a file with problems', () => {
    expect(headlinesOf({ 'environments/devel.yaml': '[' })).toEqual([
      expect.stringMatching(/^inventory\/environments\/devel\.yaml:\d+:\d+ {2}not valid YAML/),
    ]);
  });
});

describe('names that two would derive', () => {
  const inDevel = 'description: Pages\nenvironments: [devel]\n';
  const withPolicy = (name: string, environments = 'devel'): string =>
    `description: Pages\nenvironments: [devel, stag, prod]\npolicies:\n  - name: ${name}\n    environments: [${environments}]\n    reason: Tests\n    grants: [{path: a, operations: [read]}]\n`;
  const withAgent = (agent: string): string =>
    `${withPolicy('app')}    logins: [{type: kubernetes, serviceAccounts: [a], namespaces: [a]}]\nagents:\n  ${agent}: {policy: app, directory: /run/a, documents: [{path: a, file: x}]}\n`;
  const kubernetes =
    '{type: kubernetes, description: Programs, host: https://10.0.0.1, audience: vault, tokenReview: server}';
  const twice = (policy: string, cluster = 'west'): string =>
    `the policy \`${policy}\` and its role \`${policy}-role\` would exist twice in the cluster ${cluster}`;
  specify([
    [
      'tenants of two teams',
      { 'tenants/web/shop.yaml': inDevel.replace('devel', 'stag') },
      'tenants/web/shop.yaml:1:1  there are two tenants `shop`',
    ],
    [
      'tenants of two teams, one a copy of the other',
      {
        [shop]: `${withPolicy('tests')}quotas: {requestsPerSecond: 1, loginsPerSecond: 1}\n`,
        'tenants/web/shop.yaml': `${withPolicy('tests')}quotas: {requestsPerSecond: 1, loginsPerSecond: 1}\n`,
      },
      'tenants/web/shop.yaml:1:1  there are two tenants `shop`',
    ],
    [
      'key-set policies, which two environments make possible',
      { 'environments/b-devel.yaml': devel },
      'environments/b-devel.yaml:1:1  the name ends like that of the environment devel of the same cluster, so that names of key sets could meet',
    ],
    [
      'key-set policies, although the environments are known to overlap',
      {
        'environments/b-devel.yaml': devel,
        'names.yaml': 'overlappingEnvironments: [b-devel]\n',
        'tenants/web/a-b.yaml': inDevel,
        'tenants/web/a.yaml': inDevel.replace('devel', 'b-devel'),
      },
      'tenants/web/a.yaml:2:16  the policies `a-b-devel-ro`, `-rw` and `-own` would exist twice in the cluster west',
    ],
    [
      'a kept policy and a key-set policy',
      {
        'tenants/web/a.yaml': withPolicy('tests'),
        'names.yaml': 'kept: {a: {policies: {tests: shop-devel-rw}}}\n',
      },
      `names.yaml:1:30  ${twice('shop-devel-rw')}`,
    ],
    [
      'two kept policies',
      {
        [shop]: withPolicy('tests'),
        'tenants/web/a.yaml': withPolicy('tests'),
        'names.yaml': 'kept:\n  shop: {policies: {tests: tests}}\n  a: {policies: {tests: tests}}\n',
      },
      `names.yaml:3:25  ${twice('tests')}`,
    ],
    [
      'one kept policy in two environments of a cluster',
      { [shop]: withPolicy('tests', 'devel, stag'), 'names.yaml': 'kept: {shop: {policies: {tests: tests}}}\n' },
      `names.yaml:1:33  ${twice('tests')}`,
    ],
    [
      'a kept policy that the cluster has',
      { [shop]: withPolicy('tests'), 'names.yaml': 'kept: {shop: {policies: {tests: admin}}}\n' },
      'names.yaml:1:33  `admin` is reserved',
    ],
    [
      'the entities of two clients of a role',
      {
        'clusters/west.yaml': `${smallInventory['clusters/west.yaml']}auth: {apps: ${kubernetes.replace('server}', 'server, aliasNameSource: serviceaccount_name}')}}\n`,
        'environments/devel.yaml': `${devel}trusts: [apps]\n`,
        'tenants/web/a.yaml': `${withPolicy('tests')}    logins: [{type: kubernetes, serviceAccounts: [a.b, a-b], namespaces: [a]}]\nidentity: {}\n`,
      },
      'tenants/web/a.yaml:8:14  the entity or group `a.tests.devel-role.a-a-b` would exist twice in the cluster west',
    ],
    [
      'objects of agents on Kubernetes',
      {
        'clusters/west.yaml': `${smallInventory['clusters/west.yaml']}auth: {apps: ${kubernetes}}\n`,
        'environments/devel.yaml': `${devel}trusts: [apps]\n`,
        'tenants/pay/a.yaml': withAgent('b-c'),
        'tenants/web/a-b.yaml': withAgent('c'),
      },
      'tenants/web/a-b.yaml:10:3  two agents in devel would have the object `a-b-c` on Kubernetes',
    ],
    [
      'stacks of two environments',
      {
        'environments/devel-b.yaml': devel,
        'tenants/b-c/x.yaml': inDevel,
        'tenants/c/y.yaml': inDevel.replace('devel', 'devel-b'),
      },
      'tenants/c/y.yaml:2:16  the stack `devel-b-c` would exist twice',
    ],
    [
      'stacks of a team and a cluster',
      { 'clusters/devel-big.yaml': smallInventory['clusters/east.yaml'], 'tenants/big-platform/x.yaml': inDevel },
      'tenants/big-platform/x.yaml:2:16  the stack `devel-big-platform` would exist twice',
    ],
  ]);

  it('cannot meet where a kept name is of one environment of each cluster', () => {
    const names = 'kept: {shop: {policies: {tests: tests}}}\n';
    expect(problemsOf({ [shop]: withPolicy('tests', 'devel, prod'), 'names.yaml': names })).toEqual([]);
  });

  it('names the place that is to be changed, and the other one', () => {
    const files = { [shop]: withPolicy('tests'), 'names.yaml': 'kept: {shop: {policies: {tests: ledger-devel-ro}}}\n' };
    expect(problemsOf(files).map(({ allowed }) => allowed)).toEqual([
      'each name once; the other one is at inventory/tenants/payments/ledger.yaml:2:16, of tenant payments/ledger (its own are -ro, -rw and -own)',
    ]);
  });
});
