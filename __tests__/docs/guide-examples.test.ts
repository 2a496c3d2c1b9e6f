import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { execa } from 'execa';
import { parseAllDocuments } from 'yaml';

import { loadInventory, type InventoryFiles } from '../../model/load';
import { readInventoryFiles } from '../../model/read';
import { certificate } from '../model/pem';
import { textsWithOwners, withOwners } from '../support/inventory/with-owners';
import { writeFilesIn } from '../support/inventory/write-files';
import { npmCommands } from '../support/markdown/markdown';
import { codeBlocks, markdownFiles } from '../support/markdown/readme';

const guides = [...markdownFiles('docs/guides'), 'inventory/README.md'];
const giftCards = 'tenants/storefront/gift-cards.yaml';
const ourFiles = 'inventory';
const kubernetesFiles = 'examples/kubernetes/inventory';

/** What the guides presume: the environments have the authority that the tenant names, and trust a method for programs. */
const presumptions: Readonly<Record<string, string>> = {
  'clusters/nonprod.yaml':
    'auth: {apps: {type: kubernetes, description: x, host: https://10.0.0.1, audience: vault, tokenReview: server}}\n',
  ...Object.fromEntries(
    ['devel', 'stag'].map((name) => [
      `environments/${name}.yaml`,
      'trusts: [apps]\nauthorities: {internal: {description: x, commonName: x, ttl: 3650d, maxLeafTtl: 30d}}\n',
    ]),
  ),
};

const presumed = (files: InventoryFiles): InventoryFiles =>
  files.map((file) => {
    if (!('bytes' in file)) return file;
    return { ...file, bytes: Buffer.concat([file.bytes, Buffer.from(presumptions[file.path] ?? '')]) };
  });

const certificates = 'certificates: {broker: {authority: internal, use: peer, domains: [example.com], ttl: 1d}}\n';

/** A file with an example in it: the whole file, or what follows on the keys that the guide leaves out. */
interface Home {
  readonly folder: string;
  readonly file: string;
  readonly text: string;
}

const indented = (block: string): string => block.trimEnd().replaceAll(/^(?=.)/gm, '    ');
const policy =
  'policies:\n  - name: app\n    environments: [live]\n    reason: x\n    grants: [{path: configs, operations: [read]}]\n';

function homeOf(block: string): Home {
  if (/^departed:/m.test(block)) return { folder: ourFiles, file: 'names.yaml', text: block };
  const isWhole = /^description:/m.test(block);
  const rest = (keys: string): string => (isWhole ? block : `description: x\n${keys}\n${block}`);
  if (/^platform:/m.test(block)) {
    const keys = 'address: https://vault.more.example.com\nstate: {backend: local}';
    return { folder: ourFiles, file: 'clusters/more.yaml', text: rest(keys) };
  }
  if (/^provisioner:/m.test(block)) {
    return {
      folder: ourFiles,
      file: 'clusters/more.yaml',
      text: rest('address: https://vault.more.example.com\nstate: {backend: local}'),
    };
  }
  if (/^(cluster|authorities|engines):/m.test(block)) {
    const text = rest('cluster: nonprod\nstate: {backend: local}').replace(/( *)-----BEGIN[^]*/, (_, indent: string) =>
      certificate.trimEnd().replaceAll(/^/gm, indent),
    );
    return { folder: ourFiles, file: 'environments/demo.yaml', text };
  }
  if (/^(limits|owners):/m.test(block)) {
    const file = 'environments/devel.yaml';
    return { folder: ourFiles, file, text: `${readFileSync(path.join(ourFiles, file), 'utf8')}${block}` };
  }
  if (/^logins:|environments: \[live\]/m.test(block)) {
    const text = block.startsWith('logins:') ? policy + indented(block) : block;
    // The example has two methods of this type.
    const chosen = text.replace('type: kubernetes', 'type: kubernetes\n        method: apps-blue');
    const file = 'tenants/shop/basket.yaml';
    return { folder: kubernetesFiles, file, text: `description: x\nenvironments: [live]\n${chosen}` };
  }
  const text = rest('environments: [devel, stag]') + (block.includes('certificate: broker') ? certificates : '');
  return { folder: ourFiles, file: giftCards, text };
}

/** What other programs read: objects of Kubernetes, and rules of Loki. */
const isOfOthers = (block: string): boolean => /^(apiVersion|groups):/m.test(block);

const blocks = guides.flatMap((guide) =>
  codeBlocks(readFileSync(guide, 'utf8'), 'yaml').map((block) => ({
    block,
    name: `${guide}: ${block.split('\n').find((line) => !line.startsWith('#'))}`,
  })),
);

describe('the YAML in the guides', () => {
  it('is found', () => {
    expect(blocks.length).toBeGreaterThanOrEqual(14);
  });

  it.each(blocks.filter(({ block }) => isOfOthers(block)))('$name … can be parsed', ({ block }) => {
    expect(parseAllDocuments(block).flatMap(({ errors }) => errors)).toEqual([]);
  });

  it.each(blocks.filter(({ block }) => !isOfOthers(block)))('$name … can be loaded', ({ block }) => {
    const { folder, file, text } = homeOf(block);
    const others = presumed(readInventoryFiles(folder)).filter((other) => other.path !== file);
    expect(() => loadInventory(withOwners([...others, { path: file, bytes: Buffer.from(text) }]))).not.toThrow();
  });
});

/** Commands that need no server, no revision of git and no tenant but those that are there. */
const runnable =
  /^npm run (?:-s )?(?:synth|platform -- (?:tenant (?:add|show|agent)|access (?:prove|explain|who|report)|credential list|moves))\b/;

describe('the commands in the guides that need no server', () => {
  const commands = [...new Set(guides.flatMap(npmCommands))].filter((command) => runnable.test(command));
  const blockWith = (key: RegExp): string => blocks.find(({ block }) => key.test(block))?.block ?? '';
  const shown = Object.fromEntries(
    [/^agents:/m, /^description: Shows/m]
      .map(blockWith)
      .map(homeOf)
      .map(({ file, text }) => [file, text]),
  );
  const others = Object.fromEntries(
    presumed(readInventoryFiles(ourFiles)).flatMap((file) =>
      'bytes' in file ? [[file.path, Buffer.from(file.bytes).toString()] as const] : [],
    ),
  );
  const all = textsWithOwners({ ...others, ...shown });
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'guides-'));
    writeFilesIn(path.join(folder, 'inventory'), all);
    writeFileSync(path.join(folder, 'ca.crt'), certificate);
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it('are found', () => {
    expect(commands.length).toBeGreaterThan(10);
  });

  it.each(commands)(
    '%s',
    async (command) => {
      const [, script = '', rest = ''] = /^npm run (?:-s )?(\S+)(?: -- (.*))?$/.exec(command) ?? [];
      // Redirections belong to the shell; what is written belongs into the folder.
      const words = [...rest.replace(/ > .*/, '').matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
        ([, double, single, plain]) => (double ?? single ?? plain ?? '').replace(/^\/tmp\//, `${folder}/`),
      );
      if (words[1] === 'add') {
        rmSync(path.join(folder, 'inventory', giftCards));
        writeFilesIn(path.join(folder, 'inventory'), others);
      }
      if (words[1] === 'agent') writeFilesIn(path.join(folder, 'inventory'), all);
      const output = script === 'synth' && !words.includes('--output') ? ['--output', 'cdktf.out'] : [];
      const ours = words.includes('--inventory') ? [] : ['--inventory', 'inventory'];
      const parameters =
        script === 'synth' ? ['main.ts', ...words, ...ours, ...output] : ['cli/platform.ts', ...ours, ...words];
      const run = path.resolve('bin/run.mjs');
      const { exitCode, stderr } = await execa(process.execPath, [run, ...parameters], { cwd: folder, reject: false });
      expect({ exitCode, stderr: stderr.includes('✗') ? stderr : '' }).toEqual({ exitCode: 0, stderr: '' });
    },
    120_000,
  );
});
