import { problemsOf } from './small-inventory';
import { shop, specify, tenant } from './specify';

const pages = (text: string): Readonly<Record<string, string>> => ({ [shop]: text });
const policy = (more: string): string =>
  `policies:\n  - name: tests\n    environments: [devel]\n    reason: Tests\n    grants: [${more}]\n`;

describe('advice about mistakes in YAML', () => {
  specify([
    [
      'a merge conflict',
      pages('description: Pages\n<<<<<<< HEAD\nenvironments: [devel]\n=======\nenvironments: [stag]\n>>>>>>> other\n'),
      `${shop}:2:1`,
      'the file has the marks of a merge conflict',
      'keep one of the two versions, and remove the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`',
    ],
    [
      'a merge key that would bring what is missing',
      pages('description: Pages\n<<: {environments: [devel]}\n'),
      `${shop}:2:1`,
      'unknown key `<<`: merge keys are not a part of YAML 1.2',
      'write the values out',
    ],
    [
      'a key with a capital',
      pages('Description: Pages\nenvironments: [devel]\n'),
      `${shop}:1:1`,
      'unknown key `Description`',
      'write `description`',
    ],
  ]);
});

describe('advice about values', () => {
  specify([
    [
      'a duration without a unit',
      tenant('appRole: {tokenTtl: 600}\n'),
      `${shop}:3:21`,
      'wrong value for `appRole.tokenTtl`',
      'write `600s`',
    ],
    [
      'a duration of nothing',
      tenant('appRole: {tokenTtl: 0s}\n'),
      `${shop}:3:21`,
      'the duration is zero',
      'write 1s or more',
    ],
    [
      'a number that others read as octal',
      tenant('appRole: {secretIdNumUses: 010}\n'),
      `${shop}:3:28`,
      'wrong value for `appRole.secretIdNumUses`',
      'write `10`, in decimal and without quotes',
    ],
    [
      'a number in quotes',
      tenant('quotas: {requestsPerSecond: "5"}\n'),
      `${shop}:3:29`,
      'wrong value for `quotas.requestsPerSecond`',
      'write `5`, in decimal and without quotes',
    ],
    [
      'a network that is every address',
      tenant('appRole: {tokenBoundCidrs: [0.0.0.0/0]}\n'),
      `${shop}:3:29`,
      'this network contains every address, so it bounds nothing',
      'name networks, or remove the key',
    ],
    [
      'a word for all',
      pages('description: Pages\nenvironments: all\n'),
      `${shop}:2:15`,
      'wrong value for `environments`',
      'list each of them: no word stands for all',
    ],
    [
      'networks that together are every address',
      tenant('appRole: {secretIdBoundCidrs: ["8000::/1", 10.0.0.0/8, "::/1"]}\n'),
      `${shop}:3:31`,
      'these networks together contain every address, so they bound nothing',
      'name networks, or remove the key',
    ],
    [
      'a path that repeats the tenant’s folder',
      tenant(policy('{path: shop/configs, operations: [read]}')),
      `${shop}:7:21`,
      'the path repeats the tenant’s folder `shop/`, below which it is taken',
      'write `configs`',
    ],
    [
      'a path of the API',
      tenant(policy('{path: v1/devel/kv/data/shop/tests/*, operations: [read]}')),
      `${shop}:7:21`,
      'this is a path of the API, and it is taken below the tenant’s folder',
      'write `tests/*`',
    ],
  ]);

  it.each(['shop', 'shop.yaml.txt', 'shop.yaml.bak'])(
    'a file %s may be one of a tenant without the extension',
    (name) => {
      expect(problemsOf({ [`tenants/web/${name}`]: 'description: Pages\n' })).toMatchObject([
        { message: 'nothing reads this file', fix: 'let its name end in .yaml, or move it out of the inventory' },
      ]);
    },
  );

  it.each(['data', 'metadata', 'delete', 'undelete', 'destroy'])('a tenant cannot be called %s', (name) => {
    const text = 'description: Pages\nenvironments: [devel]\n';
    expect(problemsOf({ [`tenants/web/${name}.yaml`]: text }).map(({ message }) => message)).toEqual([
      `\`${name}\` is reserved and cannot name a tenant`,
    ]);
  });

  it('of a word that is nothing like one of three letters gives no nearest one', () => {
    const [problem] = problemsOf({
      [shop]: 'description: Pages\nenvironments: [no]\n',
      'environments/ci.yaml': 'description: C\ncluster: west\nstate: {backend: local}\n',
    });
    expect(problem).toMatchObject({
      message: 'unknown environment',
      fix: expect.not.stringContaining('`ci`') as string,
    });
  });
});
