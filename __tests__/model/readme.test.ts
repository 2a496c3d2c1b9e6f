import { readFileSync } from 'node:fs';

import { parse } from 'yaml';

import { codeBlocks } from '../support/markdown/readme';
import { load } from './small-inventory';

test('inventory/README.md shows a tenant that can be loaded', () => {
  const [text = ''] = codeBlocks(readFileSync('inventory/README.md', 'utf8'), 'yaml');
  expect(text.trimEnd().split('\n')).toHaveLength(5);
  expect((parse(text) as { environments: string[] }).environments).toEqual(['devel', 'stag']);
  expect(load({ 'tenants/storefront/gift-cards.yaml': text }).tenants).toHaveLength(3);
});

test('inventory/README.md and the guide show clusters on Kubernetes that can be loaded', () => {
  const shown = ['inventory/README.md', 'docs/guides/platform.md'].map((file) =>
    codeBlocks(readFileSync(file, 'utf8'), 'yaml').find((text) => text.includes('platform: kubernetes\n')),
  );
  const [short = '', whole = ''] = shown;
  const north = `description: x\naddress: https://north.example.com\nstate: {backend: local}\n${short}`;
  const { clusters } = load({ 'clusters/north.yaml': north, 'clusters/south.yaml': whole });
  expect(clusters.map(({ name, server }) => `${name} ${server?.namespace}`)).toEqual([
    'east undefined',
    'north openbao-north',
    'south openbao-south',
    'west undefined',
  ]);
});
