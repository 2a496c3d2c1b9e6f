import { readFileSync } from 'node:fs';

import { parse } from 'yaml';

import { codeBlocks } from '../support/readme';
import { load } from './small-inventory';

test('inventory/README.md shows a tenant that can be loaded', () => {
  const [text = ''] = codeBlocks(readFileSync('inventory/README.md', 'utf8'), 'yaml');
  expect(text.trimEnd().split('\n')).toHaveLength(5);
  expect((parse(text) as { environments: string[] }).environments).toEqual(['devel', 'stag']);
  expect(load({ 'tenants/storefront/gift-cards.yaml': text }).tenants).toHaveLength(3);
});
