import { formatProblems } from '../../model/errors';
import { headlinesOf, load, problemsOf, smallInventory } from './small-inventory';
import type { Files } from './small-inventory';
import { shop, specify, tenant } from './specify';

const ledger = smallInventory['tenants/payments/ledger.yaml'] ?? '';
const devel = smallInventory['environments/devel.yaml'] ?? '';
const west = smallInventory['clusters/west.yaml'] ?? '';

describe('keys and values', () => {
  specify([
    [
      'unknown key, near a known one',
      { [shop]: 'description: Pages\nenviroments: [devel]\nenvironments: [devel]\n' },
      `${shop}:2:1`,
      'unknown key `enviroments`',
      'write `environments`',
    ],
    ['unknown key, near nothing', tenant('colour: red\n'), `${shop}:3:1`, 'unknown key `colour`', 'remove it'],
    [
      'unknown key in a map',
      tenant('appRole:\n  tokenTTL: 5m\n'),
      `${shop}:4:3`,
      'unknown key `tokenTTL`',
      'write `tokenTtl`',
    ],
    [
      'missing key',
      { [shop]: 'environments: [devel]\n' },
      `${shop}:1:1`,
      'the key `description` is missing',
      'add `description:` with one line of text, at most 300 characters, without ${ and %{',
    ],
    [
      'missing key in a map',
      tenant('overrides:\n  devel:\n    keySet: existing\n'),
      `${shop}:5:5`,
      'the key `reason` is missing',
      'add `reason:` with one line of text, at most 300 characters, without ${ and %{',
    ],
    [
      'number for a text',
      { [shop]: 'description: 5\nenvironments: [devel]\n' },
      `${shop}:1:14`,
      'wrong value for `description`',
      'write `"5"`: quotes make a text of it',
    ],
    [
      'nothing for a text',
      { [shop]: 'description:\nenvironments: [devel]\n' },
      `${shop}:1:13`,
      'wrong value for `description`',
      'write one line of text, at most 300 characters, without ${ and %{',
    ],
    [
      'text for a list',
      { [shop]: 'description: Pages\nenvironments: devel\n' },
      `${shop}:2:15`,
      'wrong value for `environments`',
      'write `[devel]`',
    ],
    [
      'empty list',
      { [shop]: 'description: Pages\nenvironments: []\n' },
      `${shop}:2:15`,
      'wrong value for `environments`',
      'write a list of environments, at least one',
    ],
    [
      'map in a list of texts',
      { [shop]: 'description: Pages\nenvironments:\n  - devel: 1\n' },
      `${shop}:3:5`,
      'wrong value for `environments[0]`',
      'write the name of a file in inventory/environments',
    ],
    ['unknown word', tenant('keySet: exsting\n'), `${shop}:3:9`, 'wrong value for `keySet`', 'write `existing`'],
    [
      'unknown state',
      { 'environments/devel.yaml': devel.replace('local', 'gcs') },
      'environments/devel.yaml:4:12',
      'wrong value for `state.backend`',
      'write local or s3',
    ],
    [
      'number out of range',
      { 'environments/devel.yaml': `${devel}engines: {keyValue: {maxVersions: 0}}\n` },
      'environments/devel.yaml:11:35',
      'wrong value for `engines.keyValue.maxVersions`',
      'write a whole number from 1 to 1000',
    ],
    [
      'entry twice',
      { [shop]: 'description: Pages\nenvironments:\n  - devel\n  - stag\n  - devel\n' },
      `${shop}:5:5`,
      'this repeats entry 1 (devel)',
      'remove one of the two',
    ],
    [
      'address with a path',
      { 'clusters/west.yaml': west.replace(':8200', ':8200/v1/') },
      'clusters/west.yaml:3:10',
      'this is not the address of a cluster',
      'write https://west.example.com:8200',
    ],
    [
      'address without TLS',
      { 'clusters/west.yaml': west.replace('https', 'http') },
      'clusters/west.yaml:3:10',
      'this is not the address of a cluster',
      'write https://west.example.com:8200',
    ],
    [
      'port out of range',
      { 'clusters/west.yaml': west.replace(':8200', ':99999') },
      'clusters/west.yaml:3:10',
      'this is not the address of a cluster',
      'write https://, the host and the port, nothing else',
    ],
    [
      'an override that overrides nothing',
      tenant('overrides:\n  devel:\n    reason: Because\n'),
      `${shop}:5:5`,
      'this overrides nothing',
      'add keySet or appRole, or remove the entry',
    ],
  ]);

  it('shows given and allowed values, and truncates long ones', () => {
    expect(formatProblems(problemsOf({ [shop]: `description: Pages\nenvironments: [${'x'.repeat(5000)}]\n` }))).toBe(
      [
        `inventory/${shop}:2:16  unknown environment`,
        `  given:   ${'x'.repeat(79)}…`,
        '  allowed: devel, prod, stag',
        '  fix:     write one of these, or add inventory/environments/<name>.yaml',
      ].join('\n'),
    );
  });

  it('reports all problems of all files at once, by file, line and column', () => {
    const files = {
      ...tenant('keySet: 5\nappRole: {tokenTtl: 5, tokenMaxTtl: soon, a: 1}\noverrides: {prd: {reason: "${x}"}}\n'),
      'environments/devel.yaml': devel.replace('west', 'wst').replace('An', '5 #'),
      'tenants/payments/ledger.yaml': ledger.replace('description', 'descripton').replace('prod]', 'prd]'),
    };
    expect(headlinesOf(files)).toEqual([
      'inventory/environments/devel.yaml:1:14  wrong value for `description`',
      'inventory/environments/devel.yaml:2:10  unknown cluster',
      'inventory/tenants/payments/ledger.yaml:1:1  unknown key `descripton`',
      'inventory/tenants/payments/ledger.yaml:2:29  unknown environment',
      'inventory/tenants/payments/ledger.yaml:17:3  the tenant is not in this environment',
      'inventory/tenants/storefront/shop.yaml:3:9  wrong value for `keySet`',
      'inventory/tenants/storefront/shop.yaml:4:21  wrong value for `appRole.tokenTtl`',
      'inventory/tenants/storefront/shop.yaml:4:37  this is not a duration',
      'inventory/tenants/storefront/shop.yaml:4:43  unknown key `a`',
      'inventory/tenants/storefront/shop.yaml:5:18  this overrides nothing',
      'inventory/tenants/storefront/shop.yaml:5:27  Terraform would read this text as a template',
    ]);
  });
});

describe('texts', () => {
  const description = (text: string): Files => ({ [shop]: `description: ${text}\nenvironments: [devel]\n` });
  const place = `${shop}:1:14`;
  specify([
    ['empty', description('" "'), place, 'the text is empty', 'write one sentence'],
    ['too long', description('x'.repeat(301)), place, 'the text has 301 characters', 'write one sentence'],
    [
      'template',
      description('A ${path.module}'),
      place,
      'Terraform would read this text as a template',
      'write it without ${ and %{',
    ],
    [
      'directive',
      description('"A %{ if x }"'),
      place,
      'Terraform would read this text as a template',
      'write it without ${ and %{',
    ],
    [
      'escape sequence',
      description('"\\e[31mred"'),
      place,
      'the text has the character U+001B, which is invisible',
      'remove it',
    ],
    [
      'text that runs backwards',
      description('a \u202Eb'),
      place.replace(/\d+$/, '16'),
      'the text has the character U+202E, which reorders text',
      'remove it',
    ],
    [
      'line break',
      description('"a\\nb"'),
      place,
      'the text has a line break or a tab',
      'write it on one line; several lines can be folded into one with `>-`',
    ],
  ]);

  it('can have folded lines and any language', () => {
    const { tenants } = load(description('>-\n  Größe und\n  時間 😀'));
    expect(tenants.find(({ name }) => name === 'shop')?.description).toBe('Größe und 時間 😀');
  });
});
