import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { StackRunner } from '../../../local/terraform/stack-runner';
import { Terraform } from '../../../local/terraform/terraform';

let folder: string;
let calls: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'stack-runner-'));
  calls = path.join(folder, 'calls');
  mkdirSync(path.join(folder, 'synthesis', 'stacks', 'devel-payments'), { recursive: true });
  wantProviders({ vault: '>= 4.4' });
});
afterEach(() => rmSync(folder, { recursive: true }));

function wantProviders(required_providers: object, resource = {}): void {
  const file = path.join(folder, 'synthesis', 'stacks', 'devel-payments', 'cdk.tf.json');
  const terraform = { backend: { s3: { bucket: 'state' } }, required_providers };
  writeFileSync(file, JSON.stringify({ terraform, provider: { vault: [{}] }, resource }));
}

/** A Terraform that writes down what it is called with, and whose state knows a policy and a key. */
function runner(name = 'terraform', environment: Record<string, string> = {}, address?: string): StackRunner {
  const program = path.join(folder, name);
  const lines = [
    '#!/bin/sh',
    '/bin/mkdir -p .terraform',
    `/bin/cp local_override.tf.json ${path.join(folder, 'override.json')}`,
    `case "$1" in state) /bin/echo "$*" ;; *) /bin/echo "$1" ;; esac >> ${calls}`,
    '[ "$*" != "state list" ] || /bin/printf "vault_policy.ro\\nvault_key.card\\n"',
  ];
  writeFileSync(program, `${lines.join('\n')}\n`);
  chmodSync(program, 0o755);
  const terraform = new Terraform({ program, environment });
  return new StackRunner({
    terraform,
    synthesis: path.join(folder, 'synthesis'),
    directory: path.join(folder, 'work'),
    ...(address !== undefined && { address }),
  });
}

const called = (): string[] => readFileSync(calls, 'utf8').trim().split('\n');
const working = (file: string): string => path.join(folder, 'work', 'devel-payments', file);

describe('applying a stack', () => {
  it('uses the JSON unchanged, and keeps the state locally with an override', async () => {
    await runner().apply('devel-payments');
    const json = path.join(folder, 'synthesis', 'stacks', 'devel-payments', 'cdk.tf.json');
    expect(readFileSync(working('cdk.tf.json'), 'utf8')).toBe(readFileSync(json, 'utf8'));
    expect(JSON.parse(readFileSync(working('local_override.tf.json'), 'utf8'))).toEqual({
      terraform: { backend: { local: { path: 'terraform.tfstate' } } },
    });
  });

  it('initialises once', async () => {
    await runner().apply('devel-payments');
    await runner().apply('devel-payments');
    expect(called()).toEqual(['init', 'apply', 'apply']);
  });

  it.each([
    ['other providers are wanted', (): StackRunner => (wantProviders({ vault: '>= 5' }), runner())],
    ['providers come from elsewhere', (): StackRunner => runner('terraform', { TF_CLI_CONFIG_FILE: 'mirror.tfrc' })],
    ['the program is another', (): StackRunner => runner('tofu')],
  ])('initialises again when %s', async (_, next) => {
    await runner().apply('devel-payments');
    await next().apply('devel-payments');
    expect(called()).toEqual(['init', 'apply', 'init', 'apply']);
  });
});

describe('a stack that was removed from the inventory', () => {
  it('is destroyed on the server at its present address', async () => {
    const at = (port: number): StackRunner => runner('terraform', {}, `https://127.0.0.1:${port}`);
    await at(8200).apply('devel-payments');
    await at(8210).destroy('devel-payments');
    expect(JSON.parse(readFileSync(path.join(folder, 'override.json'), 'utf8'))).toMatchObject({
      provider: { vault: { address: 'https://127.0.0.1:8210' } },
    });
  });

  it('is listed, destroyed, and no longer listed', async () => {
    await runner().apply('devel-payments');
    expect(await runner().applied()).toEqual(['devel-payments']);
    await runner().destroy('devel-payments');
    expect(called()).toEqual(['init', 'apply', 'destroy']);
    expect(existsSync(path.join(folder, 'work', 'devel-payments'))).toBe(false);
    expect(await runner().applied()).toEqual([]);
  });

  it('leaves protected resources on the server, because otherwise Terraform would destroy nothing', async () => {
    const kept = { lifecycle: { prevent_destroy: true } };
    wantProviders({ vault: '>= 4.4' }, { vault_policy: { ro: {} }, vault_key: { card: kept, 'never-made': kept } });
    await runner().apply('devel-payments');
    await runner().destroy('devel-payments');
    expect(called()).toEqual(['init', 'apply', 'state list', 'state rm vault_key.card', 'destroy']);
  });
});

describe('a stack with a check of what exists', () => {
  const create = (address: string, name: string): object => ({
    address,
    mode: 'managed',
    type: 'vault_policy',
    change: { actions: ['create'], before: null, after: { name } },
  });

  /** A Terraform that plans to create policies; its apply ends as it is told. */
  function checked(refuse: (paths: string[]) => void, names: readonly string[], apply = 'exit 0'): StackRunner {
    const program = path.join(folder, 'terraform');
    const plan = { format_version: '1.2', resource_changes: names.map((name) => create(`vault_policy.${name}`, name)) };
    writeFileSync(path.join(folder, 'shown'), JSON.stringify(plan));
    const planned = names.length > 0 ? '{"type":"planned_change"}' : '{}';
    const lines = [
      '#!/bin/sh',
      '/bin/mkdir -p .terraform',
      `/bin/echo "$*" >> ${calls}`,
      `case "$1" in plan) echo '${planned}'; echo plan > plan ;; show) /bin/cat ${folder}/shown ;; apply) ${apply} ;; esac`,
    ];
    writeFileSync(program, `${lines.join('\n')}\n`);
    chmodSync(program, 0o755);
    return new StackRunner({
      terraform: new Terraform({ program, environment: {} }),
      synthesis: path.join(folder, 'synthesis'),
      directory: path.join(folder, 'work'),
      refuseForeign: ({ objects }) => Promise.resolve(refuse(objects.map(({ path: at }) => at))),
    });
  }

  it('applies the plan that was checked, and deletes it', async () => {
    const seen: string[][] = [];
    await checked((paths) => void seen.push(paths), ['a', 'b']).apply('devel-payments');
    expect(seen).toEqual([['sys/policies/acl/a', 'sys/policies/acl/b']]);
    expect(called().slice(1)).toEqual([
      'plan -out=plan -input=false -json',
      'show -json plan',
      'apply -input=false -json plan',
    ]);
    expect([existsSync(working('plan')), existsSync(working('unfinished'))]).toEqual([false, false]);
  });

  it('applies nothing if the check refuses, also the next time', async () => {
    const refuse = (): void => {
      throw new Error('it exists');
    };
    for (let time = 0; time < 2; time += 1) {
      await expect(checked(refuse, ['a']).apply('devel-payments')).rejects.toThrow('it exists');
    }
    expect(called().filter((call) => call.startsWith('apply'))).toEqual([]);
    expect(existsSync(working('unfinished'))).toBe(false);
  });

  it('applies nothing if nothing changes', async () => {
    await checked(() => undefined, []).apply('devel-payments');
    expect(called().slice(1)).toEqual(['plan -out=plan -input=false -json']);
  });

  it('accepts what a run created before it was killed, and nothing else', async () => {
    await expect(checked(() => undefined, ['a'], 'kill -9 $$').apply('devel-payments')).rejects.toThrow('interrupted');
    const seen: string[][] = [];
    await checked((paths) => void seen.push(paths), ['a', 'b']).apply('devel-payments');
    expect(seen).toEqual([['sys/policies/acl/b']]);
  });
});
