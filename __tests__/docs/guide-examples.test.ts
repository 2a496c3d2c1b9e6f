import { parseAllDocuments } from 'yaml';

import { loadInventory } from '../../model/load';
import { readInventoryFiles } from '../../model/read';
import { withOwners } from '../support/inventory/with-owners';
import { blocks, homeOf, presumed } from './guide-blocks';

/** What other programs read: objects of Kubernetes, and rules of Loki. */
const isOfOthers = (block: string): boolean => /^(apiVersion|groups):/m.test(block);

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
