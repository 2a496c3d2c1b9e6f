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
  writeFileSync(file, JSON.stringify({ terraform, resource }));
}

/** A Terraform that writes down what it is called with, and whose state knows a policy and a key. */
function runner(name = 'terraform', environment: Record<string, string> = {}): StackRunner {
  const program = path.join(folder, name);
  const lines = [
    '#!/bin/sh',
    '/bin/mkdir -p .terraform',
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
  });
}

const called = (): string[] => readFileSync(calls, 'utf8').trim().split('\n');
const working = (file: string): string => path.join(folder, 'work', 'devel-payments', file);

describe('applying a stack', () => {
  it('uses the JSON unchanged, and keeps the state locally with an override', async () => {
    await runner().apply('devel-payments');
    const json = path.join(folder, 'synthesis', 'stacks', 'devel-payments', 'cdk.tf.json');
    expect(readFileSync(working('cdk.tf.json'), 'utf8')).toBe(readFileSync(json, 'utf8'));
    expect(JSON.parse(readFileSync(working('backend_override.tf.json'), 'utf8'))).toEqual({
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
