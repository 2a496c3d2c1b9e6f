import path from 'node:path';

import { readInventoryFiles } from '../../model/read';
import { schemaHints } from '../../model/schema-hints';
import { inventoryFiles } from './small-inventory';

const directory = path.resolve('inventory');

const hintsOf = (files: Readonly<Record<string, string>>): ReturnType<typeof schemaHints> =>
  schemaHints(directory, inventoryFiles(files, { 'schema/tenant.schema.json': '{}' }));

const shop = 'tenants/storefront/shop.yaml';
const comment = (reference: string): string => `# yaml-language-server: $schema=${reference}\ndescription: Pages\n`;

describe('hints about the schema of a file', () => {
  it('are none for the inventories of this repository', () => {
    const folders = ['inventory', ...['kafka', 'kubernetes'].map((name) => path.join('examples', name, 'inventory'))];
    for (const folder of folders) expect(schemaHints(folder, readInventoryFiles(folder))).toEqual([]);
  });

  it('name the path that a file copied from another depth needs', () => {
    expect(
      hintsOf({ [shop]: `# From an example\n${comment('../../../../../inventory/schema/tenant.schema.json')}` }),
    ).toEqual([
      {
        file: `inventory/${shop}`,
        line: 2,
        column: 33,
        message: 'editors find no schema of tenant files here, so they neither complete nor check this file',
        given: '../../../../../inventory/schema/tenant.schema.json',
        fix: 'write `$schema=../../schema/tenant.schema.json`',
      },
    ]);
  });

  it('find the schema of another kind', () => {
    expect(hintsOf({ [shop]: comment('../../schema/cluster.schema.json') })).toHaveLength(1);
  });

  it.each([
    ['the schema by another path', comment('../../../inventory/schema/tenant.schema.json')],
    ['a URL', comment('https://example.com/tenant.schema.json')],
    ['no comment', 'description: Pages\n'],
  ])('accept %s', (_, text) => {
    expect(hintsOf({ [shop]: text })).toEqual([]);
  });

  it('are none without published schemas', () => {
    expect(schemaHints(directory, inventoryFiles({ [shop]: comment('nowhere') }, {}))).toEqual([]);
  });
});
