import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { execa } from 'execa';

import { printMoves } from '../../cli/moves';
import { PlatformError } from '../../model/errors';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "moves of a 'team'-"))));
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const at = (...parts: string[]): string => path.join(folder, ...parts);

/** Stacks as `npm run synth` writes them, of a resource that needs no provider. Their states are outside, as those of a real backend. */
function synthesise(output: string, stacks: Record<string, readonly string[]>): void {
  for (const [stack, tenants] of Object.entries(stacks)) {
    mkdirSync(at(output, 'stacks', stack), { recursive: true });
    const resource = { terraform_data: Object.fromEntries(tenants.map((name) => [name, { input: name }])) };
    const terraform = { backend: { local: { path: at(`${stack}.tfstate`) } } };
    writeFileSync(at(output, 'stacks', stack, 'cdk.tf.json'), JSON.stringify({ terraform, resource }));
  }
}

function scriptOf(before: string, after: string): string {
  let printed = '';
  for (const stream of [process.stdout, process.stderr]) {
    jest.spyOn(stream, 'write').mockImplementation((text) => {
      if (stream === process.stdout) printed += String(text);
      return true;
    });
  }
  printMoves(at(before), at(after), { check: false });
  return printed;
}

const terraform = (stack: string, ...parameters: string[]): Promise<unknown> =>
  execa('terraform', [`-chdir=${at(stack)}`, ...parameters], { stdin: 'ignore' });
const ids = (stack: string): Record<string, string> => {
  const { resources } = JSON.parse(readFileSync(at(`${stack}.tfstate`), 'utf8')) as {
    resources: { name: string; instances: { attributes: { id: string } }[] }[];
  };
  return Object.fromEntries(resources.map(({ name, instances }) => [name, instances[0]!.attributes.id]));
};

test('moves a tenant to a new stack, so that plans of both stacks are empty', async () => {
  synthesise('before', { 'devel-shop': ['basket', 'wishlist'] });
  await terraform('before/stacks/devel-shop', 'init', '-input=false');
  await terraform('before/stacks/devel-shop', 'apply', '-auto-approve');
  const { basket } = ids('devel-shop');
  synthesise('after', { 'devel-shop': ['wishlist'], 'devel-pay': ['basket'] });

  await execa('sh', { input: scriptOf('before', 'after') });
  expect(ids('devel-pay')).toEqual({ basket });
  expect(Object.keys(ids('devel-shop'))).toEqual(['wishlist']);
  for (const stack of ['devel-shop', 'devel-pay']) {
    await terraform(`after/stacks/${stack}`, 'init', '-input=false');
    await terraform(`after/stacks/${stack}`, 'plan', '-detailed-exitcode');
  }
}, 120_000);

test('moves everything of a renamed team to a stack that has a state already', async () => {
  synthesise('before', { 'devel-shop': ['basket'], 'devel-store': ['wishlist'] });
  for (const stack of ['devel-shop', 'devel-store']) {
    await terraform(`before/stacks/${stack}`, 'init', '-input=false');
    await terraform(`before/stacks/${stack}`, 'apply', '-auto-approve');
  }
  const expected = { ...ids('devel-shop'), ...ids('devel-store') };
  synthesise('after', { 'devel-store': ['basket', 'wishlist'] });

  await execa('sh', { input: scriptOf('before', 'after') });
  expect(ids('devel-store')).toEqual(expected);
  expect(ids('devel-shop')).toEqual({});
}, 120_000);

test('prints no script where nothing moves', () => {
  synthesise('before', { 'devel-shop': ['basket'] });
  synthesise('after', { 'devel-shop': ['basket', 'wishlist'] });
  expect(scriptOf('before', 'after')).toBe('');
  expect(existsSync(at('devel-shop.tfstate'))).toBe(false);
});

test('reports a folder without stacks', () => {
  synthesise('after', { 'devel-shop': ['basket'] });
  expect(() => scriptOf('before', 'after')).toThrow(PlatformError);
  expect(() => scriptOf('before', 'after')).toThrow('the stacks of this folder cannot be read');
});
