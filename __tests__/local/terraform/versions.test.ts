import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { StackRunner } from '../../../local/terraform/stack-runner';
import { Terraform } from '../../../local/terraform/terraform';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'versions-'));
  const stack = path.join(folder, 'synthesis', 'stacks', 'devel-shop');
  mkdirSync(stack, { recursive: true });
  writeFileSync(path.join(stack, 'cdk.tf.json'), JSON.stringify({ terraform: { required_providers: {} } }));
});
afterEach(() => rmSync(folder, { recursive: true }));

const planned = (action: string, addr: string): string =>
  JSON.stringify({ type: 'planned_change', change: { resource: { addr }, action } });

/** A Terraform of a version, whose `init` selects a version of the provider, whose plan prints lines, and that writes down its verbs. */
function runner({ program = '1.11.4', provider = '4.4.0', plan = [] as string[] }): StackRunner {
  const lock = `provider "registry.terraform.io/hashicorp/vault" {\\n  version     = "${provider}"\\n}\\n`;
  const file = path.join(folder, `terraform-${program}-${provider}`);
  writeFileSync(path.join(folder, 'plan'), plan.map((line) => `${line}\n`).join(''));
  const lines = [
    '#!/bin/sh',
    `echo "$1" >> ${folder}/calls`,
    'case "$1" in',
    `init) /bin/mkdir -p .terraform; printf '${lock}' > .terraform.lock.hcl ;;`,
    `plan) /bin/cat ${folder}/plan ;;`,
    `apply) echo '{"version":4,"serial":1,"lineage":"a","outputs":{},"resources":[]}' > terraform.tfstate ;;`,
    'esac',
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
  chmodSync(file, 0o755);
  return new StackRunner({
    terraform: new Terraform({ program: file, version: `Terraform ${program}`, environment: {} }),
    synthesis: path.join(folder, 'synthesis'),
    directory: path.join(folder, 'work'),
  });
}

const calls = (): string[] => readFileSync(path.join(folder, 'calls'), 'utf8').trim().split('\n');
const none = { added: 0, changed: 0, removed: 0 };

it('the same versions are applied without a plan', async () => {
  expect(await runner({}).apply('devel-shop')).toEqual(none);
  expect(await runner({}).apply('devel-shop')).toEqual(none);
  expect(calls()).toEqual(['init', 'apply', 'apply']);
});

it.each([
  ['of a provider', { provider: '5.11.0' }, 'hashicorp/vault 4.4.0 → 5.11.0'],
  ['of Terraform', { program: '1.12.0' }, 'Terraform 1.11.4 → 1.12.0'],
])(
  'another version %s is reported, and planned before it is applied, in both directions',
  async (_, next, versions) => {
    await runner({}).apply('devel-shop');
    expect(await runner(next).apply('devel-shop')).toEqual({ ...none, versions });
    const back = versions.replace(/(\S+) → (\S+)$/, '$2 → $1');
    expect(await runner({}).apply('devel-shop')).toEqual({ ...none, versions: back });
    expect(calls()).toEqual(['init', 'apply', 'init', 'plan', 'apply', 'init', 'plan', 'apply']);
  },
);

it('keeps the state that the former versions wrote', async () => {
  await runner({}).apply('devel-shop');
  await runner({ provider: '5.11.0' }).apply('devel-shop');
  const kept = path.join(folder, 'work', 'devel-shop', 'terraform.tfstate.Terraform-1.11.4-vault-4.4.0');
  expect(existsSync(kept)).toBe(true);
});

it('a plan that replaces something stops, changes nothing, and stops again', async () => {
  await runner({}).apply('devel-shop');
  const plan = [planned('update', 'vault_policy.a'), planned('replace', 'vault_mount.kv')];
  const next = { provider: '5.11.0', plan };
  for (let time = 0; time < 2; time += 1) {
    await expect(runner(next).apply('devel-shop')).rejects.toMatchObject({
      problems: [
        {
          given: 'hashicorp/vault 4.4.0 → 5.11.0\nvault_mount.kv',
          fix: expect.stringContaining('use Terraform 1.11.4, hashicorp/vault 4.4.0 again') as string,
        },
      ],
    });
  }
  expect(await runner({}).apply('devel-shop')).toEqual(none);
  expect(calls()).toEqual(['init', 'apply', 'init', 'plan', 'plan', 'init', 'apply']);
});
