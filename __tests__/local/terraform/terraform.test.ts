import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { Terraform, type TerraformOptions } from '../../../local/terraform/terraform';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'vault-platform-terraform-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** A program that notes how it was called, prints lines, and ends as `ending` says. */
function terraform(
  lines: readonly string[],
  ending = 'exit 0',
  others: Pick<TerraformOptions, 'onWarning'> = {},
): Terraform {
  const program = path.join(folder, 'terraform');
  writeFileSync(path.join(folder, 'output'), lines.map((line) => `${line}\n`).join(''));
  writeFileSync(
    program,
    `#!/bin/sh\necho "$*" > called\n/usr/bin/env > environment\n/bin/cat '${folder}/output'\n${ending}\n`,
  );
  chmodSync(program, 0o755);
  return new Terraform({ program, environment: { VAULT_ADDR: 'https://127.0.0.1:8200' }, ...others });
}

const read = (name: string): string => readFileSync(path.join(folder, name), 'utf8').trim();

/** Lines as Terraform 1.11 and OpenTofu 1.12 print them. */
const version = '{"@level":"info","@message":"Terraform 1.11.4","type":"version","terraform":"1.11.4","ui":"1.2"}';
const summary = (add: number, change: number, remove: number, operation: string): string =>
  JSON.stringify({
    '@level': 'info',
    '@message': `Plan: ${add} to add, ${change} to change, ${remove} to destroy.`,
    changes: { add, change, import: 0, remove, operation },
    type: 'change_summary',
  });
const diagnostic = (severity: string, of: Record<string, unknown>): string =>
  JSON.stringify({ '@level': severity, '@message': 'x', diagnostic: { severity, ...of }, type: 'diagnostic' });

describe('a run that succeeds', () => {
  it('returns the last summary', async () => {
    const lines = [version, summary(3, 0, 0, 'plan'), summary(2, 1, 0, 'apply')];
    await expect(terraform(lines).apply(folder)).resolves.toEqual({ added: 2, changed: 1, removed: 0 });
  });

  it('returns no changes without a summary', async () => {
    await expect(terraform([version]).apply(folder)).resolves.toEqual({ added: 0, changed: 0, removed: 0 });
  });

  it('passes on its warnings, and can print lines that are not JSON', async () => {
    const deprecated = diagnostic('warning', {
      summary: 'Argument is deprecated',
      detail: 'Use\nanother.',
      address: 'a.b',
    });
    const lines = [
      deprecated,
      diagnostic('warning', { summary: 'Other' }),
      'plain text',
      '',
      summary(0, 0, 4, 'destroy'),
    ];
    const warnings: string[] = [];
    const onWarning = (text: string): void => void warnings.push(text);
    await expect(terraform(lines, 'exit 0', { onWarning }).destroy(folder)).resolves.toEqual({
      added: 0,
      changed: 0,
      removed: 4,
    });
    expect(warnings).toEqual(['Argument is deprecated: Use another.', 'Other']);
  });

  it.each([
    ['apply', 'apply -auto-approve -input=false -json'],
    ['destroy', 'destroy -auto-approve -refresh=false -input=false -json'],
    ['init', 'init -input=false -no-color -reconfigure -upgrade'],
  ] as const)('%s runs without prompts, in its folder, with the given variables only', async (verb, called) => {
    process.env.PLATFORM_TEST_CANARY = 'canary';
    try {
      await terraform([])[verb](folder);
    } finally {
      delete process.env.PLATFORM_TEST_CANARY;
    }
    expect(read('called')).toBe(called);
    expect(read('environment')).toContain('VAULT_ADDR=https://127.0.0.1:8200');
    expect(read('environment')).not.toContain('canary');
  });
});

describe('a run that fails', () => {
  it('reports every error of the run, and no warning', async () => {
    const lines = [
      diagnostic('warning', { summary: 'Deprecated' }),
      diagnostic('error', { summary: 'Unsupported\n  argument', detail: 'No argument "colour".' }),
      diagnostic('error', { summary: 'error writing policy', detail: '', address: 'vault_policy.checkout_ro' }),
    ];
    await expect(terraform(lines, 'exit 1').apply(folder)).rejects.toMatchObject({
      code: 'terraform',
      problems: [
        { message: 'Unsupported argument', given: 'No argument "colour".' },
        { message: 'error writing policy', given: 'vault_policy.checkout_ro' },
      ],
    });
  });

  const put = 'Error making API request.\n\nURL: PUT https://127.0.0.1:1/v1/v1/devel/kv/data/checkout/configs\n';
  const staticRole = (reason: string): string =>
    `error creating static role "invoices-nightly" for backend "v1/office/database": Error making API request.\n\nURL: PUT https://127.0.0.1:1/v1/v1/office/database/static-roles/invoices-nightly\nCode: 500. Errors:\n\n* 1 error occurred:\n\t* error setting credentials: 1 error occurred:\n\t* user does not appear to exist: failed to connect to \`user=vault\`: ${reason}`;
  it.each([
    [
      'a document is there already',
      `${put}Code: 400. Errors:\n\n* check-and-set parameter did not match`,
      /`keySet: existing`/,
    ],
    ['the provisioner may not replace it', `${put}Code: 403. Errors:\n\n* permission denied`, /`keySet: existing`/],
    [
      'anything else is refused',
      'URL: PUT https://127.0.0.1:1/v1/sys/policies/acl/x\nCode: 403. Errors:\n\n* permission denied',
      /provisioner policy does not allow this/,
    ],
    [
      'Vault has not the password of a database',
      staticRole('failed SASL auth (FATAL: password authentication failed for user "vault" (SQLSTATE 28P01))'),
      /credential list/,
    ],
    [
      'OpenBao has not the password of a database',
      staticRole('failed SASL auth: FATAL: password authentication failed for user "vault" (SQLSTATE 28P01)'),
      /credential list/,
    ],
    [
      'a database refuses',
      staticRole('ERROR: permission denied to alter role (SQLSTATE 42501)'),
      /the account of the connection/,
    ],
    [
      'an auth method is protected',
      'Resource vault_auth_backend.auth-ci has lifecycle.prevent_destroy set',
      /an auth method that leaves or gets another type/,
    ],
    ['something is protected', 'Resource x has lifecycle.prevent_destroy set', /is protected/],
    [
      'a key is to become another',
      'Resource vault_transit_secret_backend_key.checkout_key-card has lifecycle.prevent_destroy set',
      /with a new name/,
    ],
    [
      'a tenant leaves, and its key may not be deleted',
      'URL: DELETE https://127.0.0.1:1/v1/v1/devel/transit/keys/x\nCode: 400. Errors:\n\n* error deleting policy x: deletion is not allowed for this key',
      /"Keys of a tenant that leaves"/,
    ],
    [
      'an auth method has no credentials to look up a principal of AWS',
      'error writing AWS auth backend role: unable to resolve ARN "arn:aws:iam::123456789012:role/x" to internal ID: NoCredentialProviders',
      /credential list.*`resolveUniqueIds: false`/,
    ],
  ])('suggests a fix when %s', async (_, detail, fix) => {
    const line = diagnostic('error', { summary: 'error writing to Vault', detail, address: 'a.b' });
    await expect(terraform([line], 'exit 1').apply(folder)).rejects.toMatchObject({
      problems: [{ given: `a.b\n${detail}`, fix: expect.stringMatching(fix) as string }],
    });
  });

  it('reports the end of the output without a diagnostic', async () => {
    const lines = Array.from({ length: 20 }, (_, index) => `line ${index}`);
    await expect(terraform(lines, 'echo panic >&2; exit 2').apply(folder)).rejects.toMatchObject({
      problems: [
        { message: 'terraform apply failed', given: expect.stringMatching(/^line 6\n[^]*\nline 19\npanic$/) as string },
      ],
    });
  });

  it('at init suggests where to get providers', async () => {
    await expect(
      terraform(['Failed to query available provider packages'], 'exit 1').init(folder),
    ).rejects.toMatchObject({
      code: 'terraform',
      problems: [
        {
          message: `terraform init failed in ${folder}`,
          given: 'Failed to query available provider packages',
          fix: expect.stringContaining('VAULT_PLATFORM_PLUGIN_DIR') as string,
        },
      ],
    });
  });

  it('by a signal in the middle of a line is reported as an interruption', async () => {
    const run = terraform([version], `printf '{"type":"chan'; kill -9 $$`).apply(folder);
    await expect(run).rejects.toMatchObject({
      code: 'terraform',
      problems: [{ message: 'terraform apply was interrupted', given: expect.stringContaining('SIGKILL') as string }],
    });
  });

  it('with half a line is reported', async () => {
    await expect(terraform(['{"type":"chan'], 'exit 1').apply(folder)).rejects.toMatchObject({
      problems: [{ message: 'terraform apply failed', given: '{"type":"chan' }],
    });
  });

  it('because the program is missing is reported as a problem, not as a defect', async () => {
    const program = path.join(folder, 'nowhere');
    await expect(new Terraform({ program, environment: {} }).init(folder)).rejects.toMatchObject({
      code: 'terraform',
      problems: [{ given: expect.stringContaining('ENOENT') as string }],
    });
  });
});
