import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { loadAccess } from '../../../cli/access/load-access';
import { loadPolicies } from '../../../cli/access/load-policies';
import { gapLines, type LoadedAccess } from '../../../cli/access/loaded-access';
import type { Context } from '../../../cli/context';
import { PlatformError, type Problem } from '../../../model/errors';
import { readInventory } from '../../../model/read';
import { synthesize } from '../../../synthesis/synthesize';
import { InventoryCopy } from '../../support/inventory/inventory-copy';

const directory = mkdtempSync(path.join(os.tmpdir(), 'vault-platform-load-access-'));
const repository = path.join(directory, 'repository');
const inventory = path.join(repository, 'inventory');
const tenant = 'tenants/shop/basket.yaml';
const context = { inventoryDirectory: inventory } as Context;

const git = (...parameters: string[]): string =>
  execFileSync('git', ['-C', repository, '-c', 'user.name=a', '-c', 'user.email=a@example.com', ...parameters], {
    encoding: 'utf8',
  });

const policies = ({ models: [model] }: LoadedAccess): string[] =>
  [...model!.policies.values()].flatMap(({ owner, policy }) => (owner?.tenant === 'basket' ? [policy.name] : []));

async function problemOf(work: () => unknown): Promise<Problem | undefined> {
  try {
    await work();
  } catch (error) {
    if (error instanceof PlatformError) return error.problems[0];
    throw error;
  }
  return undefined;
}

const temporary = path.join(directory, 'tmp');

beforeAll(() => {
  const copy = new InventoryCopy('kubernetes', inventory);
  git('init', '--quiet', '--initial-branch=main');
  git('add', '.');
  git('commit', '--quiet', '--message=First');
  mkdirSync(temporary);
  jest.spyOn(os, 'tmpdir').mockReturnValue(temporary);
  copy.change(tenant, { 'policies.1': undefined, agents: undefined });
});
afterAll(() => {
  jest.restoreAllMocks();
  rmSync(directory, { recursive: true });
});

describe('access is loaded', () => {
  const first = ['basket-live-ro', 'basket-live-rw', 'basket.app.live', 'basket.deploy.live'];

  it('of the inventory as it is now', async () => {
    const loaded = await loadAccess(context);
    expect(policies(loaded).sort()).toEqual(first.slice(0, 3).sort());
    expect(loaded.models.map(({ cluster, server }) => [cluster, server])).toEqual([['shop', 'openbao-2.7']]);
    expect(gapLines(loaded)).toEqual([]);
  });

  it('of a revision, with the lines that it has there', async () => {
    const loaded = await loadAccess(context, 'main');
    expect(policies(loaded).sort()).toEqual([...first].sort());
    const policy = loaded.models[0]!.policies.get('basket.deploy.live')!;
    expect(loaded.lines?.ofPolicy(policy)).toEqual({ file: `inventory/${tenant}`, line: expect.any(Number) as number });
  });

  it('of another inventory, and of a folder that was synthesised', async () => {
    const elsewhere = { inventoryDirectory: 'nowhere' } as Context;
    expect(policies(await loadAccess(elsewhere, inventory))).toHaveLength(3);
    const outputDirectory = path.join(directory, 'output');
    synthesize(readInventory(inventory), { outputDirectory });
    expect(policies(await loadAccess(elsewhere, outputDirectory))).toHaveLength(3);
  });

  it('and no temporary folder remains', () => {
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('not of a name that is neither a folder nor a revision', async () => {
    expect(await problemOf(() => loadAccess(context, '--output=x'))).toMatchObject({
      message: 'this is neither a folder nor a revision of the repository',
      given: '--output=x',
    });
  });

  it('not of a folder without stacks', async () => {
    expect(await problemOf(() => loadAccess(context, directory))).toMatchObject({ given: directory });
  });

  it('not of a folder whose manifest names no clusters', async () => {
    const folder = path.join(directory, 'old');
    mkdirSync(folder);
    const stacks = { a: { name: 'a', synthesizedStackPath: 'stacks/a/cdk.tf.json' } };
    writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify({ stacks }));
    expect(await problemOf(() => loadAccess(context, folder))).toMatchObject({
      message: 'the manifest does not name the clusters of the stacks',
    });
  });
});

describe('bare policies', () => {
  const folder = path.join(directory, 'policies');
  const write = (name: string, text: string): void => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, name), text);
  };

  it('are principals with this policy alone', () => {
    write('app.hcl', 'path "a" { capabilities = ["read"] }');
    write('ops.json', '{"path": {"b": {"capabilities": ["list"]}}}');
    const { models } = loadPolicies(folder, 'vault-1.21');
    expect(models[0]!.principals.map(({ id, policies: names }) => [id, names])).toEqual([
      ['token:app', ['app']],
      ['token:ops', ['ops']],
    ]);
  });

  it('are refused with their place, all at once', async () => {
    write('bad.hcl', 'path "a" {\n  capabilities = ["reed"]\n}');
    expect(await problemOf(() => loadPolicies(folder, 'vault-1.21'))).toMatchObject({
      file: path.join(folder, 'bad.hcl'),
      line: 2,
    });
  });

  it('must exist', async () => {
    expect(await problemOf(() => loadPolicies(path.join(directory, 'none'), 'vault-1.21'))).toMatchObject({
      message: 'there are no policies in this folder',
    });
  });
});

describe('other places', () => {
  const plan = (stack: string): string => {
    const file = path.join(directory, 'plan.json');
    const policy = { name: 'ops', policy: 'path "a" { capabilities = ["read"] }' };
    const resource = { address: 'vault_policy.a', mode: 'managed', type: 'vault_policy', name: 'a', values: policy };
    const token = { token_name: { constant_value: `terraform-${stack}` } };
    const configuration = { provider_config: { vault: { expressions: token } } };
    writeFileSync(file, JSON.stringify({ planned_values: { root_module: { resources: [resource] } }, configuration }));
    return file;
  };

  it('can be a plan of a stack, after it is applied', async () => {
    const { title, models } = await loadAccess(context, plan('shop-platform'));
    expect(title).toBe('shop-platform after the plan');
    expect(models[0]!.policies.has('ops')).toBe(true);
  });

  it('cannot be a plan of another project', async () => {
    const problem = await problemOf(() => loadAccess(context, plan('other-stack')));
    expect(problem).toMatchObject({ message: 'this is no plan of a stack of the inventory', given: 'other-stack' });
  });

  it('cannot be an unknown cluster', async () => {
    expect(await problemOf(() => loadAccess(context, 'cluster:none'))).toMatchObject({ message: 'unknown cluster' });
  });
});
