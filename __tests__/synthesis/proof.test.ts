import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import type { Policy } from '@cdktf/provider-vault/lib/policy';

import { describeProof, proveInventory, summarize } from '../../cli/access/prove';
import type { PlatformError, Problem } from '../../model/errors';
import { loadInventory } from '../../model/load';
import { planStacks, type StackPlan } from '../../stacks/create-stacks';
import { prove } from '../../synthesis/proof/prove';
import { renderStacks } from '../../synthesis/render-stacks';
import { synthesize } from '../../synthesis/synthesize';
import { exampleInventories } from '../support/inventory/examples';
import { withOwners } from '../support/inventory/with-owners';
import { contents } from '../support/processes/synth';

const now = Date.parse('2026-12-01T12:00:00Z');

let directory: string;
beforeEach(() => (directory = mkdtempSync(path.join(os.tmpdir(), 'vault-platform-proof-'))));
afterEach(() => rmSync(directory, { recursive: true }));

const base = {
  'clusters/west.yaml': 'description: A cluster\naddress: https://west.example.com\nstate: {backend: local}\n',
  'environments/devel.yaml': 'description: Devel\ncluster: west\nstate: {backend: local}\nengines: {transit: {}}\n',
  'environments/ci.yaml': 'description: CI\ncluster: west\nstate: {backend: local}\n',
  'tenants/payments/ledger.yaml': 'description: Books\nenvironments: [devel]\nkeys: {card: {type: aes256-gcm96}}\n',
  'tenants/storefront/shop.yaml': 'description: Pages\nenvironments: [devel]\n',
};

/** The inventory with text added to files. */
const inventoryWith = (more: Readonly<Record<string, string>> = {}) =>
  loadInventory(
    withOwners(
      Object.entries(base).map(([file, text]) => ({ path: file, bytes: Buffer.from(`${text}${more[file] ?? ''}`) })),
    ),
  );

/** Problems of the proof, with a policy that somebody's code adds to the stack of the shop. */
function problemsOf(more: Readonly<Record<string, string>>, rules?: string): readonly Problem[] {
  const inventory = inventoryWith(more);
  const plans = planStacks(inventory).map((plan): StackPlan => {
    if (plan.name !== 'devel-storefront' || rules === undefined) return plan;
    return {
      ...plan,
      create: (app) => {
        const stack = plan.create(app);
        const policy = stack.node.findChild('shop').node.findChild('ro').node.findChild('Resource') as Policy;
        policy.policy = rules;
        return stack;
      },
    };
  });
  return prove(inventory, plans, renderStacks(plans, directory).stacks, now).problems;
}

const rule = (rulePath: string, ...capabilities: string[]): string =>
  `path "${rulePath}" { capabilities = ${JSON.stringify(capabilities)} }\n`;

describe('the inventories of this repository', () => {
  it.each(exampleInventories().map(({ name, inventory }) => [name, inventory] as const))(
    '%s is proven',
    (_, inventory) => {
      const { problems, warnings } = proveInventory(inventory, now);
      expect([...problems, ...warnings]).toEqual([]);
    },
  );
});

describe('an exception from a limit of an environment', () => {
  const until = (day: string): Readonly<Record<string, string>> => ({
    'environments/devel.yaml': `limits:\n  exceptions:\n    - {for: [payments/ledger], limit: tokenMaxTtl, to: 30d, reason: A migration, until: ${day}}\n`,
    'tenants/payments/ledger.yaml': 'appRole: {tokenMaxTtl: 30d}\n',
  });
  const proof = (day: string) => proveInventory(inventoryWith(until(day)), now);
  const problem = (when: string) => ({
    file: 'inventory/environments/devel.yaml',
    line: 7,
    message: `the exception from the limit tokenMaxTtl for payments/ledger ${when}: A migration`,
  });

  it('counts until its day, and is reported in the 14 days before', () => {
    expect(proof('2026-12-16')).toMatchObject({ problems: [], warnings: [] });
    expect(proof('2026-12-15')).toMatchObject({ problems: [], warnings: [problem('expires on 2026-12-15')] });
    expect(proof('2026-12-02')).toMatchObject({ problems: [], warnings: [problem('expires on 2026-12-02')] });
  });

  it('fails the synthesis from its day on', () => {
    expect(proof('2026-12-01')).toMatchObject({ problems: [problem('has expired on 2026-12-01')], warnings: [] });
    const options = { outputDirectory: directory, proof: { now, warn: () => undefined } };
    expect(() => synthesize(inventoryWith(until('2026-11-01')), options)).toThrow(/has expired on 2026-11-01/);
  });
});

describe('a synthesis', () => {
  const wrong = {
    'tenants/storefront/shop.yaml': `expect:
  - policy: ro
    allow:
      - {path: configs, operations: [read, update]}
    deny:
      - {path: configs, operations: [read]}
`,
  };

  it('fails with all problems at once, before anything is written', () => {
    const options = { outputDirectory: directory, proof: { now, warn: () => undefined } };
    let problems: readonly Problem[] = [];
    try {
      synthesize(inventoryWith(wrong), options);
    } catch (error) {
      problems = (error as PlatformError).problems;
    }
    expect(problems.map(({ line, column, message }) => `${line}:${column} ${message}`)).toEqual([
      '6:9 approle:approle/role/shop-devel-ro-role cannot update v1/devel/kv/data/shop/configs, which `expect` allows',
      '8:9 approle:approle/role/shop-devel-ro-role can read v1/devel/kv/data/shop/configs, which `expect` denies',
    ]);
    expect(problems[0]?.file).toBe('inventory/tenants/storefront/shop.yaml');
    expect(existsSync(path.join(directory, 'manifest.json'))).toBe(false);
    expect(contents(directory)).toEqual({});
    expect(readdirSync(directory)).toEqual(['stacks']);
  });

  it('keeps what it wrote before if it fails', () => {
    const options = { outputDirectory: directory, proof: { now, warn: () => undefined } };
    synthesize(inventoryWith(), options);
    const before = contents(directory);
    expect(() => synthesize(inventoryWith(wrong), options)).toThrow(/which `expect` allows/);
    expect(contents(directory)).toEqual(before);
  });

  it('writes the same as one without a proof, keeps other files, and removes what an interrupted one left', () => {
    synthesize(inventoryWith(), { outputDirectory: directory });
    const state = path.join(directory, 'stacks', 'devel-storefront', 'terraform.tfstate');
    writeFileSync(state, '{}');
    const before = contents(directory);
    mkdirSync(path.join(directory, '.unproven', 'stacks'), { recursive: true });
    writeFileSync(path.join(directory, '.unproven', 'stacks', 'old'), '');
    synthesize(inventoryWith(), { outputDirectory: directory, proof: { now, warn: () => undefined } });
    expect(contents(directory)).toEqual(before);
  });

  it('proves nothing unless it gets the time', () => {
    expect(synthesize(inventoryWith(wrong), { outputDirectory: directory })).toContain('devel-storefront');
  });

  it('proves nothing for selected stacks', () => {
    const options = { outputDirectory: directory, proof: { now, warn: () => undefined }, only: 'devel-*' };
    expect(synthesize(inventoryWith(wrong), options)).toContain('devel-storefront');
  });

  it('warns of what expires within 14 days', () => {
    const sharing = (until: string): string =>
      `sharing: [{with: storefront/shop, grants: [{path: x, operations: [read]}], reason: Shown, until: ${until}}]\n`;
    const warned = (until: string): string[] => {
      const warnings: string[] = [];
      const warn = ({ message }: Problem): void => void warnings.push(message);
      const inventory = inventoryWith({ 'tenants/payments/ledger.yaml': sharing(until) });
      synthesize(inventory, { outputDirectory: directory, proof: { now, warn } });
      return warnings;
    };
    expect(warned('2026-12-10')).toEqual(['this does not count any more from 2026-12-10 on: Shown']);
    expect(warned('2027-03-01')).toEqual([]);
    expect(warned('2026-12-01')).toEqual([]);
  });
});

describe('isolation', () => {
  const sharing = (
    until: string,
    grant = '{path: prices/*, operations: [read]}',
  ): Readonly<Record<string, string>> => ({
    'tenants/payments/ledger.yaml': `sharing: [{with: storefront/shop, grants: [${grant}], reason: Shown, until: ${until}}]\n`,
  });
  const prices = rule('v1/devel/kv/data/ledger/prices/*', 'read');

  it('names the tenant, the request, the stanza and the fix', () => {
    expect(problemsOf({}, prices)).toEqual([
      {
        file: 'inventory/tenants/storefront/shop.yaml',
        line: 1,
        column: 1,
        message: 'storefront/shop in devel can read documents of payments/ledger in devel',
        given: expect.stringMatching(
          /^read v1\/devel\/kv\/data\/ledger\/prices\/.* by path "v1\/devel\/kv\/data\/ledger\/prices\/\*" of shop-devel-ro, line 1, as approle:approle\/role\/shop-devel-ro-role$/,
        ) as string,
        allowed: 'what belongs to the tenant, and what `sharing` in inventory/tenants/payments/ledger.yaml declares',
        fix: 'narrow the path, or declare it in inventory/tenants/payments/ledger.yaml with a reason and a day',
      },
    ]);
  });

  it('holds for what the owner shares, until the day', () => {
    expect(problemsOf(sharing('2027-03-01'), prices)).toEqual([]);
    expect(problemsOf(sharing('2026-12-01'), prices)[0]?.allowed).toMatch(/; the entry for it expired on 2026-12-01$/);
    expect(problemsOf(sharing('2027-03-01', '{path: prices/de, operations: [read]}'), prices)).toHaveLength(1);
  });

  it('is about keys as well', () => {
    const encrypt = rule('v1/devel/transit/encrypt/ledger.card', 'update');
    expect(problemsOf({}, encrypt).map(({ message }) => message)).toEqual([
      'storefront/shop in devel can update a key of payments/ledger in devel',
    ]);
    expect(problemsOf(sharing('2027-03-01', '{key: card, operations: [encrypt]}'), encrypt)).toEqual([]);
  });

  it('holds for a grant that names another environment, and for no other path there', () => {
    const policy = `policies:
  - name: tests
    environments: [devel]
    reason: Tests
    grants: [{environment: ci, path: tests/*, operations: [read]}]
`;
    expect(problemsOf({ 'tenants/storefront/shop.yaml': policy })).toEqual([]);
    expect(
      problemsOf({ 'tenants/storefront/shop.yaml': policy }, rule('v1/ci/kv/data/shop/other', 'read')),
    ).toHaveLength(1);
  });
});

describe('escalation', () => {
  const secretId = rule('auth/approle/role/shop-devel-rw-role/secret-id', 'update');
  const exception = (until: string, check = 'auth-role'): string =>
    `exceptions: [{check: ${check}, principal: 'approle:approle/role/shop-devel-ro-role', reason: Hands out SecretIDs, until: ${until}}]\n`;

  it('names the principal, the reason and the exception to add', () => {
    const [problem, ...others] = problemsOf({}, secretId);
    expect(others).toEqual([]);
    expect(problem?.message).toMatch(
      /^a login of storefront\/shop in devel can get more access than it has \(auth-role\): /,
    );
    expect(problem?.fix).toMatch(
      /principal: 'approle:approle\/role\/shop-devel-ro-role', .* inventory\/environments\/devel.yaml$/,
    );
  });

  it.each(['environments/devel.yaml', 'clusters/west.yaml'])(
    'is allowed by an exception in %s, until the day',
    (file) => {
      expect(problemsOf({ [file]: exception('2027-03-01') }, secretId)).toEqual([]);
      expect(problemsOf({ [file]: exception('2026-11-30') }, secretId)[0]?.allowed).toMatch(/expired on 2026-11-30$/);
    },
  );

  it('knows the names of its checks', () => {
    const [problem] = problemsOf({ 'clusters/west.yaml': exception('2027-03-01', 'auth-roel') });
    expect(problem).toMatchObject({ line: 4, message: 'unknown check', fix: 'did you mean auth-role?' });
  });
});

test('the command prints what was proven and what the policies of the platform reach', () => {
  const text = describeProof(summarize(proveInventory(inventoryWith(), now), now));
  expect(text).toMatch(/^2 tenants in 1 environment: 4 principals\n/);
  expect(text).toMatch(/^ {2}isolation .*; 0 declared exceptions$/m);
  expect(text).toMatch(/provisioner-teams +policy +\w+ sys\/policies\/acl\//);
  expect(text).toMatch(/admin +root-token +create sys\/generate-root/);
});
