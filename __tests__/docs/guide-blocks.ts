import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { InventoryFiles } from '../../model/load';
import { certificate } from '../model/pem';
import { codeBlocks, markdownFiles } from '../support/markdown/readme';

/** Files with examples. */
export const guides = [...markdownFiles('docs/guides'), 'inventory/README.md'];
/** The tenant's file that the guides write. */
export const giftCards = 'tenants/storefront/gift-cards.yaml';
/** The example inventory. */
export const ourFiles = 'inventory';
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

/** The files of an inventory, with what the guides presume. */
export const presumed = (files: InventoryFiles): InventoryFiles =>
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

/** The file that an example is, or is a part of. */
export function homeOf(block: string): Home {
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

/** The YAML of all guides. */
export const blocks = guides.flatMap((guide) =>
  codeBlocks(readFileSync(guide, 'utf8'), 'yaml').map((block) => ({
    block,
    name: `${guide}: ${block.split('\n').find((line) => !line.startsWith('#'))}`,
  })),
);
